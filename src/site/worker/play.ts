// The playground in the worker: which cluster it is, and the files of its directory. Loaded with the playground alone.
import { HistoryError, readHeader } from '../../lesson/history-text.ts'
import type { Life } from '../../lesson/life.ts'
import { isPlayOptions, type PlayOptions, plainPlay, playOptionsOf } from '../../lesson/playground.ts'
import { workDirectory } from '../../lesson/workstation.ts'
import type { Observer } from './observers/observer.ts'
import type { FromWorker, Start } from './protocol.ts'

export { playLesson } from '../../lesson/playground.ts'

/** More of them are there, but not told. */
const mostFiles = 200
const mostText = 300_000

/** What is taken up says it, else the page does. */
export function optionsOf({ saved, play }: Start): PlayOptions {
  if (saved !== undefined)
    try {
      const options = playOptionsOf(readHeader(saved))
      if (options) return options
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error // the session says so, too
    }
  return isPlayOptions(play) ? play : plainPlay
}

/** Tells the texts of the working directory, whoever changed them. */
export class PlayFiles implements Observer {
  #life: Life | undefined
  #told: Readonly<Record<string, string>> | undefined

  show(life: Life): void {
    this.#life = life
    this.#told = undefined
  }

  flush(): FromWorker[] {
    const now = this.#life ? textsOf(this.#life) : {}
    const names = Object.keys(now)
    const told = this.#told
    if (told && names.length === Object.keys(told).length && names.every(name => now[name] === told[name]))
      return []
    this.#told = now
    return [{ type: 'files', files: now }]
  }
}

function textsOf({ world: { files } }: Life): Record<string, string> {
  const found: Record<string, string> = {}
  let left = mostFiles
  const walk = (directory: string): void => {
    for (const name of files.list(directory)) {
      const path = `${directory}/${name}`
      const { type } = files.stat(path, { followLinks: false })
      if (type === 'directory') walk(path)
      else if (type === 'file' && left-- > 0) {
        const text = files.read(path)
        if (text.length <= mostText && !text.includes('\0'))
          found[path.slice(workDirectory.length + 1)] = text
      }
    }
  }
  if (files.exists(workDirectory)) walk(workDirectory)
  return found
}
