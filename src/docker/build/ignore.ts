// .dockerignore: patterns of paths below the context (moby/patternmatcher). A later pattern wins over those before it; one
// that begins with `!` takes paths back in.

interface Pattern {
  readonly test: RegExp
  readonly isException: boolean
}

export interface Ignore {
  /** `path` is relative to the context, without a leading slash. */
  matches(path: string): boolean
}

function source(pattern: string): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '*' && pattern[i + 1] === '*') {
      i++
      // `**/` stands for any number of directories, none too.
      if (pattern[i + 1] === '/') {
        i++
        out += '(?:.*/)?'
      } else out += '.*'
    } else if (c === '*') out += '[^/]*'
    else if (c === '?') out += '[^/]'
    else if (c === '\\' && i + 1 < pattern.length) out += pattern[++i]!.replace(/[^\w]/g, '\\$&')
    else if (c === '[') {
      const close = pattern.indexOf(']', i + 1)
      if (close < 0) out += '\\['
      else {
        out += `[${pattern.slice(i + 1, close).replace(/\\(?!.)/g, '\\\\')}]`
        i = close
      }
    } else out += c.replace(/[.$^+(){}|/\]]/g, '\\$&')
  }
  return out
}

/** A pattern whose brackets make no sense matches nothing. */
function compile(text: string): RegExp | undefined {
  try {
    return new RegExp(`^${source(text)}(?:/.*)?$`)
  } catch {
    return undefined
  }
}

const clean = (path: string): string => {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

export function parseIgnore(text: string): Ignore {
  const patterns: Pattern[] = []
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    if (line.startsWith('#')) continue
    const trimmed = line.trim()
    const isException = trimmed.startsWith('!')
    const pattern = clean(isException ? trimmed.slice(1).trim() : trimmed)
    if (!pattern) continue
    const test = compile(pattern)
    if (test) patterns.push({ test, isException })
  }
  return {
    matches(path) {
      let ignored = false
      for (const { test, isException } of patterns)
        if (ignored === isException && test.test(path)) ignored = !isException
      return ignored
    },
  }
}
