// Which tags an image has, by a rule instead of a list: release lines with their newest patch, words, variants.
//
// A rule is a text of words apart from each other by blanks:
//   1.14.2        the line 1.14 up to that patch: `1`, `1.14`, `1.14.0`, `1.14.1`, `1.14.2`
//   3.1-3.22      the lines of a major release, their patches not counted: `3.7`, `3.19.4`
//   9-18          major releases: `16`, `16.4`
//   v1-v6, v0.10.2  the same with a letter before; `v?1.2` with and without it
//   latest, edge  words; `stable=1.28` is a word for a line
//   *             any tag at all
// A tag may end in a variant (`1.14.2-alpine`), or be one (`alpine`).

export interface Tag {
  /** The version that the program shows, as far as the rule knows it: `1.14.2`. */
  readonly version: string
  /** `alpine3.18`, `slim-bookworm`; empty where the tag has none. */
  readonly variant: string
}

export interface TagRule {
  readonly tags: string
  /** Variants beyond the common ones, as a regular expression's source. */
  readonly variants?: string
  /** No variants at all. */
  readonly plain?: boolean
}

/** Bases that official images are built on. */
const common =
  'alpine(?:\\d\\.\\d{1,2})?|(?:slim-)?(?:jessie|stretch|buster|bullseye|bookworm|trixie)(?:-slim)?|slim|alpine-slim|alpine-perl|perl'

interface Line {
  readonly letter: '' | 'v' | 'v?'
  /** Its ends as they are written: `20.04`. */
  readonly texts: readonly [from: string, to: string]
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** The newest patch, where it is known. */
  readonly patch?: number
}

interface Compiled {
  readonly lines: readonly Line[]
  readonly words: ReadonlyMap<string, string>
  readonly any: boolean
}

const compiled = new Map<string, Compiled>()
const numbers = (text: string): number[] => text.split('.').map(Number)
const isVersion = /^(v\??)?(\d+(?:\.\d+)*)(?:-v?(\d+(?:\.\d+)*))?$/

function compile(rule: string): Compiled {
  let result = compiled.get(rule)
  if (result) return result
  const lines: Line[] = []
  const words = new Map<string, string>()
  for (const text of rule.split(' ')) {
    const [, letter = '', first, last] = isVersion.exec(text) ?? []
    if (!first) {
      const [word = '', line = ''] = text.split('=')
      words.set(word, line)
      continue
    }
    const from = numbers(first)
    const own = first.split('.').length < 3 ? first : first.replace(/\.\d+$/, '')
    lines.push({
      letter: letter as Line['letter'],
      texts: last ? [first, last] : [own, own],
      from: last || from.length < 3 ? from : from.slice(0, -1),
      to: last ? numbers(last) : from.length < 3 ? from : from.slice(0, -1),
      ...(!last && from.length > 2 && { patch: from.at(-1)! }),
    })
  }
  result = { lines, words, any: words.has('*') }
  compiled.set(rule, result)
  return result
}

/** The newest version of a line: its last number counts up. */
const newest = ({ to, patch }: Line): string => [...to, ...(patch === undefined ? [] : [patch])].join('.')

/** `1.14` within 1.7–1.29: the same major, a minor between. A shorter version stands for the newest that begins so. */
function fits(line: Line, version: readonly number[]): string | undefined {
  const { from, to, patch } = line
  const depth = from.length
  for (let i = 0; i < depth - 1; i++) {
    if (version[i] === undefined) return newest(line)
    if (version[i] !== from[i]) return undefined
  }
  const last = version[depth - 1]
  if (last === undefined) return newest(line)
  if (last < from[depth - 1]! || last > to[depth - 1]!) return undefined
  const rest = version.slice(depth)
  if (rest.length === 0) return [...version, ...(patch === undefined ? [] : [patch])].join('.')
  // More numbers than releases have, or a patch that never came.
  if (rest.length > 2 || rest[0]! > (patch ?? 60)) return undefined
  return version.join('.')
}

/** What a tag stands for; undefined where there is none of that name. */
export function findTag({ tags, variants, plain }: TagRule, tag: string): Tag | undefined {
  const { lines, words, any } = compile(tags)
  const resolve = (base: string): string | undefined => {
    if (words.has(base) && base !== '*') {
      const line = words.get(base)!
      return line ? (resolve(line) ?? line) : lines.length ? newest(lines.at(-1)!) : ''
    }
    const [, v = '', digits] = /^(v?)(\d+(?:\.\d+)*)$/.exec(base) ?? []
    if (!digits) return undefined
    // The newest line that fits: `1` is the last of its majors.
    for (let i = lines.length - 1; i >= 0; i--) {
      const line = lines[i]!
      if (line.letter !== 'v?' && line.letter !== v) continue
      const found = fits(line, numbers(digits))
      // `22.04` keeps its nought.
      if (found) return found === numbers(digits).join('.') ? digits : found
    }
    return undefined
  }
  const whole = resolve(tag)
  if (whole !== undefined) return { version: whole, variant: '' }
  if (!plain) {
    const suffix = new RegExp(
      `^(?:(.+?)-)?(${variants ? `(?:${variants})(?:-(?:${common}))?|` : ''}${common})$`,
    )
    const [, base = 'latest', variant] = suffix.exec(tag) ?? []
    const version = variant === undefined ? undefined : resolve(base)
    if (version !== undefined) return { version, variant: variant! }
  }
  return any ? { version: /\d+(?:\.\d+)*/.exec(tag)?.[0] ?? '', variant: '' } : undefined
}

/** Some of the tags that a rule allows, for who wants all of them: the newest of each line, and the words. */
export function mainTags({ tags }: TagRule): string[] {
  const { lines, words } = compile(tags)
  const newestOf = lines.map(line => `${line.letter.replace('?', '')}${line.texts[1]}`)
  return [...new Set([...newestOf, ...words.keys()])].filter(tag => tag !== '*').sort()
}

/** For people: `latest, 1.7 – 1.29, stable; -alpine, -slim …`. */
export function describeTags({ tags, variants, plain }: TagRule): string {
  const { lines, words, any } = compile(tags)
  if (any) return 'any'
  const parts: string[] = []
  // Lines that follow each other are one range.
  let start: Line | undefined
  let end: Line | undefined
  const flush = () => {
    if (!start || !end) return
    const letter = start.letter.replace('?', '')
    const [a, b] = [letter + start.texts[0], letter + end.texts[1]]
    parts.push(a === b ? a : `${a} – ${b}`)
  }
  for (const line of lines) {
    const before = end?.to
    const follows =
      before?.length === line.from.length &&
      before.slice(0, -1).join('.') === line.from.slice(0, -1).join('.') &&
      line.from.at(-1)! - before.at(-1)! <= 2 &&
      line.from.at(-1)! > before.at(-1)!
    if (!follows) {
      flush()
      start = line
    }
    end = line
  }
  flush()
  const named = [...words.keys()]
  const kinds = plain
    ? ''
    : `; -alpine, -slim, -bookworm …${
        variants
          ? `, -${variants
              .replaceAll('\\d', 'N')
              .replace(/[\\?+]/g, '')
              .split('|')
              .join(', -')}`
          : ''
      }`
  return `${[...named, ...parts].join(', ')}${kinds}`
}
