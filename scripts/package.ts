// npm run package
//
// Builds what the npm package holds, into dist-package/: the library and the command `living-kubernetes` as JavaScript
// (Node strips no types under node_modules), the library's declarations, and the licences of what was bundled.
// `npm pack` runs it by itself. The package depends on nothing: all that it needs is bundled.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { requireNode } from './lib/node-version.ts'
import { readOptions } from './lib/options.ts'
import { stage } from './lib/progress.ts'
import { root } from './lib/run.ts'
import { bundle } from './package/bundle.ts'
import { declarationsOf } from './package/declarations.ts'
import { licencesOf } from './package/licences.ts'
import { usageTexts } from './package/usage-texts.ts'

requireNode()
readOptions(import.meta.filename, { options: {} })
const out = join(root, 'dist-package')
rmSync(out, { recursive: true, force: true })

const building = stage('package')
const output = await bundle({ index: 'src/library/index.ts', cli: 'scripts/package/cli.ts' }, out, {
  plugins: [usageTexts()],
  banner: chunk => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
})

const types = declarationsOf('src/library/index.ts')
for (const [path, text] of types) save(join('types', path), text)
const modules = output.flatMap(each => each.moduleIds)
const { names, text } = licencesOf(modules)
save('THIRD-PARTY-LICENSES.txt', text)

const bytes = output.reduce((sum, { fileName }) => sum + statSync(join(out, fileName)).size, 0)
building.end(
  `${output.length} files of code, ${(bytes / 2 ** 20).toFixed(1)} MB; ${types.size} of declarations; bundled: ${names.join(', ')}`,
)

function save(path: string, text: string): void {
  const file = join(out, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
