// What can reach a world from outside. A world is a function of its options and of its inputs, each at its virtual time;
// nothing else changes it.
import type { Fault } from '../cluster/fault.ts'
import type { Load } from '../cluster/load.ts'

/** At a virtual time, ms since the start; a moment that has passed already means at once. */
export interface Timed {
  readonly at: number
}

export type WorldInput = Timed &
  (
    | { readonly type: 'input'; readonly terminal: number; readonly text: string }
    /** Ctrl-C, Ctrl-D. */
    | { readonly type: 'interrupt' | 'end-of-input'; readonly terminal: number }
    /** A file is saved, by its name in the working directory or its full path. */
    | { readonly type: 'write'; readonly file: string; readonly text: string }
    /** The editor that a command opened on a file (full path) is closed, with this text saved or with nothing saved. */
    | { readonly type: 'edited'; readonly file: string; readonly text?: string }
    | { readonly type: 'fault'; readonly fault: Fault }
    | { readonly type: 'repair'; readonly fault: Fault }
    | { readonly type: 'add-node' }
    | { readonly type: 'load-balancer'; readonly on: boolean }
    | { readonly type: 'metrics'; readonly on: boolean }
    /** Images that the registry does not know run as stand-ins. */
    | { readonly type: 'any-image'; readonly on: boolean }
    | { readonly type: 'load'; readonly load: Load }
  )

/** … or the next command of its lesson is played. */
export type Input = WorldInput | (Timed & { readonly type: 'next' })

/** The same without its time. */
export type Untimed<T = Input> = T extends Timed ? Omit<T, 'at'> : never
