// A script tells its usage from the comment at its own head (lib/options.ts). A bundle has no such comments: they lie
// beside it, and each script is told where.
import { basename } from 'node:path'
import type { Plugin } from 'rolldown'
import { usage } from '../lib/options.ts'

export const usageTexts = (): Plugin => ({
  name: 'usage-texts',
  transform: {
    filter: { id: /[\\/]scripts[\\/].*\.ts$/, code: /\bimport\.meta\.filename\b/ },
    handler(code, id) {
      const fileName = `usage/${basename(id, '.ts')}.txt`
      const head = usage(id).replaceAll(/npm run ([\w-]+) --(?= )/g, 'npx living-kubernetes $1')
      this.emitFile({ type: 'asset', fileName, source: head.replace(/^/gm, '// ').concat('\n') })
      const here = `(import.meta.dirname + ${JSON.stringify(`/${fileName}`)})`
      return { code: code.replaceAll(/\bimport\.meta\.filename\b/g, here), map: null }
    },
  },
})
