// Shell patterns (`*`, `?`, `[a-z]`) as regular expressions, and the files that a pattern names.
import { type Files, resolvePath } from '../engine/files.ts'

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f',
  print: ' -~',
  graph: '!-~',
}

/** `[[:digit:]]` and the like inside of brackets, for patterns and POSIX regular expressions alike. */
export const bracketClasses = (text: string): string =>
  text.replace(/\[:(\w+):\]/g, (_, name) => classes[name] ?? '')

const isSpecial = /[*?[]/

/** In a pattern a backslash takes the meaning of the next character away. */
export const escapePattern = (text: string): string => text.replace(/[*?[\]\\]/g, '\\$&')
const unescapePattern = (text: string): string => text.replace(/\\([\s\S])/g, '$1')

/** The body of a regular expression; `one` is what a `*` and `?` may match. */
export function patternSource(pattern: string, greedy = true, one = '[\\s\\S]'): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '*') {
      if (pattern[i + 1] !== '*') out += `${one}*${greedy ? '' : '?'}`
    } else if (c === '?') out += one
    else if (c === '\\' && i + 1 < pattern.length) out += escapeRegExp(pattern[++i]!)
    else if (c === '[') {
      const set = /^\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]/.exec(pattern.slice(i))
      if (set) {
        out += `[${set[1] ? '^' : ''}${bracketClasses(
          set[2]!
            .replace(/([^\\])-([^\]])/g, (all, a, b) => (a > b ? '' : all))
            .replace(/[\\\]^]/g, '\\$&')
            .replace(/\[(?!:)/g, '\\['),
        )}]`
        i += set[0].length - 1
      } else out += '\\['
    } else out += escapeRegExp(c)
  }
  return out
}

export const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

export const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^(?:${patternSource(pattern)})$`).test(text)

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
      const regexp = new RegExp(`^${patternSource(segment, true, '[^/]')}$`)
      let names: string[] = []
      try {
        names = files.list(resolvePath(cwd, base || '.'))
      } catch {}
      for (const name of names) {
        if ((name.startsWith('.') && !segment.startsWith('.')) || !regexp.test(name)) continue
        const path = base + name
        if (last) next.push(path)
        else if (
          files.exists(resolvePath(cwd, `${path}/.`)) &&
          files.stat(resolvePath(cwd, path)).type === 'directory'
        )
          next.push(`${path}/`)
      }
    }
    found = next
  }
  if (pattern.endsWith('/')) found = found.map(path => `${path}/`)
  return found.length ? found : [unescapePattern(pattern)]
}
