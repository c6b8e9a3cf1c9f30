// What the page and the worker say to each other. The worker holds the world; the page sends what the reader does and
// draws what comes back.

import type { Fault } from '../../cluster/fault.ts'
import type { Language } from '../../i18n/strings.ts'
import type { Fixable, Fixing } from '../../lesson/diagnosis.ts'
import type { ExerciseResult } from '../../lesson/exercise.ts'
import type { ExportWords } from '../../lesson/export.ts'
import type { Failure } from '../../lesson/failure.ts'
import type { RefusalReason, Summary } from '../../lesson/foreign.ts'
import type { ChangedLine, Write } from '../../lesson/inspect/changes.ts'
import type { MapRow } from '../../lesson/map/rows.ts'
import type { Sentence } from '../../lesson/map/sentence.ts'
import type { PlayOptions } from '../../lesson/playground.ts'
import type { Comparison } from '../../lesson/time/compare.ts'
import type { Happening } from '../../lesson/time/happenings.ts'
import type { Ring, Tick } from '../../lesson/time/moments.ts'
import type { Explanation } from '../../lesson/tutor/explanation.ts'
import type { Told } from '../../lesson/why/tell.ts'
import type { Draft } from '../../lesson/writing.ts'
import type { FieldAbout } from '../../manifest/complete/describe.ts'
import type { Completion } from '../../manifest/complete/known.ts'
import type { Hop } from '../../network/trace.ts'
import type { LessonNeeds } from '../../parts/needs.ts'

export type { Fault } from '../../cluster/fault.ts'
export type {
  ClaimRow,
  IngressRow,
  MapRow,
  NodeRow,
  OwnerRow,
  PodRow,
  PodState,
  Saying,
  ServiceRow,
} from '../../lesson/map/rows.ts'
export type { Sentence } from '../../lesson/map/sentence.ts'
export type { Action, Explanation } from '../../lesson/tutor/explanation.ts'
export type { Completion, Draft, FieldAbout, Fixing, Happening, Ring, Tick }

export type TerminalId = 1 | 2 | 3 | 4

export type { PlayOptions, Summary }

/** An editor that a command waits for. */
export interface EditorRow {
  readonly program: string
  /** Full path. */
  readonly file: string
  /** As the learner would call it in the working directory. */
  readonly name: string
  readonly text: string
}

/** A diagnostic with its explanation in the page's language. */
export interface Problem extends Fixable {
  readonly explanation: string
}

