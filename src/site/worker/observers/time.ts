// The line of time: what the reader did and what happened, on the branch that one is on and beside it; looks at what was,
// and ways to other branches.
import type { Deed, History } from '../../../lesson/history.ts'
import { longestName } from '../../../lesson/history-text.ts'
import type { Life } from '../../../lesson/life.ts'
import { type Branch, branchesOf, commonDeeds } from '../../../lesson/time/branches.ts'
import { deedText, isKey } from '../../../lesson/time/deeds.ts'
import { Happenings } from '../../../lesson/time/happenings.ts'
import { addTicks, type Ring, type Tick, timesOf } from '../../../lesson/time/moments.ts'
import type { BranchRow, FromWorker, OtherLane } from '../protocol.ts'
import type { Takes } from './observer.ts'
import type { TravelStage } from './travel.ts'

/** What has happened is seen a moment later. */
const settledMs = 2

export class Time {
  /** What is loaded late and shows the branches is told anew. */
  readonly part = 'time'
  readonly takes: Takes
  readonly #stage: TravelStage
  #life: Life | undefined
  #happenings!: Happenings
  #ticks: Tick[] = []
  /** Ticks that the page knows; undefined where it has been told of none, not even that there are none. */
  #toldTicks: number | undefined
  #told = ''
  /** What the track was made of: while that is the same, so is the track. */
  #made: readonly unknown[] = []
  /** When deeds happened, as far as they have been lived through. */
  readonly #starts = new Map<Deed, number>()
  /** Ticks of branches that were lived through, by their last deed. */
  readonly #known = new Map<Deed, readonly Tick[]>()
  #heading: Deed | undefined
  /** Happenings that are among the ticks. */
  #read = 0
  /** The last deed of the branch that was left last. */
  #left: Deed | undefined

  constructor(stage: TravelStage) {
    this.#stage = stage
    this.takes = {
      look: ({ at }) => (at === undefined ? stage.lookNow() : stage.look(at)),
      switch: ({ branch }) => {
        const deed = this.#lastDeed(branch)
        if (!deed || deed === stage.history.at) return
        stage.finish()
        stage.goTo(deed, stage.history.ends.get(deed) ?? 0)
      },
      rename: ({ branch, name }) => {
        const deed = this.#lastDeed(branch)
        if (!deed) return
        const { names } = stage.history
        if (name.trim()) names.set(deed, name.trim().slice(0, longestName))
        else names.delete(deed)
        this.#made = []
      },
    }
  }

  /** Grows with everything that happens and is worth a sentence. */
  get seen(): number {
    this.#follow()
    this.#happenings.news()
    return this.#happenings.all.length
  }

