// The index of errors, asked for the entry that a command's output is about.
import type { KnownError } from '../known-error.ts'
import { sameness } from '../likeness.ts'

/** So sure it must be: a wrong explanation is worse than none. */
const alike = 0.7

/** Lines that a message may stand in: without rows of a table and what is said around it. */
const most = 40

/** The entry that one of the lines most surely is; of those that are as sure, the longest. */
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
      const like = exact + sameness(line, entry.text) + entry.text.length / 10_000
      if (like <= record) continue
      best = entry
      record = like
    }
  return best
}
