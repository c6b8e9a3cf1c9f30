// A drill: a cluster that is broken when it begins, what somebody says of it, and the goals by which it is whole again. Its
// folder is `content/drills/NN-name`; its number and its address are the folder's name.
import type { Language } from '../i18n/strings.ts'
import type { Exercise, Move, Setup } from './exercise.ts'
import type { Lesson } from './lesson.ts'

export interface Drill
  extends Pick<Lesson, 'seed' | 'workers' | 'metrics' | 'loadBalancer' | 'ingressController'> {
  /** 1: an event or a log names the cause. 2: two objects must be compared. 3: what comes to mind first does harm. */
  readonly level: 1 | 2 | 3
  /** Virtual minutes in which somebody who knows the way is done, looking around included. */
  readonly minutes: number
  /** The lesson that teaches what it takes, by its number: `4.3`. */
  readonly lesson: string
  /** Builds the broken cluster; the drill's clock begins at its end. Its manifests stand beside `drill.ts`. */
  readonly start: readonly Setup[]
  /** All goals must hold together for so many seconds; 30 where absent. */
  readonly hold?: number
  readonly checks: NonNullable<Exercise['checks']>
  /** The best known way: commands, and waits in seconds. */
  readonly solution: Exercise['solution']
}

/** What a drill says, in one language. Code stands in `backticks`. */
interface DrillWords {
  readonly title: string
  /** What is wrong, as somebody says it who does not know why. */
  readonly report: string
  /** In the order of the checks, under their names. */
  readonly goals: Readonly<Record<string, string>>
  readonly hints: readonly string[]
  /** What stays, once it is solved. */
  readonly teaches: string
}

export type DrillText = Readonly<Record<Language, DrillWords>>

/** The name of the one exercise that a drill is to its judge. */
const drillName = 'drill'

const hold = 30

/** A drill as the lab lives through it: a lesson that is one exercise. */
export function drillLesson(drill: Drill): Lesson {
  const { level, minutes, lesson, start, checks, solution, ...options } = drill
  return {
    ...options,
    level,
    transcript: '',
    start,
    drill: true,
    exercises: [{ name: drillName, kind: 'fix', hold: drill.hold ?? hold, checks, solution }],
  }
}

/** What tests play of a drill: a way's name is a sentence that says why it counts or not. */
export interface DrillWays {
  /** What is seen when it begins: a command, and what it prints. */
  readonly seen: readonly (readonly [command: string, prints: RegExp])[]
  readonly right: Readonly<Record<string, readonly Move[]>>
  readonly wrong: Readonly<Record<string, readonly Move[]>>
  /** Seconds after a way in which it must have led there, or not; 400 where absent. */
  readonly limit?: number
  /** What Why? names rightly when the solution has been gone, by the numbers of the causes: the present and no old trouble. */
  readonly still?: readonly string[]
}
