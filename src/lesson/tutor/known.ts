// The index of errors, asked for the entry that a command's output is about.
import type { KnownError } from '../known-error.ts'
import { likeness } from '../likeness.ts'

/** So much of its letters must stand in a line. */
const alike = 0.6

/** Lines that a message may stand in: without rows of a table and what is said around it. */
const most = 40

/** The entry that is most like one of the lines; of those that are as like, the longest. */
export function findKnown(output: string, known: readonly KnownError[]): KnownError | undefined {
  let best: KnownError | undefined
  let record = alike
  const lines = output
    .split('\n')
    .filter(line => line.trim())
    .slice(-most)
  for (const entry of known)
    for (const line of lines) {
      const exact = line.includes(entry.text) ? 1 : 0
      const like = exact + likeness(line, entry.text) + entry.text.length / 10_000
      if (like <= record) continue
      best = entry
      record = like
    }
  return best
}
