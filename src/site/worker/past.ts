// A look at what was: worlds are brought to any moment of the present's branch by replay. Those that one has looked at
// before are kept for a while, since a moment after theirs is near; the one that was asked for last moves on itself.
import type { Deed, Place } from '../../lesson/history.ts'
import type { Life } from '../../lesson/life.ts'
import { Replay } from '../../lesson/replay.ts'
import type { Script } from '../../lesson/script.ts'

/** Worlds that are kept beside the one that is shown. */
const most = 3

/** Times of the clock are multiples of 1/4096 ms: milliseconds since 1970 leave no more digits to a double. */
const grain = 4096

export class Past {
  /** The life of the present, which stands still meanwhile. */
  readonly present: Life
  /** Where the present is, as a history keeps it. */
  readonly place: Place
  /** Of the clock, before. */
  readonly speed: number
  readonly #script: Script
  readonly #path: readonly Deed[]
  #shown: Replay | undefined
  #kept: Replay[] = []
  #count = 0

  constructor(script: Script, path: readonly Deed[], present: Life, place: Place, speed: number) {
    this.#script = script
    this.#path = path
    this.present = present
    this.place = place
    this.speed = speed
  }

  /** The latest deed before the moment that is shown. */
  get deed(): Deed | undefined {
    return this.#path[this.#count - 1]
  }

  /** The world at a moment, before what was done in it; ms since the start. */
  lookAt(moment: number): Life {
    const { starts } = this.present
    const at = starts.find(each => Math.abs(each - moment) < 1) ?? Math.round(moment * grain) / grain
    const index = starts.findIndex(each => each >= at)
    this.#count = index < 0 ? this.#path.length : index
    const path = this.#path.slice(0, this.#count)
    const replay = this.#nearest(path, at)
    while (!replay.step(path, at));
    return replay.life
  }

  /** A piece of work on the world before the last command; false where there is none to do. */
  idle(undone: Deed): boolean {
    const count = this.#path.indexOf(undone)
    const at = this.present.starts[count]
    if (at === undefined) return false
    const path = this.#path.slice(0, count)
    let replay = this.#kept.find(each => each.leadsTo(path, at))
    if (!replay) this.#keep((replay = new Replay(this.#script)))
    return !replay.step(path, at)
  }

  /** A part of the program was missing: worlds are built anew. */
  forget(): void {
    this.#kept = []
  }

  /** The world that has the shortest way there; it is the shown one from now on. */
  #nearest(path: readonly Deed[], at: number): Replay {
    const known = this.#shown ? [...this.#kept, this.#shown] : this.#kept
    const leading = known.filter(each => each.leadsTo(path, at))
    const best = leading.sort((a, b) => b.life.elapsed - a.life.elapsed)[0] ?? new Replay(this.#script)
    if (best === this.#shown) return best
    this.#kept = this.#kept.filter(each => each !== best)
    if (this.#shown) this.#keep(this.#shown)
    this.#shown = best
    return best
  }

  #keep(replay: Replay): void {
    this.#kept = [...this.#kept, replay].slice(-most)
  }
}
