// Where a caret stands in a YAML text: in a key, in a value, or on a line where either may begin.
import type { Level, Node, Path, Watch } from './node.ts'
import { closeTo, outline } from './outline.ts'

export interface Place {
  /** `word`: on a line of its own, without a colon: a key, a dash or a scalar may begin here. */
  readonly what: 'key' | 'value' | 'word'
  /** Of a key: that of its mapping; else that of what stands here. */
  readonly path: Path
  /** The word at the caret; empty where there is none. */
  readonly from: number
  readonly to: number
  /** The collection that it stands in, or its value; undefined where nothing is there yet. */
  readonly node: Node | undefined
  readonly flow: boolean
  /** Column of the word. */
  readonly column: number
  /** Deeper lines follow: what is written here becomes their key. */
  readonly opens: boolean
  /** The document. */
  readonly root: Node
}

const separator = /^---.*$/gm

/** Where the document of an offset begins and ends; undefined on a line that separates two. */
function documentAt(text: string, offset: number): readonly [number, number] | undefined {
  let start = 0
  for (const { index, 0: line } of text.matchAll(separator)) {
    if (offset < index) return [start, index]
    if (offset <= index + line.length) return undefined
    start = index + line.length + 1
  }
  return [start, text.length]
}

/** Where each document of a text begins and ends. */
export function documentsOf(text: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  let start = 0
  for (const { index, 0: line } of text.matchAll(separator)) {
    found.push([start, index])
    start = index + line.length + 1
  }
  return [...found, [start, text.length]]
}

/** Undefined in comments and block scalars, and where the indentation fits nothing. */
export function placeAt(text: string, offset: number): Place | undefined {
  const document = documentAt(text, offset)
  if (!document) return undefined
  let found: Omit<Place, 'root' | 'opens' | 'column'> | undefined
  let seen: { levels: readonly Level[]; start: number; from: number } | undefined
  const watch: Watch = {
    offset,
    line: (levels, start, from) => {
      seen = { levels, start, from }
    },
    key: (from, to, path, node, flow) => {
      found = { what: 'key', from, to, path, node, flow }
    },
    value: (from, to, path, node, flow) => {
      found = { what: 'value', from, to, path, node, flow }
    },
  }
  const root = outline(text, ...document, watch)
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  if (found) return { ...found, column: found.from - lineStart, opens: false, root }
  if (!seen) return undefined
  const { start, from } = seen
  const line = text.slice(from, lineEnd(text, from, document[1]))
  const to = from + line.replace(/\s#.*/, '').trimEnd().length
  if (offset < from || offset > to) return undefined
  const column = from - start
  const opens = isDeeper(text, lineEnd(text, from, document[1]) + 1, document[1], column)
  if (opens && from === to) return undefined
  const here = slotAt([...seen.levels], root, column, opens)
  return here && { what: 'word', from, to, ...here, flow: false, column, opens, root }
}

function lineEnd(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from)
  return found < 0 || found > end ? end : found
}

/** Whether the next line with something on it is deeper. */
function isDeeper(text: string, from: number, end: number, column: number): boolean {
  for (let start = from; start < end; start = lineEnd(text, start, end) + 1) {
    const line = text.slice(start, lineEnd(text, start, end))
    const depth = line.search(/[^\s]/)
    if (depth >= 0 && line[depth] !== '#') return depth > column
  }
  return false
}

/** What a line at this column would stand in. `opens`: deeper lines are there already, which it would be the key of. */
function slotAt(
  levels: Level[],
  root: Node,
  column: number,
  opens: boolean,
): { path: Path; node: Node | undefined } | undefined {
  closeTo(levels, column, true)
  const top = levels.at(-1)
  if (top && (!top.node || top.indent === column)) return top.node && { path: top.path, node: top.node }
  const [node, path] = top ? [top.last?.node, [...top.path, top.last?.key ?? 0]] : [root, []]
  if (!node || node.kind === 'scalar') return undefined
  if (node.kind === 'pending' || (opens && node.indent > column)) return { path, node: undefined }
  // What comes later stands at this column.
  return node.indent === column ? { path, node } : undefined
}
