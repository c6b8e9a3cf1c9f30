// `/embed.js`, the element for other sites (src/site/embed): one file at an address that stays, in the built site and while it is
// served from its sources.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AstroIntegration } from 'astro'
import { build } from 'vite'

const name = 'embed.js'

/** Its code, in one module. */
async function code(): Promise<string> {
  const root = join(import.meta.dirname, '../..')
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: join(root, 'src/site/embed/element.ts'), output: { format: 'es' } },
    },
  })
  const [first] = [built].flat()
  if (!first || !('output' in first) || first.output.length !== 1) throw new Error(`${name} is not one file`)
  return first.output[0].code
}

export const embedElement = (base: string): AstroIntegration => ({
  name: 'embed-element',
  hooks: {
    'astro:server:setup': ({ server }) => {
      server.middlewares.use(`${base}${name}`, (_, response, next) => {
        code().then(text => {
          response.setHeader('content-type', 'text/javascript; charset=utf-8')
          response.setHeader('access-control-allow-origin', '*')
          response.end(text)
        }, next)
      })
    },
    'astro:build:done': async ({ dir }) => writeFile(new URL(name, dir), await code()),
  },
})
