// The part of an outline that is written in flow style, `{app: web}` and `[80, 443]`: also JSON. What is not closed ends
// where less deep lines begin.
import { become, closing, type Node, type Path, pending, scalarOf, type Watch } from './node.ts'

/** Deeper than this nothing is looked into. */
const deepest = 60

/** Fills `node` from the bracket at `from`; returns the offset behind its end. */
export function readFlow(
  text: string,
  from: number,
  end: number,
  node: Node,
  path: Path,
  watch: Watch | undefined,
  depth = 0,
): number {
  const isMap = text[from] === '{'
  const close = isMap ? '}' : ']'
  become(node, isMap ? 'map' : 'list', -1)
  let at = from + 1
  let expected = true
  while (at < end) {
    const before = at
    at = blanks(text, at, end)
    const c = at < end ? text[at]! : close
    if (/[,\]}]/.test(c)) {
      // An empty place: something may begin here.
      if (expected && caretIn(text, before, at, watch)) {
        const { offset } = watch!
        if (isMap) watch!.key(offset, offset, path, node, true)
        else watch!.value(offset, offset, [...path, node.entries.length], pending(at), true)
      }
      at = Math.min(at + 1, end)
      if (c !== ',') return at
      expected = true
      continue
    }
    expected = false
    if (isMap) at = readEntry(text, at, end, node, path, watch, depth)
    else {
      const key = node.entries.length
      const item = pending(at)
      node.entries.push({ key, from: at, to: at, node: item })
      at = readValue(text, at, end, item, [...path, key], watch, depth)
    }
  }
  return at
}

function readEntry(
  text: string,
  from: number,
  end: number,
  among: Node,
  path: Path,
  watch: Watch | undefined,
  depth: number,
): number {
  const to = wordEnd(text, from, end, true)
  const word = text.slice(from, to)
  const key = String(scalarOf(word) ?? word)
  const node = pending(to)
  among.entries.push({ key, from, to, node })
  if (watch && watch.offset >= from && watch.offset <= to) watch.key(from, to, path, among, true)
  const colon = blanks(text, to, end)
  if (text[colon] !== ':' || colon >= end) return colon
  const at = blanks(text, colon + 1, end)
  const here = [...path, key]
  if (at < end && !/[,\]}]/.test(text[at]!)) return readValue(text, at, end, node, here, watch, depth)
  if (caretIn(text, colon + 1, at, watch)) watch!.value(watch!.offset, watch!.offset, here, node, true)
  return at
}

function readValue(
  text: string,
  from: number,
  end: number,
  node: Node,
  path: Path,
  watch: Watch | undefined,
  depth: number,
): number {
  if (text[from] === '{' || text[from] === '[')
    return depth < deepest ? readFlow(text, from, end, node, path, watch, depth + 1) : end
  const to = wordEnd(text, from, end, false)
  Object.assign(node, { kind: 'scalar', from, to, value: scalarOf(text.slice(from, to)) })
  if (watch && watch.offset >= from && watch.offset <= to) watch.value(from, to, path, node, true)
  return to
}

/** Behind a word: quoted, or up to what ends it. Only before a colon may it be empty. */
function wordEnd(text: string, from: number, end: number, isKey: boolean): number {
  if (text[from] === '"' || text[from] === "'") return closing(text, from, end) ?? end
  let to = from
  while (to < end && !/[,[\]{}\n]/.test(text[to]!)) {
    if (text[to] === '#' && /\s/.test(text[to - 1]!)) break
    if (isKey && text[to] === ':' && (to + 1 === end || /[\s,[\]{}]/.test(text[to + 1]!))) break
    to++
  }
  if (to === from) return isKey && text[from] === ':' ? from : from + 1
  while (/\s/.test(text[to - 1]!)) to--
  return to
}

/** Behind blanks, line breaks and comments. */
function blanks(text: string, from: number, end: number): number {
  let at = from
  while (at < end) {
    if (text[at] === '#') {
      const line = text.indexOf('\n', at)
      at = line < 0 || line > end ? end : line
    } else if (/\s/.test(text[at]!)) at++
    else break
  }
  return at
}

/** The caret stands in a gap, and not in a comment there. */
function caretIn(text: string, from: number, to: number, watch: Watch | undefined): boolean {
  if (!watch || watch.offset < from || watch.offset > to) return false
  const { offset } = watch
  return !text.slice(Math.max(from, text.lastIndexOf('\n', offset - 1) + 1), offset).includes('#')
}
