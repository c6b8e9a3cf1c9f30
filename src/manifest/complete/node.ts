// What an outline (outline.ts) is made of, and what both of its readers need.
import { resolvePlain, type Scalar } from '../../yaml/resolve.ts'

export type Path = readonly (string | number)[]

export interface Node {
  /** `pending`: a key or a dash with nothing behind it yet. */
  kind: 'map' | 'list' | 'scalar' | 'pending'
  /** Column of its keys or dashes; -1 in flow style and for scalars. */
  indent: number
  entries: Entry[]
  /** Of a scalar: its place in the text, quotes included, and what it says; of an alias `*name`. */
  from: number
  to: number
  value: Scalar
}

/** A key with its value, or an item of a list (its key is its number). */
export interface Entry {
  readonly key: string | number
  readonly from: number
  readonly to: number
  readonly node: Node
}

/** A collection that is open on a line, the innermost last. */
export interface Level {
  readonly indent: number
  /** Undefined: what stands here fits nowhere. */
  readonly node: Node | undefined
  readonly path: Path
  /** Its last entry so far; only of those that a watch is shown. */
  readonly last?: Entry | undefined
}

/** What a reader of one place is told; the other lines only build the outline. */
export interface Watch {
  readonly offset: number
  /** The offset's line has no key: the levels above it, and where what stands on it begins. */
  line(levels: readonly Level[], start: number, from: number): void
  /** A key or a value, in block or flow style, that has the offset in it or right behind it. */
  key(from: number, to: number, path: Path, among: Node, flow: boolean): void
  value(from: number, to: number, path: Path, node: Node, flow: boolean): void
}

export const pending = (at: number): Node => ({
  kind: 'pending',
  indent: -1,
  entries: [],
  from: at,
  to: at,
  value: null,
})

export function become(node: Node, kind: 'map' | 'list', indent: number): Node {
  node.kind = kind
  node.indent = indent
  return node
}

/** A scalar's text without quotes, with its type. */
export function scalarOf(text: string): Scalar {
  const quote = text[0]
  if (quote !== '"' && quote !== "'") return resolvePlain(text).value
  return text.slice(1, text.length > 1 && text.endsWith(quote) ? -1 : undefined)
}

/** The offset behind the quote that closes the one at `from`. */
export function closing(text: string, from: number, end: number): number | undefined {
  const quote = text[from]
  for (let i = from + 1; i < end; i++) {
    if (quote === '"' && text[i] === '\\') i++
    else if (text[i] === quote) {
      if (quote === '"' || text[i + 1] !== "'") return i + 1
      i++
    }
  }
  return undefined
}

/** The node of a key, or of an item. */
export const child = (node: Node | undefined, key: string | number): Node | undefined =>
  node?.entries.findLast(each => each.key === key)?.node

/** A mapping's entries; none where it is something else. */
export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What a path leads to in a value. */
export function at(value: unknown, ...path: Path): unknown {
  let part = value
  for (const key of path) part = typeof key === 'number' ? list(part)[key] : record(part)[key]
  return part
}

/** What an outline says, as a value; what is not there yet is null. */
export function valueIn(node: Node): unknown {
  if (node.kind === 'list') return node.entries.map(each => valueIn(each.node))
  if (node.kind !== 'map') return node.value
  return Object.fromEntries(node.entries.map(({ key, node: held }) => [String(key), valueIn(held)]))
}
