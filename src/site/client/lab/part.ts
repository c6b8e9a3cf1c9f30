// What a part of the lab is in the page: it draws what its counterpart in `worker/observers/` says, and may have a tab of
// its own, one of the places of the panel, or none at all.
import type { Language, Strings } from '../../../i18n/strings.ts'
import type { PlayOptions, Start } from '../../worker/protocol.ts'
import type { Connection } from './connection.ts'
import type { Keeping } from './keeping.ts'
import type { Notices } from './notices.ts'

export interface LabData {
  readonly lesson: string
  readonly files: Readonly<Record<string, string>>
  readonly transcript: string
  readonly exercises: readonly string[]
  readonly needs: Start['needs']
  /** It is a drill: a world with goals and without steps, whose faults are not told. */
  readonly drill?: boolean
}

/** What every part can ask for. */
export interface Lab {
  readonly data: LabData
  readonly language: Language
  readonly t: Strings
  readonly connection: Connection
  readonly notices: Notices
  readonly kept: Keeping
  /** The exercise whose world is open; the lesson's own where there is none. */
  readonly place: { exercise: string | undefined }
  /** Opens the world of an exercise, or the lesson's own. */
  enter(exercise: string | undefined): void
  /** Name of something that is kept for this lesson. */
  key(name: string): string
  /** Brings a tab to the front. */
  show(tab: string, focus?: boolean): void
  /** A number beside a tab's title, '' for none. */
  badge(tab: string, text: string): void
  /** Shows the button of a tab that was hidden. */
  offer(tab: string): void
  /** Shows an object: `deployment/web`, `pod/other/web-1`. */
  inspect(object: string): void
  /**
   * Answers why something is as it is: an object (`deployment/web`), a request by its number (`request/5`), what was
   * refused last (`refusal`), or all that is wrong now ('').
   */
  why(about: string): void
  /** Puts a command into the first terminal and runs it. */
  type(command: string): void
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
  /** … which somebody else wrote. */
  readonly foreign?: boolean
  /** A new playground is made with these. */
  readonly play?: PlayOptions
  /** What was done before is set aside. */
  readonly aside?: boolean
}

/** What a tab shows. */
export interface Pane {
  readonly element: HTMLElement
  focus(): void
  /** It has come to the front. */
  shown?(): void
}

interface Named {
  readonly name: string
  readonly title: string
  /** It explains what is seen: with the lab over the whole screen it stands below the map, not among the hands. */
  readonly explains?: boolean
  /** Its button is shown once there is something in it: `lab.offer`. */
  readonly hidden?: boolean
}

/** A tab whose code comes with the lab, … */
export interface ReadyTab extends Named, Pane {}

/** … or when it is first opened, which costs nothing before. */
export interface LateTab extends Named {
  load(): Promise<Pane>
}

export type Tab = ReadyTab | LateTab

export interface Part {
  readonly tabs?: readonly Tab[]
  /** The task row: where one is and what comes next. */
  readonly task?: HTMLElement
  /** A button at the end of the task row. */
  readonly tool?: HTMLElement
  /** Entries of the task row's menu ⋯. */
  readonly menu?: readonly HTMLElement[]
  /** Below the task row, across the panel. */
  readonly bar?: HTMLElement
  /** The one sentence above the map. */
  readonly sentence?: HTMLElement
  readonly map?: HTMLElement
  /** The row of time at the map's foot. */
  readonly timeRow?: HTMLElement
  /** A third column on the left where the lab has the whole screen; a tab of the same name elsewhere. */
  readonly aside?: HTMLElement
}
