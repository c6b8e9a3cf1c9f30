// What a part of the lab is in the page: it draws what its counterpart in `worker/observers/` says, and may have a tab of
// its own, a place in the bars above the tabs, or none at all.
import type { Language, Strings } from '../../../i18n/strings.ts'
import type { Start } from '../../worker/protocol.ts'
import type { Connection } from './connection.ts'
import type { Notices } from './notices.ts'

export interface LabData {
  readonly lesson: string
  readonly files: Readonly<Record<string, string>>
  readonly transcript: string
  readonly exercises: readonly string[]
  readonly needs: Start['needs']
}

/** What every part can ask for. */
export interface Lab {
  readonly data: LabData
  readonly language: Language
  readonly t: Strings
  readonly connection: Connection
  readonly notices: Notices
  /** The exercise whose world is open; the lesson's own where there is none. */
  readonly place: { exercise: string | undefined }
  /** Opens the world of an exercise, or the lesson's own. */
  enter(exercise: string | undefined): void
  /** Name of something that is kept for this lesson. */
  key(name: string): string
  /** Brings a tab to the front. */
  show(tab: string, focus?: boolean): void
  /** Starts the world anew: from what is saved, or from the lesson's beginning. */
  restart(options?: RestartOptions): void
}

export interface RestartOptions {
  readonly fresh?: boolean
  /** Without the command that was running. */
  readonly skipRunning?: boolean
  /** A history to take up instead of the saved one. */
  readonly history?: string
  /** … also where another version of the program wrote it. */
  readonly otherVersion?: boolean
}

export interface Tab {
  readonly name: string
  readonly title: string
  readonly element: HTMLElement
  focus(): void
  /** It has come to the front. */
  shown?(): void
}

export interface Part {
  readonly tabs?: readonly Tab[]
  /** Stands in the panel's head. */
  readonly head?: HTMLElement
  /** Stands below the head, across the panel. */
  readonly bar?: HTMLElement
}
