// Matching with wildcards (`*`, `?`, sets of characters) in a time that grows with the length of the text and of the
// pattern, whatever they hold: no way is tried twice. Characters are code points.
import type { CharSet } from './expressions/char-set.ts'

/** One character, one of a set, any one, or any number of them. */
export type Token = number | CharSet | 'one' | 'any'

const points = (text: string): number[] => Array.from(text, c => c.codePointAt(0)!)
const takes = (token: Token, code: number): boolean =>
  typeof token === 'number' ? token === code : token === 'one' || (token !== 'any' && token.has(code))

/** The places of a pattern that a text may have come to, each with the start of the earliest text that came there. */
class Front {
  readonly places: number[] = []
  readonly starts: number[] = []
  readonly #tokens: readonly Token[]
  readonly #seen: Uint8Array

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
    this.#seen = new Uint8Array(tokens.length + 1)
  }

  clear(): void {
    for (const place of this.places) this.#seen[place] = 0
    this.places.length = this.starts.length = 0
  }

  /** What comes first stays: it began earlier. `*` may stand for nothing. */
  add(place: number, start: number): void {
    for (let at = place; !this.#seen[at]; at++) {
      this.#seen[at] = 1
      this.places.push(at)
      this.starts.push(start)
      if (this.#tokens[at] !== 'any') return
    }
  }

  /** The start of what has come to the end of the pattern. */
  get done(): number | undefined {
    const at = this.#seen[this.#tokens.length] ? this.places.indexOf(this.#tokens.length) : -1
    return at < 0 ? undefined : this.starts[at]
  }

  /** To `next`, over one more character. */
  step(code: number, next: Front): void {
    next.clear()
    for (const [i, place] of this.places.entries()) {
      const token = this.#tokens[place]
      if (token === 'any') next.add(place, this.starts[i]!)
      else if (token !== undefined && takes(token, code)) next.add(place + 1, this.starts[i]!)
    }
  }
}

export class Wildcards {
  readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  /** The whole text fits. */
  test(text: string): boolean {
    const { tokens } = this
    const codes = points(text)
    let [place, at] = [0, 0]
    // Where the last `*` stood, and up to where it reaches by now: earlier ones need not be asked again.
    let [star, reach] = [-1, 0]
    while (at < codes.length) {
      const token = tokens[place]
      if (token === 'any') {
        star = place++
        reach = at
      } else if (token !== undefined && takes(token, codes[at]!)) {
        place++
        at++
      } else if (star >= 0) {
        place = star + 1
        at = ++reach
      } else return false
    }
    while (tokens[place] === 'any') place++
    return place === tokens.length
  }

  /** How many characters (code points) of the text's beginning fit: the fewest or the most; undefined where none do. */
  prefix(codes: readonly number[], longest: boolean): number | undefined {
    let [here, next] = [new Front(this.tokens), new Front(this.tokens)]
    here.add(0, 0)
    let found: number | undefined
    for (let at = 0; ; at++) {
      if (here.done !== undefined) found = at
      if ((found !== undefined && !longest) || at === codes.length || here.places.length === 0) return found
      here.step(codes[at]!, next)
      ;[here, next] = [next, here]
    }
  }

  /** The text without the beginning that fits: the shortest such, or the longest. */
  trimStart(text: string, longest: boolean): string {
    const codes = points(text)
    const length = this.prefix(codes, longest)
    return length ? textOf(codes, length) : text
  }

  /** The text without the end that fits. */
  trimEnd(text: string, longest: boolean): string {
    const codes = points(text)
    const length = new Wildcards([...this.tokens].reverse()).prefix([...codes].reverse(), longest)
    return length ? textOf(codes, 0, codes.length - length) : text
  }

  /** The text with the first of the longest parts that fit (or all of them) replaced; what is empty does not count. */
  replace(text: string, to: string, all: boolean): string {
    const codes = points(text)
    if (codes.length === 0) return this.test(text) ? to : text
    const out: string[] = []
    let at = 0
    for (let found = this.#find(codes, 0); found; found = all ? this.#find(codes, at) : undefined) {
      out.push(textOf(codes, at, found.start), to)
      at = found.end
    }
    return at ? out.join('') + textOf(codes, at) : text
  }

  #find(codes: readonly number[], from: number): { start: number; end: number } | undefined {
    let [here, next] = [new Front(this.tokens), new Front(this.tokens)]
    let best: { start: number; end: number } | undefined
    for (let at = from; ; at++) {
      if (!best) here.add(0, at)
      const start = here.done
      if (start !== undefined && start < at && (!best || start <= best.start)) best = { start, end: at }
      if (at === codes.length || (best && here.places.length === 0)) return best
      here.step(codes[at]!, next)
      ;[here, next] = [next, here]
    }
  }
}

function textOf(codes: readonly number[], from: number, to = codes.length): string {
  const pieces: string[] = []
  // Not all at once: so many arguments no function takes.
  for (let at = from; at < to; at += 4096)
    pieces.push(String.fromCodePoint(...codes.slice(at, Math.min(to, at + 4096))))
  return pieces.join('')
}
