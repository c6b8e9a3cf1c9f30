// A broken world of a chain of causes: how it is built, what Why? is asked, what it says, and what mends it.
import type { Fault } from '../../src/cluster/fault.ts'
import type { Move } from '../../src/lesson/exercise.ts'

export interface Case {
  /** Numbers of the links, from the symptom to the cause. */
  readonly chain: readonly number[]
  /** Commands, seconds, faults; 75 s pass after the last one. */
  readonly build: readonly (Move | Fault)[]
  readonly workers?: number
  readonly metrics?: boolean
  /** An object, `request POD` (its latest one that failed), or `refusal` (the latest). */
  readonly ask: string
  readonly zh: string
  readonly en: string
  readonly cure: readonly (Move | { readonly repair: Fault })[]
  /** Seconds after which Why? has nothing more to say; 75 where absent. */
  readonly heals?: number
  /** Seconds between the last move of `build` and the question; 75 where absent. */
  readonly waits?: number
}

/** `kubectl apply` of worlds' files, by name. */
export const apply = (...files: string[]): string =>
  `kubectl apply ${files.map(each => `-f ${each}.yaml`).join(' ')}`
/** A pod's spec cannot be changed: it is made anew. */
export const anew = (file: string, sed: string): readonly string[] => [
  `sed -i '${sed}' ${file}.yaml`,
  `kubectl replace --force -f ${file}.yaml`,
]
export const json = (what: string, patch: unknown): string =>
  `kubectl patch ${what} --type=json -p '${JSON.stringify(patch)}'`