  /** When the next thing happened, or was done, after a moment of the present's branch; undefined where none did. */
  after(moment: number): number | undefined {
    const times = [...this.#stage.present.starts, ...this.#ticks.map(each => each.at + settledMs)]
    const later = times.filter(each => each > moment + 1)
    return later.length ? Math.min(...later) : undefined
  }

  show(): void {
    this.#follow()
  }

  again(): void {
    this.#made = []
    this.#told = ''
    this.#toldTicks = undefined
  }

  /** Another life is the present one: another world has come, or one goes on from the past. */
  #follow(): void {
    const { present } = this.#stage
    if (present === this.#life) return
    if (this.#life && this.#heading) {
      // One that was lived through again as far as Back led knows less of it.
      const known = this.#known.get(this.#heading)?.at(-1)
      const reached = this.#ticks.at(-1)
      if (!known || (reached && reached.at >= known.at)) this.#known.set(this.#heading, this.#ticks)
    }
    this.#life = present
    this.#happenings = new Happenings(present.journal)
    this.#ticks = []
    this.#read = 0
    this.again()
  }

  flush(): FromWorker[] {
    this.#follow()
    return [this.#newTrack(), this.#newTicks()].filter(each => each !== undefined)
  }

  #newTrack(): FromWorker | undefined {
    const { history, script, present } = this.#stage
    const made = [history.at, history.present, history.deeds.length, present.starts.length]
    if (made.every((each, i) => each === this.#made[i])) return undefined
    this.#made = made
    const path = history.pathTo(history.present ? history.present.deed : history.at)
    for (const [index, at] of present.starts.entries()) if (path[index]) this.#starts.set(path[index], at)
    const { heading } = history
    if (heading !== this.#heading) {
      if (this.#heading && !history.pathTo(heading).includes(this.#heading)) this.#left = this.#heading
      this.#heading = heading
    }
    const track = this.#track(history, script)
    const text = JSON.stringify(track)
    if (text === this.#told) return undefined
    this.#told = text
    return track
  }

  #newTicks(): FromWorker | undefined {
    this.#happenings.news()
    const { all } = this.#happenings
    const told = this.#toldTicks
    if (this.#read === all.length && told !== undefined) return undefined
    const from = Math.max(0, (told ?? 0) - 1)
    const last = this.#ticks[from]
    addTicks(this.#ticks, all.slice(this.#read))
    this.#read = all.length
    const isNew = told === undefined || this.#ticks.length > told || this.#ticks[from] !== last
    this.#toldTicks = this.#ticks.length
    return isNew ? { type: 'ticks', from, ticks: this.#ticks.slice(from) } : undefined
  }

  #track(history: History, script: TravelStage['script']): Extract<FromWorker, { type: 'track' }> {
    const path = history.pathTo(this.#heading)
    const rings = this.#rings(path)
    const here = history.at ? path.indexOf(history.at) + 1 : 0
    const done = path.slice(0, here).filter(each => !isKey(each)).length
    const branches = branchesOf(history, script)
    const other =
      branches.find(each => each.last === this.#left) ??
      branches.findLast(each => each.last !== this.#heading)
    const ahead = this.#ahead(path)
    return {
      type: 'track',
      rings,
      done,
      ahead,
      ...(other && other.last !== this.#heading && { other: this.#otherLane(other, path) }),
      branches: branches.length > 1 ? branches.map(each => this.#row(each, path)) : [],
    }
  }

  /** Ticks of what was undone by going back, where nothing else has been done since. */
  #ahead(path: readonly Deed[]): readonly Tick[] {
    const { history, present } = this.#stage
    const known = this.#heading && this.#known.get(this.#heading)
    const next = path[present.starts.length]
    if (!known || !next || history.present) return []
    const start = this.#starts.get(next) ?? next.input.at
    return known.filter(each => each.at >= start)
  }

  #rings(path: readonly Deed[]): Ring[] {
    const times = timesOf(path, this.#starts)
    let number = 0
    return path.flatMap((deed, index) =>
      isKey(deed)
        ? []
        : [
            {
              id: deed.id,
              at: times[index]!,
              number: ++number,
              text: deedText(deed, path, this.#stage.script),
            },
          ],
    )
  }

  #otherLane({ last, path }: Branch, current: readonly Deed[]): OtherLane {
    const common = commonDeeds(path, current)
    const shared = path.slice(0, common).filter(each => !isKey(each)).length
    const rings = this.#rings(path).slice(shared)
    const from = rings[0]?.at ?? 0
    return {
      branch: last.id,
      shared,
      rings,
      ticks: (this.#known.get(last) ?? []).filter(each => each.at >= from),
    }
  }

  #row(branch: Branch, current: readonly Deed[]): BranchRow {
    const { last, path, name, isLesson, after } = branch
    const common = commonDeeds(path, current)
    const times = timesOf(path, this.#starts)
    return {
      id: last.id,
      ...(name !== undefined && { name }),
      isLesson,
      after,
      current: last === this.#heading,
      forkAt: times[common] ?? times.at(-1) ?? 0,
    }
  }

  #lastDeed(id: number): Deed | undefined {
    const deed = this.#stage.history.deeds[id - 1]
    return deed && !this.#stage.history.after(deed).length ? deed : undefined
  }
}
