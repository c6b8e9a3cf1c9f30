// Shell patterns (`*`, `?`, `[a-z]`), and the files that a pattern names.
import { CharSet, classes } from '../engine/expressions/char-set.ts'
import { type Files, resolvePath } from '../engine/files.ts'
import { MemoryExhausted } from '../engine/pipe.ts'
import { type Token, Wildcards } from '../engine/wildcards.ts'

const isSpecial = /[*?[]/

/** In a pattern a backslash takes the meaning of the next character away. */
export const escapePattern = (text: string): string => text.replace(/[*?[\]\\]/g, '\\$&')
const unescapePattern = (text: string): string => text.replace(/\\([\s\S])/g, '$1')

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

/** More names than this no memory holds. */
const mostNames = 200_000

/** The paths that a pattern names, sorted; the pattern itself, unescaped, where there are none. */
export function glob(pattern: string, files: Files, cwd: string): string[] {
  if (!isSpecial.test(pattern.replace(/\\[\s\S]/g, ''))) return [unescapePattern(pattern)]
  let found = [pattern.startsWith('/') ? '/' : '']
  const segments = pattern.split('/').filter(Boolean)
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1
    const next: string[] = []
    for (const base of found) {
      if (!isSpecial.test(segment.replace(/\\[\s\S]/g, ''))) {
        const path = base + unescapePattern(segment)
        if (files.exists(resolvePath(cwd, path))) next.push(last ? path : `${path}/`)
        continue
      }
      const wanted = wildcards(segment)
      let names: string[] = []
      try {
        names = files.list(resolvePath(cwd, base || '.'))
      } catch {}
      for (const name of names) {
        if ((name.startsWith('.') && !segment.startsWith('.')) || !wanted.test(name)) continue
        const path = base + name
        if (last) next.push(path)
        else if (
          files.exists(resolvePath(cwd, `${path}/.`)) &&
          files.stat(resolvePath(cwd, path)).type === 'directory'
        )
          next.push(`${path}/`)
      }
    }
    if (next.length > mostNames) throw new MemoryExhausted()
    found = next
  }
  if (pattern.endsWith('/')) found = found.map(path => `${path}/`)
  return found.length ? found : [unescapePattern(pattern)]
}
