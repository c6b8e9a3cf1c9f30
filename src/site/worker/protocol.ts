// What the page and the worker say to each other. The worker holds the world; the page sends what the reader does and
// draws what comes back.
import type { Language } from '../../i18n/strings.ts'
import type { Diagnostic } from '../../manifest/diagnostic.ts'

export type TerminalId = 1 | 2

/** A diagnostic with its explanation in the page's language. */
export interface Problem extends Diagnostic {
  readonly explanation: string
}

/** Something that the reader did, at a virtual time (ms since the start). */
export type Action = { readonly at: number } & (
  | { readonly type: 'next' }
  | { readonly type: 'input'; readonly terminal: TerminalId; readonly text: string }
  | { readonly type: 'interrupt' | 'end-of-input'; readonly terminal: TerminalId }
  | { readonly type: 'write'; readonly file: string; readonly text: string }
)

/** What the reader did, enough to bring the world back by replay; the page keeps it across a reload. */
export interface SavedWorld {
  readonly version: 1
  readonly actions: readonly Action[]
  /** Virtual ms since the start. */
  readonly elapsed: number
}

export interface Start {
  readonly type: 'start'
  /** Id of the lesson, `04-deployment/04-roll-back`. */
  readonly lesson: string
  readonly language: Language
  readonly files: Readonly<Record<string, string>>
  /** Text of the lesson's transcript. */
  readonly transcript: string
  readonly saved?: SavedWorld | undefined
}

export type ToWorker =
  | Start
  | { readonly type: 'input'; readonly terminal: TerminalId; readonly text: string }
  | { readonly type: 'interrupt'; readonly terminal: TerminalId }
  | { readonly type: 'end-of-input'; readonly terminal: TerminalId }
  | { readonly type: 'complete'; readonly id: number; readonly terminal: TerminalId; readonly text: string }
  /** Virtual seconds per second; 0 stops the clock. */
  | { readonly type: 'pace'; readonly speed: number }
  | { readonly type: 'next-event' }
  /** The page is hidden or seen again. */
  | { readonly type: 'visible'; readonly visible: boolean }
  /** A file is saved, and applied in a terminal where one is named. */
  | { readonly type: 'write'; readonly file: string; readonly text: string; readonly apply?: TerminalId }
  | { readonly type: 'diagnose'; readonly id: number; readonly text: string }
  /** Transcript: of one step where named, else of the whole lesson. `instant`: without playing time. */
  | { readonly type: 'run' | 'next'; readonly step?: string; readonly instant: boolean }
  | { readonly type: 'back' | 'reset'; readonly step?: string }
  | { readonly type: 'details'; readonly object: string | undefined }
  | { readonly type: 'restart' }

export type Tone = 'good' | 'wait' | 'bad' | 'none'

/** An object as the list shows it. */
export interface ObjectRow {
  readonly uid: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** The state in a word or two, as kubectl's table has it: `Running`, `2/3`. */
  readonly state: string
  readonly tone: Tone
  /** Further words: `restarts 3`. */
  readonly note?: string
  readonly owner?: string
  /** For kinds that count pods: ready ones of those wanted. */
  readonly ready?: number
  readonly total?: number
}

export interface EventRow {
  readonly uid: string
  /** Virtual ms since the start. */
  readonly at: number
  readonly type: string
  readonly reason: string
  readonly object: string
  readonly message: string
  readonly count: number
}

export interface ObjectDetails {
  readonly object: string
  readonly found: boolean
  readonly row?: ObjectRow
  readonly owner?: string
  readonly conditions: readonly {
    readonly type: string
    readonly status: string
    readonly reason: string
    readonly message: string
    readonly tone: Tone
  }[]
  /** Containers' states in words of the API. */
  readonly lines: readonly string[]
  readonly events: readonly EventRow[]
}

export interface Guide {
  /** Commands of the lesson that have run. */
  readonly position: number
  readonly total: number
  /** The command that Next would run, and the step that it stands in. */
  readonly next?: { readonly step: string; readonly command: string }
  readonly running: boolean
  readonly diverged: boolean
  /** For each command that has run: whether it printed what the text prints. */
  readonly same: readonly boolean[]
}

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'output'; readonly terminal: TerminalId; readonly text: string }
  /** A line was typed: shown as the terminal's own echo. */
  | { readonly type: 'echo'; readonly terminal: TerminalId; readonly prompt: string; readonly text: string }
  | { readonly type: 'clear'; readonly terminal: TerminalId }
  | {
      readonly type: 'prompt'
      readonly terminal: TerminalId
      readonly prompt: string
      readonly busy: boolean
    }
  | { readonly type: 'clock'; readonly elapsed: number; readonly speed: number }
  | {
      readonly type: 'objects'
      /** Everything known before is void. */
      readonly reset: boolean
      readonly changed: readonly ObjectRow[]
      readonly deleted: readonly string[]
    }
  | { readonly type: 'events'; readonly reset: boolean; readonly events: readonly EventRow[] }
  | ({ readonly type: 'guide' } & Guide)
  | {
      readonly type: 'completions'
      readonly id: number
      readonly text: string
      readonly choices: readonly string[]
    }
  | { readonly type: 'diagnostics'; readonly id: number; readonly diagnostics: readonly Problem[] }
  | { readonly type: 'details'; readonly details: ObjectDetails }
  | { readonly type: 'exercise'; readonly name: string; readonly done: boolean }
  | { readonly type: 'saved'; readonly saved: SavedWorld }
  | { readonly type: 'failed'; readonly error: string }
