// Sets of characters (code points), as sorted ranges that do not touch.

export type Range = readonly [from: number, to: number]

const lastCharacter = 0x10ffff
/** Sets of more characters than this take only the ASCII letters of the other case. */
const foldAtMost = 1024

export class CharSet {
  readonly ranges: readonly Range[]

  constructor(ranges: readonly Range[]) {
    const merged: [number, number][] = []
    for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
      const last = merged.at(-1)
      if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
      else if (to >= from) merged.push([from, to])
    }
    this.ranges = merged
  }

  static of(text: string): CharSet {
    return new CharSet([...text].map(c => [c.codePointAt(0)!, c.codePointAt(0)!]))
  }

  has(code: number): boolean {
    let [low, high] = [0, this.ranges.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const [from, to] = this.ranges[middle]!
      if (code < from) high = middle - 1
      else if (code > to) low = middle + 1
      else return true
    }
    return false
  }

  negated(): CharSet {
    const out: Range[] = []
    let next = 0
    for (const [from, to] of this.ranges) {
      if (from > next) out.push([next, from - 1])
      next = to + 1
    }
    if (next <= lastCharacter) out.push([next, lastCharacter])
    return new CharSet(out)
  }

  with(other: CharSet): CharSet {
    return new CharSet([...this.ranges, ...other.ranges])
  }

  meets(other: CharSet): boolean {
    for (let i = 0, j = 0; i < this.ranges.length && j < other.ranges.length; ) {
      const [a, b] = [this.ranges[i]!, other.ranges[j]!]
      if (a[1] < b[0]) i++
      else if (b[1] < a[0]) j++
      else return true
    }
    return false
  }

  get all(): boolean {
    const [only] = this.ranges
    return only !== undefined && only[0] === 0 && only[1] === lastCharacter
  }

  /** With the letters of the other case. */
  folded(): CharSet {
    const more: Range[] = []
    const add = (code: number) => {
      const c = String.fromCodePoint(code)
      for (const other of [c.toLowerCase(), c.toUpperCase()]) {
        const to = other.codePointAt(0)!
        if (other.length === String.fromCodePoint(to).length) more.push([to, to])
      }
    }
    const few = this.ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0) <= foldAtMost
    if (few) for (const [from, to] of this.ranges) for (let code = from; code <= to; code++) add(code)
    else for (let code = 65; code <= 122; code++) if (this.has(code)) add(code)
    return new CharSet([...this.ranges, ...more])
  }
}

const code = (c: string): number => c.codePointAt(0)!
const ranges = (...pairs: string[]): CharSet =>
  new CharSet(pairs.map(pair => [code(pair[0]!), code(pair.at(-1)!)]))

export const nothing = new CharSet([])
export const everything = new CharSet([[0, lastCharacter]])
export const exceptNewline = CharSet.of('\n').negated()
export const digit = ranges('09')
export const word = ranges('09', 'AZ', '__', 'az')
export const space = CharSet.of(' \t\n\v\f\r')

/** The names in `[[:alpha:]]`, in the C locale. */
export const classes: Readonly<Record<string, CharSet>> = {
  alpha: ranges('AZ', 'az'),
  digit,
  alnum: ranges('09', 'AZ', 'az'),
  upper: ranges('AZ'),
  lower: ranges('az'),
  space,
  blank: CharSet.of(' \t'),
  punct: ranges('!/', ':@', '[`', '{~'),
  xdigit: ranges('09', 'AF', 'af'),
  cntrl: new CharSet([
    [0, 31],
    [127, 127],
  ]),
  print: ranges(' ~'),
  graph: ranges('!~'),
  word,
}
