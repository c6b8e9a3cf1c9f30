// A message that learners meet: what it means, what to do about it, and what provokes it. `content/errors/` holds them;
// the index of errors shows them, and a test provokes each of them.
import type { Language } from '../i18n/strings.ts'

/** Who says it. */
export type Speaker = 'shell' | 'kubectl' | 'server' | 'status' | 'request' | 'docker'

export interface KnownError {
  /** Its address on the page: `image-pull-back-off`. */
  readonly name: string
  /** As it is printed once `lines` have been typed: one line of the output, or words within one. */
  readonly text: string
  readonly meaning: Readonly<Record<Language, string>>
  /** How to find the cause, and what mends it. Code stands between backquotes. */
  readonly cure: Readonly<Record<Language, string>>
  /** Where it is taught: `04-deployment/04-roll-back`. Its world is the one in which `lines` are typed. */
  readonly lesson: string
  /** What to type to meet it, in a fresh world; all of it at once, as a paste does. */
  readonly lines: readonly string[]
}

/** Virtual ms until the lines have been carried out: their sleeps, and some for what they ask for. */
export function waited(lines: readonly string[]): number {
  const sleeps = [...lines.join('\n').matchAll(/\bsleep (\d+)/g)].map(([, seconds]) => Number(seconds))
  return 1000 * sleeps.reduce((sum, seconds) => sum + seconds, 10)
}
