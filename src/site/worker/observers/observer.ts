// What a part of the lab is in the worker: it sees the session's present world, says what the page does not know of it
// yet, and takes the page's messages that are meant for it. Its counterpart in `client/lab/` draws what it says.

import type { History } from '../../../lesson/history.ts'
import type { Untimed } from '../../../lesson/input.ts'
import type { Life } from '../../../lesson/life.ts'
import type { Script } from '../../../lesson/script.ts'
import type { FromWorker, ToWorker } from '../protocol.ts'

export type Takes = { readonly [T in ToWorker['type']]?: (message: Extract<ToWorker, { type: T }>) => void }

export interface Observer {
  /** The page's messages that are its own, by their type. */
  readonly takes?: Takes
  /** Another world has come: the page knows nothing of it yet. Also called for the first one. */
  show?(life: Life): void
  /** The late part of the page (`connection.open`) that it tells everything anew when that is opened: see `again`. */
  readonly part?: string
  /** Its part of the page has just been opened, and knows nothing of the present world. */
  again?(): void
  /** What is new for the page, as messages; none where nothing is. */
  flush?(): readonly FromWorker[]
}

/** What observers may ask of the session, and do with it. */
export interface Stage {
  readonly script: Script
  readonly history: History
  readonly life: Life
  /** The life in which the present is, also while one looks at what was before it. */
  readonly present: Life
  /** The reader has done something beside the lesson's commands. */
  readonly diverged: boolean
  /** Commands of the lesson are being played. */
  readonly running: boolean
  /** Plays to their end what commands of the lesson are being played. */
  finish(): void
  /** Performs an input now. */
  do(input: Untimed): void
  post(message: FromWorker): void
}
