// Shell patterns (`*`, `?`, `[a-z]`): of words, of files' names, of keys, wherever glob(7) is meant.
import { CharSet, classes } from './expressions/char-set.ts'
import { type Token, Wildcards } from './wildcards.ts'

/** What patterns came to; a loop asks for the same again and again. */
const known = new Map<string, Wildcards>()
const knownAtMost = 200

export function wildcards(pattern: string): Wildcards {
  let found = known.get(pattern)
  if (!found) {
    if (known.size >= knownAtMost) known.clear()
    known.set(pattern, (found = new Wildcards(read(pattern))))
  }
  return found
}

function read(pattern: string): Token[] {
  const out: Token[] = []
  for (let at = 0; at < pattern.length; ) {
    const set = pattern[at] === '[' ? bracket(pattern, at) : undefined
    if (set) {
      out.push(set.set)
      at = set.end
      continue
    }
    const c = pattern[at]!
    if (c === '\\' && at + 1 < pattern.length) at++
    else if (c === '*') {
      if (out.at(-1) !== 'any') out.push('any')
      at++
      continue
    } else if (c === '?') {
      out.push('one')
      at++
      continue
    }
    const code = pattern.codePointAt(at)!
    out.push(code)
    at += code > 0xffff ? 2 : 1
  }
  return out
}

/** `[a-z]`, `[!x]`, `[[:digit:]]`; undefined where no bracket closes it, which is then a character as any other. */
function bracket(pattern: string, start: number): { set: CharSet; end: number } | undefined {
  let at = start + 1
  const negated = pattern[at] === '!' || pattern[at] === '^'
  if (negated) at++
  let set = new CharSet([])
  const one = (): number | undefined => {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++
    const code = pattern.codePointAt(at)
    at += code === undefined ? 0 : code > 0xffff ? 2 : 1
    return code
  }
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    const name = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 16))
    if (name) {
      at += name[0].length
      set = set.with(classes[name[1]!] ?? new CharSet([]))
      continue
    }
    const from = one()
    if (from === undefined) return undefined
    let to: number | undefined = from
    if (pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']') {
      at++
      to = one()
    }
    if (to === undefined) return undefined
    set = set.with(new CharSet([[from, to]]))
  }
  return { set: negated ? set.negated() : set, end: at + 1 }
}

export const matches = (pattern: string, text: string): boolean => wildcards(pattern).test(text)
