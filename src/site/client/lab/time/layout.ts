// Where moments lie on the line of time: in their order, near each other as far as they are near in time. Stretches in
// which nothing happens are folded, so that an hour of waiting takes no more room than a breath.

export interface Mark {
  /** Virtual ms since the start. */
  readonly at: number
  /** What the reader did takes the room of a ring, what happened that of a tick. */
  readonly ring: boolean
}

export interface Line {
  /** Place of each mark, from 0 to 1. */
  readonly places: readonly number[]
  /** Places of folded stretches. */
  readonly folds: readonly number[]
  /** How much room it wants beside others. */
  readonly room: number
  /** Place of a moment: that of the first mark in it. */
  placeOf(at: number): number
  /** The moment at a place. */
  momentAt(place: number): number
}

/** Virtual ms without anything that are folded. */
const quiet = 8000
const weights = { ring: 1, tick: 0.1, second: 0.3, fold: 1.5 }
/** What lies between two rings takes no more room than this: else a busy minute leaves none for the commands. */
const mostBetween = 2.6

/** `marks` in the order of their times, from the start (`from`) to the end (`to`). */
export function layOut(marks: readonly Mark[], from: number, to: number): Line {
  const times = [from, ...marks.map(each => each.at), Math.max(to, marks.at(-1)?.at ?? to)]
  const gaps = times.slice(1).map((time, index) => {
    const gap = Math.max(0, time - times[index]!)
    const isFolded = gap > quiet
    return {
      room: isFolded ? weights.fold : (gap / 1000) * weights.second + (gap ? weights.tick : 0),
      ring: marks[index]?.ring ?? false,
      isFolded,
    }
  })
  // Between rings, what there is shares the room.
  for (let start = 0; start < gaps.length; ) {
    let end = start
    let sum = gaps[start]!.room
    while (!gaps[end]!.ring && end + 1 < gaps.length) sum += gaps[++end]!.room
    if (sum > mostBetween) for (let i = start; i <= end; i++) gaps[i]!.room *= mostBetween / sum
    start = end + 1
  }
  const ends: number[] = [0]
  for (const { room, ring } of gaps) ends.push(ends.at(-1)! + room + (ring ? weights.ring : 0))
  const whole = ends.at(-1)! || 1
  const places = ends.map(each => each / whole)
  const folds = gaps.flatMap(({ isFolded, ring }, index) => {
    // A ring's own room lies right before it.
    const end = ends[index + 1]! - (ring ? weights.ring / 2 : 0)
    return isFolded ? [(ends[index]! + end) / 2 / whole] : []
  })
  const between = (value: number, xs: readonly number[], ys: readonly number[]): number => {
    let after = firstFrom(xs, value)
    if (after === xs.length) return ys.at(-1)!
    if (after === 0 && xs[1] === value) after = 1
    if (after === 0 || xs[after] === value) return ys[after]!
    const part = (value - xs[after - 1]!) / (xs[after]! - xs[after - 1]!)
    return ys[after - 1]! + part * (ys[after]! - ys[after - 1]!)
  }
  return {
    places: places.slice(1, 1 + marks.length),
    folds,
    room: whole,
    placeOf: at => between(at, times, places),
    momentAt: place => between(place, places, times),
  }
}

/** Index of the first value, of those that only grow, that is not less than one; their number where there is none. */
function firstFrom(values: readonly number[], least: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Which of some places can bear a number without touching: the latest ones first, since they are wanted most. */
export function spaced(places: readonly number[], least: number): boolean[] {
  const found = places.map(() => false)
  let last = Number.POSITIVE_INFINITY
  for (let i = places.length - 1; i >= 0; i--) {
    if (last - places[i]! < least) continue
    found[i] = true
    last = places[i]!
  }
  return found
}
