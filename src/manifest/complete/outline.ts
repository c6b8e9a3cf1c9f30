// The rough shape of a YAML text that is still being written: which key stands below which, by indentation. The parser
// (src/yaml) stops at the first fault; this goes on, for an editor has to say what may stand where nothing is whole yet.
// What it cannot place hangs nowhere. Cost: one pass over the lines.
import { readFlow } from './flow.ts'
import {
  become,
  closing,
  type Entry,
  type Level,
  type Node,
  type Path,
  pending,
  scalarOf,
  type Watch,
} from './node.ts'

/** A key, plain or quoted, with its colon. Anything but the end of the text, a blank or a line break behind a colon belongs to the key. */
const KEY =
  /("(?:[^"\\\n]|\\.)*"[^\S\n]*|'(?:[^'\n]|'')*'[^\S\n]*|(?:[^\s#'"{}[\],&*!|>%@`?:-]|-(?=[^\s#:]))[^#\n:]*(?::(?=\S)[^#\n:]*)*):(?=\s|$)/y
/** An anchor or a tag before a value. */
const PROPERTY = /[&!][^\s,[\]{}]*[^\S\n]*/y

/** The document from `start` to `end` of a text. */
export const outline = (text: string, start: number, end: number, watch?: Watch): Node =>
  new Reader(text, start, end, watch).read()

class Reader {
  readonly #text: string
  readonly #end: number
  readonly #watch: Watch | undefined
  readonly #root: Node
  readonly #levels: Level[] = []
  #at: number

  constructor(text: string, start: number, end: number, watch: Watch | undefined) {
    this.#text = text
    this.#end = end
    this.#watch = watch
    this.#at = start
    this.#root = pending(start)
  }

  read(): Node {
    while (this.#at < this.#end) this.#line()
    // The caret behind the last line break stands on a line too.
    if (this.#at === this.#end && this.#watched(this.#end, this.#end)) this.#look(this.#end, this.#end)
    return this.#root
  }

  #lineEnd(from: number): number {
    const found = this.#text.indexOf('\n', from)
    return found < 0 || found > this.#end ? this.#end : found
  }

  #watched(from: number, to: number): boolean {
    return this.#watch !== undefined && this.#watch.offset >= from && this.#watch.offset <= to
  }

  #look(start: number, from: number): void {
    this.#watch?.line(
      this.#levels.map(each => ({ ...each, last: each.node?.entries.at(-1) })),
      start,
      from,
    )
  }

  #line(): void {
    const text = this.#text
    const start = this.#at
    const end = this.#lineEnd(start)
    this.#at = end + 1
    let from = this.#blanks(start, end)
    const here = this.#watched(start, end)
    const separates = text.startsWith('---', start) || text.startsWith('...', start)
    if (from === end || text[from] === '#' || separates) {
      if (here && from === end) this.#look(start, this.#watch!.offset)
      return
    }
    // The dashes of list items, each a level of its own.
    while (text[from] === '-' && (from + 1 === end || /\s/.test(text[from + 1]!))) {
      const dash = from
      const item = this.#item(dash - start, dash)
      from = this.#blanks(dash + 1, end)
      if (from === end || text[from] === '#') {
        if (item && this.#watched(dash + 2, from - (from < end ? 1 : 0)))
          this.#look(start, this.#watch!.offset)
        return
      }
      if (!item) this.#levels.push({ indent: from - start, node: undefined, path: [] })
    }
    this.#content(start, from, end, here)
  }

  /** Behind the blanks of a line; a carriage return at its end is one. */
  #blanks(from: number, end: number): number {
    let at = from
    while (at < end && (this.#text[at] === ' ' || this.#text[at] === '\r')) at++
    return at
  }

  /** A dash at a column: one more item of the list there, or the first of a new one. */
  #item(column: number, at: number): Entry | undefined {
    const list = this.#levelAt(column, 'list')?.node
    if (!list) return undefined
    const entry = { key: list.entries.length, from: at, to: at + 1, node: pending(at) }
    list.entries.push(entry)
    return entry
  }

  /** The collection at a column, made where one may begin. */
  #levelAt(column: number, kind: 'map' | 'list'): Level | undefined {
    const levels = this.#levels
    closeTo(levels, column, kind === 'map')
    const top = levels.at(-1)
    if (top?.indent === column && (!top.node || top.node.kind === kind)) return top
    const last = top?.node?.entries.at(-1)
    const slot = top ? last?.node : this.#root
    if (slot?.kind === 'pending' && (top?.indent !== column || kind === 'list')) {
      const path = top && last ? [...top.path, last.key] : []
      levels.push({ indent: column, node: become(slot, kind, column), path })
    } else levels.push({ indent: column, node: undefined, path: [] })
    return levels.at(-1)
  }

  /** What stands on a line behind indentation and dashes. */
  #content(start: number, from: number, end: number, here: boolean): void {
    KEY.lastIndex = from
    const found = KEY.exec(this.#text)
    if (!found || KEY.lastIndex > end) {
      // A scalar, a flow collection, or a key that is being written: that one is no part of the outline yet.
      if (here && !/["'{[|>]/.test(this.#text[from]!)) this.#look(start, from)
      else this.#bare(from, end, from - start)
      return
    }
    const word = found[1]!.trimEnd()
    const level = this.#levelAt(from - start, 'map')
    const among = level?.node
    const [to, behind] = [from + word.length, from + found[0].length]
    const node = pending(behind)
    const key = String(scalarOf(word) ?? word)
    among?.entries.push({ key, from, to, node })
    if (among && this.#watched(from, to)) this.#watch!.key(from, to, level.path, among, false)
    this.#value(behind, end, from - start, node, among && [...level.path, key])
  }

  /** A line without a key: the value of what stands above, or the rest of one. */
  #bare(from: number, end: number, column: number): void {
    closeTo(this.#levels, column, false)
    const top = this.#levels.at(-1)
    const last = top?.node?.entries.at(-1)
    const slot = top ? last?.node : this.#root
    if (slot?.kind === 'pending')
      this.#value(from, end, top?.indent ?? -1, slot, top && last ? [...top.path, last.key] : [])
  }

  /** What follows a colon or a dash. `column`: of the key; what is deeper belongs to it. */
  #value(from: number, end: number, column: number, node: Node, path: Path | undefined): void {
    const text = this.#text
    const watch = path && this.#watch
    let at = this.#blanks(from, end)
    while (text[at] === '&' || text[at] === '!') {
      PROPERTY.lastIndex = at
      at = this.#blanks(at + (PROPERTY.exec(text)?.[0].length ?? 1), end)
    }
    const first = at < end ? text[at]! : ''
    if (first === '' || first === '#') {
      const offset = watch?.offset ?? -1
      if (watch && offset >= from && offset <= at - (first ? 1 : 0))
        watch.value(offset, offset, path!, node, false)
    } else if (first === '|' || first === '>') {
      node.kind = 'scalar'
      this.#skipBlock(column)
    } else if (first === '{' || first === '[') {
      const close = readFlow(text, at, this.#deeperEnd(end, column), node, path ?? [], watch)
      this.#at = this.#lineEnd(close) + 1
    } else {
      let to = at + text.slice(at, end).replace(/\s#.*/, '').trimEnd().length
      if (first === '"' || first === "'") {
        to = closing(text, at, this.#deeperEnd(end, column)) ?? to
        this.#at = this.#lineEnd(to) + 1
      }
      Object.assign(node, { kind: 'scalar', from: at, to, value: scalarOf(text.slice(at, to)) })
      if (this.#watched(at, to)) watch?.value(at, to, path!, node, false)
    }
  }

  /** How deep the line from an offset is; undefined for an empty one. */
  #depth(from: number, end: number): number | undefined {
    const at = this.#blanks(from, end)
    return at === end ? undefined : at - from
  }

  /** Where the lines end that are deeper than a column, or empty; closing brackets may stand in it. */
  #deeperEnd(end: number, column: number): number {
    let last = end
    while (last < this.#end) {
      const next = this.#lineEnd(last + 1)
      const depth = this.#depth(last + 1, next)
      if (depth !== undefined && depth <= column && !/[\]}]/.test(this.#text[last + 1 + depth]!)) break
      last = next
    }
    return last
  }

  /** Past a block scalar. Empty lines at its end are no part of it, for the caret may stand there. */
  #skipBlock(column: number): void {
    let line = this.#at
    while (line < this.#end) {
      const end = this.#lineEnd(line)
      const depth = this.#depth(line, end)
      if (depth !== undefined && depth <= column) return
      line = end + 1
      if (depth !== undefined) this.#at = line
    }
  }
}

/**
 * Closes the levels that a line at this column ends. Items may stand at the column of the key that has them: where a key
 * is looked for, their list ends.
 */
export function closeTo(levels: Level[], column: number, forKey: boolean): void {
  while (levels.length && levels.at(-1)!.indent > column) levels.pop()
  const top = levels.at(-1)
  const below = levels.at(-2)
  if (forKey && top?.node?.kind === 'list' && top.indent === column && below?.indent === column) levels.pop()
}
