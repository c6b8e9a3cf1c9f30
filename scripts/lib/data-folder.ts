// Where the data of a built site stand: below the name of the build (build-name.ts).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataPath } from '../../src/site/offline/data-path.ts'
import { buildOfPage } from '../../src/site/offline/rules.ts'

export function dataFolder(out: string): string {
  const name = buildOfPage(readFileSync(join(out, 'index.html'), 'utf8'))
  if (!name) throw new Error(`${out} has no name yet`)
  return join(out, dataPath('', name, ''))
}
