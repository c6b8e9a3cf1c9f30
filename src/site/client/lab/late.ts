// What the lab shows besides what is typed and printed comes a moment later than it: once the first command has printed
// something, or when nothing has for a while. Its places are there from the start, so that nothing moves.
import type { Connection } from './connection.ts'

/** Real ms after which a lab in which nothing is run gets what comes late. */
const patienceMs = 400

/** Runs `load` once; where it fails, again with the next output. */
export function late(connection: Connection, load: () => Promise<void>): void {
  let asked = false
  const tryToLoad = () => {
    if (asked) return
    asked = true
    load().catch(() => {
      asked = false
    })
  }
  connection.on('output', tryToLoad)
  connection.on('ready', () => setTimeout(tryToLoad, patienceMs))
}