export interface Start {
  readonly type: 'start'
  /** Id of the lesson, `04-deployment/04-roll-back`. */
  readonly lesson: string
  readonly language: Language
  readonly files: Readonly<Record<string, string>>
  /** Text of the lesson's transcript. */
  readonly transcript: string
  /** The world of this exercise of it, not the lesson's own. */
  readonly exercise?: string | undefined
  /** Parts of the program that the lesson needs, by family; found out when the site was built. */
  readonly needs: LessonNeeds
  /** A history as the worker told it, whatever has become of it since. */
  readonly saved?: string | undefined
  /** Somebody else wrote it: it gets so much time and no more, and may belong to an exercise of this lesson. */
  readonly foreign?: boolean
  /** What the playground is made with, where nothing is taken up; `lesson` is `play` then. */
  readonly play?: PlayOptions | undefined
  /** Without what had not ended: it may be why the last worker hung. */
  readonly skipRunning?: boolean
  /** Also one that another version of the program wrote. */
  readonly otherVersion?: boolean
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
  /** The editor that a command waits for is closed; without a text nothing is saved. */
  | { readonly type: 'edited'; readonly file: string; readonly text?: string }
  | { readonly type: 'diagnose'; readonly id: number; readonly text: string }
  /** Why another parser does not read the document that has this line (from 1). */
  | { readonly type: 'yaml-reason'; readonly id: number; readonly text: string; readonly line: number }
  /** What may stand at the caret of a manifest; or what the API says of the field there. */
  | ({ readonly type: 'propose'; readonly id: number } & Draft)
  | ({ readonly type: 'describe'; readonly id: number } & Draft)
  /** What a failed command's output means. */
  | {
      readonly type: 'explain'
      readonly id: number
      readonly terminal: TerminalId
      readonly failure: Failure
    }
  /** Transcript: of one step where named, else of the whole lesson. `instant`: without playing time. */
  | { readonly type: 'run' | 'next'; readonly step?: string; readonly instant: boolean }
  | { readonly type: 'back' }
  /** To the start of the step, or of the lesson; asks first where own work would go, unless the reader is sure. */
  | { readonly type: 'reset'; readonly step?: string; readonly sure?: boolean }
  /** Back to where one was before Reset. */
  | { readonly type: 'undo' }
  | { readonly type: 'details'; readonly object: string | undefined }
  /**
   * Why is it so? An object (`pod/web`), a request by its number (`request/5`), what was refused last (`refusal`), or all
   * that is wrong (''); undefined: nobody asks any more.
   */
  | { readonly type: 'why'; readonly about: string | undefined }
  /** A late part of the page is there now and knows nothing yet. */
  | { readonly type: 'open'; readonly part: string }
  /** Something breaks, or is repaired. */
  | { readonly type: 'fault' | 'repair'; readonly fault: Fault }
  /** What can be broken now. */
  | { readonly type: 'fault-choices' }
  /** Virtual time passes at once. */
  | { readonly type: 'pass'; readonly ms: number }
  /** The world at a moment of the branch that one is on, ms since the start; without one the present again. */
  | { readonly type: 'look'; readonly at?: number }
  /** To where another branch has been left. */
  | { readonly type: 'switch'; readonly branch: number }
  /** An empty name: what it was called before the reader named it. */
  | { readonly type: 'rename'; readonly branch: number; readonly name: string }
  /** The branch that one is on beside another, by that one's last deed. */
  | { readonly type: 'compare'; readonly branch: number }
  /** What changed in an object, between moments; since the last command, up to what is shown, where they are not named. */
  | { readonly type: 'changes'; readonly object: string; readonly from?: number; readonly to?: number }
  /** Answered at once, unless the world hangs. */
  | { readonly type: 'ping' }
  /** The history, for an address; or as a script for another cluster. */
  | { readonly type: 'share' }
  | { readonly type: 'export'; readonly words: ExportWords }
  /** What a foreign history holds: as a text, or as an address has it. */
  | {
      readonly type: 'peek'
      readonly text?: string
      readonly packed?: string
      readonly words: ExportWords
      /** It comes from a page of this site: the answer says so. */
      readonly own?: boolean
    }

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

/** One HTTP request and the places it came by. */
export interface RequestRow {
  /** From 1; the same in a world that is lived through again. */
  readonly id: number
  /** Virtual ms since the start: when it ended. */
  readonly at: number
  readonly method: string
  readonly path: string
  /** The name for which no address was found. */
  readonly unknown?: string
  readonly hops: readonly Hop[]
  /** The answer's status, or why there was none. */
  readonly outcome: number | string
}

export interface ObjectDetails {
  readonly object: string
  readonly found: boolean
  readonly row?: ObjectRow
  /** From the one that owns all down to the one that owns this one. */
  readonly owners: readonly string[]
  /** Names of its containers. */
  readonly containers: readonly string[]
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

/** An answer to Why?, with what was asked about. */
export interface WhyAnswer extends Told {
  readonly asked: 'object' | 'request' | 'refusal'
  /** Of the object, the caller ('': the workstation), the user. */
  readonly name: string
  /** What the object's row says of it: `0/3`. */
  readonly row?: string
}

export interface Guide {
  /** Commands of the lesson that have run. */
  readonly position: number
  readonly total: number
  /** The command that Next would run, and the step that it stands in. */
  readonly next?: { readonly step: string; readonly command: string }
  readonly running: boolean
  readonly diverged: boolean
  /** There is something that Back can undo. */
  readonly undoable: boolean
  /** For each command that has run: whether it printed what the text prints. */
  readonly same: readonly boolean[]
}

export interface OtherLane {
  /** Id of its last deed. */
  readonly branch: number
  /** How many rings it has in common with the branch that one is on. */
  readonly shared: number
  /** Its own. */
  readonly rings: readonly Ring[]
  readonly ticks: readonly Tick[]
}

export interface BranchRow {
  /** Of its last deed. */
  readonly id: number
  /** Given by the reader. */
  readonly name?: string
  /** Commands of the lesson, and nothing else. */
  readonly isLesson: boolean
  /** The first command that no other branch has, in short. */
  readonly after: string
  readonly current: boolean
  /** When it parts from the branch that one is on, virtual ms since the start. */
  readonly forkAt: number
}

export type FromWorker =
  | { readonly type: 'why'; readonly about: string; readonly answers: readonly WhyAnswer[] }
  | { readonly type: 'ready' }
  | { readonly type: 'output'; readonly terminal: TerminalId; readonly text: string }
  /** A line was typed: shown as the terminal's own echo. */
  | { readonly type: 'echo'; readonly terminal: TerminalId; readonly prompt: string; readonly text: string }
  /** The command that has just ended there failed: the reader may ask what it says. */
  | { readonly type: 'failed-command'; readonly terminal: TerminalId; readonly failure: Failure }
  | {
      readonly type: 'explained'
      readonly id: number
      readonly terminal: TerminalId
      readonly explanation: Explanation
    }
  | { readonly type: 'clear'; readonly terminal: TerminalId }
  | {
      readonly type: 'prompt'
      readonly terminal: TerminalId
      readonly prompt: string
      readonly busy: boolean
      /** What is typed now is not to be seen: a password. */
      readonly silent: boolean
    }
  | {
      readonly type: 'clock'
      readonly elapsed: number
      readonly speed: number
      /** What time it is at present, where one looks at what was before. */
      readonly present?: number
    }
  | {
      readonly type: 'track'
      /** Of the branch that one is on, also what was undone on it and lies ahead. */
      readonly rings: readonly Ring[]
      /** How many of them lie behind the world that is shown. */
      readonly done: number
      /** Ticks of what was undone. */
      readonly ahead: readonly Tick[]
      /** The branch that was left last. */
      readonly other?: OtherLane
      /** All of them, where there are several. */
      readonly branches: readonly BranchRow[]
    }
  /** What happened on the branch that one is on, up to the present. */
  | { readonly type: 'happened'; readonly reset: boolean; readonly happenings: readonly Happening[] }
  | ({ readonly type: 'compared'; readonly branch: number } & Comparison)
  | {
      readonly type: 'changes'
      readonly object: string
      readonly from: number
      readonly to: number
      /** It was there at one of the moments. */
      readonly found: boolean
      readonly lines: readonly ChangedLine[]
      readonly writes: readonly Write[]
    }
  /** Ticks of the branch that one is on, from a place on: what was known of them from there is void. */
  | { readonly type: 'ticks'; readonly from: number; readonly ticks: readonly Tick[] }
  | {
      readonly type: 'objects'
      /** Everything known before is void. */
      readonly reset: boolean
      readonly changed: readonly ObjectRow[]
      readonly deleted: readonly string[]
    }
  /** Rows of the map that changed, and uids of what is gone. */
  | {
      readonly type: 'map'
      readonly reset: boolean
      readonly changed: readonly MapRow[]
      readonly deleted: readonly string[]
    }
  /** `fresh`: the first one of another world than the page had before. */
  | ({ readonly type: 'sentence'; readonly fresh: boolean } & Sentence)
  /** A request has come to its end. */
  | { readonly type: 'request'; readonly request: RequestRow }
  | { readonly type: 'events'; readonly reset: boolean; readonly events: readonly EventRow[] }
  | ({ readonly type: 'guide' } & Guide)
  | {
      readonly type: 'completions'
      readonly id: number
      readonly text: string
      readonly choices: readonly string[]
    }
  /** Undefined where it reads it. */
  | { readonly type: 'yaml-reason'; readonly id: number; readonly reason: string | undefined }
  /** Undefined where nothing is known of the place. */
  | { readonly type: 'proposals'; readonly id: number; readonly completion: Completion | undefined }
  | { readonly type: 'described'; readonly id: number; readonly about: FieldAbout | undefined }
  | { readonly type: 'diagnostics'; readonly id: number; readonly diagnostics: readonly Problem[] }
  | { readonly type: 'details'; readonly details: ObjectDetails }
  | ({ readonly type: 'exercise' } & ExerciseResult)
  /** What is broken now. */
  | {
      readonly type: 'faults'
      readonly faults: readonly Fault[]
      /** Of each, virtual ms since the start; and the words behind `fault` that would do the same. */
      readonly since: readonly { readonly at: number; readonly text: string }[]
      /** What a component of the cluster threw, a fault of the simulator: who was busy with what, and why. */
      readonly failed: readonly string[]
    }
  | {
      readonly type: 'fault-choices'
      /** Kinds of faults in the order of the panel, and what each can be done to now. */
      readonly kinds: readonly {
        readonly type: Fault['type']
        readonly choices: readonly { readonly text: string; readonly fault: Fault }[]
        readonly momentary: boolean
      }[]
    }
  /** The world that has come: the lesson's, or that of one of its exercises. */
  | { readonly type: 'place'; readonly exercise: string | undefined; readonly play?: PlayOptions | undefined }
  | { readonly type: 'edit'; readonly editor: EditorRow | undefined }
  | {
      readonly type: 'ask-reset'
      readonly step?: string
      readonly objects: readonly string[]
      readonly files: readonly string[]
    }
  | { readonly type: 'was-reset' }
  /** For the page to keep; told before an input is performed and after it has ended. */
  | { readonly type: 'saved'; readonly history: string; readonly empty: boolean }
  /** The stored history does not belong to this lesson as it is now, or cannot be read. */
  | {
      readonly type: 'set-aside'
      readonly reason: 'spoilt' | 'lesson' | 'changed' | 'version'
      readonly history: string
    }
  /** A command was left out of the replay. */
  | { readonly type: 'skipped'; readonly command: string }
  | { readonly type: 'pong' }
  /** Without a text where an address cannot hold it. */
  | {
      readonly type: 'shared'
      readonly packed: string | undefined
      readonly summary: Summary
      /** Only the way that is being taken: the others did not fit. */
      readonly alone?: true
    }
  | { readonly type: 'exported'; readonly text: string }
  | {
      readonly type: 'foreign'
      readonly history: string
      readonly summary: Summary
      readonly sameVersion: boolean
      /** What would happen, as a script. */
      readonly script: string
      readonly own: boolean
    }
  /** `changed`: the lesson has, since then. */
  | { readonly type: 'refused'; readonly reason: RefusalReason | 'changed' }
  | {
      readonly type: 'refused'
      readonly reason: 'elsewhere'
      /** The lesson where it belongs. */
      readonly place: string
      readonly history: string
    }
  /** The texts of the playground's directory. */
  | { readonly type: 'files'; readonly files: Readonly<Record<string, string>> }
  /** A foreign history took too long: so much of it has happened. */
  | { readonly type: 'cut'; readonly done: number; readonly of: number }
  | { readonly type: 'failed'; readonly error: string }
