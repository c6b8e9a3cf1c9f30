// Every lesson of a built site, with the number of the commands that it plays.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from './data-folder.ts'

/** In the order of their names; beside the lessons the lab has other data, which play nothing. */
export function lessonLengths(out: string): [lesson: string, commands: number][] {
  const folder = join(dataFolder(out), 'lab')
  return globSync('**/*.json', { cwd: folder })
    .flatMap((file): [string, number][] => {
      const { lesson, transcript } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      return transcript === undefined ? [] : [[lesson, transcript.match(/^\$ /gm)?.length ?? 0]]
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
