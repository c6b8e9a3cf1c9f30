// Exercises and drills: goals that the world itself can judge (judge.ts). A check is a pure function of the objects that
// there are and of what was seen of their changes, of requests and of files, so it says the same at every pace and after
// every replay.
import type { Fault } from '../cluster/fault.ts'
import type { AnyObject, ObjectOf } from '../kinds/object.ts'
import type { DockerView } from './docker-view.ts'
import type { Untimed, WorldInput } from './input.ts'
import type { Requests } from './requests.ts'

/** The cluster as a check reads it; shared objects, not to be changed. */
export interface ClusterView {
  /** Virtual time, ms since 1970. */
  readonly now: number
  /**
   * Objects of a resource (`pods`, `deployments`; a custom one by its whole name, `routes.example.com/v1`) in a namespace,
   * `default` where absent; by label `app=web`.
   */
  list<Resource extends string>(
    resource: Resource,
    options?: { readonly labels?: string; readonly namespace?: string },
  ): readonly ObjectOf<Resource>[]
  get<Resource extends string>(
    resource: Resource,
    name: string,
    namespace?: string,
  ): ObjectOf<Resource> | undefined
  /** The text of a file of the working directory, for goals that are about manifests; undefined where there is none. */
  file(name: string): string | undefined
  /** When it was last written, ms since 1970, for goals about what came after what. */
  modified(name: string): number | undefined
  /** Docker's images and containers, for goals that are about them. */
  readonly docker: DockerView
  /** Whether somebody pushed an image under this name: `learner/hellok8s:v1`. */
  pushed(image: string): boolean
  /** What a pod (`default/visitor`), or the pods of what makes them (`web/frontend`), have asked over HTTP since the beginning. */
  requests(client: string): Requests
}

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resource: string
  readonly object: AnyObject
}

/** Something to do: a command, or a wait in seconds. */
export type Move = string | number

/** What a world can find done: moves, and what is broken, loaded … between them. */
export type Setup = Move | Untimed<Extract<WorldInput, { type: 'fault' | 'repair' | 'load' }>>

/** A number that must not fall below a limit, as it was: from when on it was how many. */
export interface Course {
  readonly least: number
  readonly points: readonly (readonly [at: number, count: number])[]
}

/** What a check can say beside yes or no: in numbers and times, so that every language can say it. */
export interface Finding {
  readonly met: boolean
  /** How many there were … */
  readonly count?: number
  /** … at this virtual time, ms since 1970. */
  readonly at?: number
  /** What was to hold all along was broken then, and no way on makes it good again: only one back does. */
  readonly forGood?: boolean
  /** Ms for which it has held without a break, and for which it must. */
  readonly held?: readonly [ms: number, of: number]
  /** How many there are of those that it takes: `3` good answers of `5`. */
  readonly score?: readonly [n: number, of: number]
  /** What it was all along, times in ms since 1970. */
  readonly course?: Course
}

/** Undefined where what it is about does not exist: that is no. */
export type Check<Seen = any> = (view: ClusterView, seen: Seen) => boolean | Finding | undefined

/** What is remembered of changes: `next` is called for each, first for each object that there is at the beginning. */
export interface Watch<Seen = any> {
  readonly resources: readonly string[]
  readonly start: Seen
  readonly next: (seen: Seen, change: Change, view: ClusterView) => Seen
}

/** A check with a memory of its own. */
export interface Remembering<Seen = any> {
  readonly watch: Watch<Seen>
  readonly check: Check<Seen>
}

/** To repeat what the lesson did, to vary it, to repair what is given broken. */
const exerciseKinds = ['repeat', 'vary', 'fix'] as const
export type ExerciseKind = (typeof exerciseKinds)[number]

export interface Exercise<Seen = any> {
  /** As in <Exercise name="…">. */
  readonly name: string
  readonly kind?: ExerciseKind
  /**
   * What its world finds done, after what the lesson's world does: commands, each run to its end, and waits in seconds.
   * Every exercise has a world of its own, so one never stands in another's way.
   */
  readonly start?: readonly Setup[]
  /** What is broken when it begins, after `start`. */
  readonly faults?: readonly Fault[]
  /** Timed: the virtual minutes in which somebody who knows the way is done. Who takes longer has reached it all the same. */
  readonly mark?: number
  /** One way to the goal, from there; a test goes it. */
  readonly solution: readonly Move[]
  /** What must be remembered of the changes, for all checks together. */
  readonly watch?: Watch<Seen>
  /** The goals, by the names of their <Goal>. All true at one moment: reached, for good. */
  readonly checks?: Readonly<Record<string, Check<Seen> | Remembering>>
  /** All goals must hold together for so many seconds; then it was reached when that began. */
  readonly hold?: number
  /** One goal without a name of its own. */
  readonly done?: Check<Seen>
}

export interface CheckResult extends Omit<Finding, 'at'> {
  readonly name: string
  /** Virtual ms since the start of the world, as are the times of its course. */
  readonly at?: number
}

export interface ExerciseResult {
  readonly name: string
  readonly checks: readonly CheckResult[]
  /** All goals were true at one moment, now or before. */
  readonly reached: boolean
  /** Virtual ms from the start of the world to the moment at which that was first seen. */
  readonly took?: number
  /** Ms for which all goals have held together, and for which they must, where they must. */
  readonly held?: readonly [ms: number, of: number]
  /** The reader's commands that changed something, until it was reached. */
  readonly commands: number
}

/** An exercise with the type of what it remembers inferred. */
export const exercise = <Seen = undefined>(each: Exercise<Seen>): Exercise => each

export const checksOf = ({ checks, done }: Exercise): Readonly<Record<string, Check | Remembering>> =>
  checks ?? (done ? { done } : {})
