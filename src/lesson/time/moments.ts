// The stops of a line of time: what the reader did, and what happened, in order. Happenings that come in one breath are
// one tick.
import type { Deed } from '../history.ts'
import type { Happening } from './happenings.ts'

/** A mark for something that was done. */
export interface Ring {
  readonly id: number
  /** Virtual ms since the start. */
  readonly at: number
  /** From 1 along its branch; 0 for a key that was pressed in a command. */
  readonly number: number
  readonly text: string
}

/** A mark for what happened, by itself or in consequence. */
export interface Tick {
  readonly at: number
  readonly warning: boolean
}

/** Virtual ms within which happenings are one tick. */
const breath = 300

/** `ticks` with what else happened added to it. */
export function addTicks(ticks: Tick[], happenings: readonly Pick<Happening, 'at' | 'warning'>[]): void {
  for (const { at, warning } of happenings) {
    const last = ticks.at(-1)
    if (last && at - last.at < breath) {
      if (warning && !last.warning) ticks[ticks.length - 1] = { ...last, warning }
    } else ticks.push({ at, warning })
  }
}

/**
 * When the deeds of a branch happened. `starts`: of those that have been lived through, by deed. Of others an input says
 * when it was, and a command of the lesson came right after what was before it.
 */
export function timesOf(path: readonly Deed[], starts: ReadonlyMap<Deed, number>): number[] {
  let time = 0
  return path.map(deed => (time = Math.max(time, starts.get(deed) ?? deed.input.at)))
}
