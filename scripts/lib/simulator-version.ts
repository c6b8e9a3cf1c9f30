// The version of the simulator's sources, which a build puts into its histories (src/lesson/version.ts): with another
// one, the inputs of a stored history may be answered otherwise.
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.ts'

export function simulatorVersion(): string {
  const hash = createHash('sha256')
  const paths = globSync('src/**/*.ts', { cwd: root }).map(path => path.replaceAll('\\', '/'))
  for (const path of paths.sort())
    if (!/^src\/(?:site|i18n|library)\/|\.test\.ts$/.test(path))
      hash.update(`${path}\n${readFileSync(join(root, path), 'utf8')}`)
  return hash.digest('hex').slice(0, 12)
}
