// Looking ahead: what begins at a place, whether it may stand there, and whether it will turn out to be a key.
import { blockScalar } from './block-scalar.ts'
import type { Cursor, Kind } from './cursor.ts'
import { type Mark, tokenFault } from './error.ts'
import { anchorName, readDirective, readTag } from './properties.ts'
import { plainScalar, quotedScalar, type ScalarText } from './scalars.ts'

/** An implicit key ends on its line, and with its `:` within so many characters. */
const maxKeyLength = 1024

export const notAllowed: Partial<Record<Kind, string>> = {
  '-': 'block sequence entries are not allowed in this context',
  '?': 'mapping keys are not allowed in this context',
  ':': 'mapping values are not allowed in this context',
}

export type ScalarKind = 'plain' | "'" | '"' | '|' | '>'

export const isScalar = (kind: Kind): kind is ScalarKind =>
  kind === 'plain' || kind === "'" || kind === '"' || kind === '|' || kind === '>'

export const mayBeKey = (kind: Kind): boolean => ['plain', "'", '"', '[', '{', '*', '&', '!'].includes(kind)

/** The end of a document. */
export const isEdge = (kind: Kind): boolean =>
  kind === 'end' || kind === 'document start' || kind === 'document end' || kind === 'directive'

/** What begins here in block style, where it may. */
export function checkedKind(cursor: Cursor): Kind {
  const kind = cursor.kind(false)
  const problem = notAllowed[kind]
  if (problem && !cursor.entryAllowed) throw tokenFault(problem, cursor.mark)
  return kind
}

/** A scalar in a collection at column `parent`. */
export function readScalar(cursor: Cursor, kind: ScalarKind, parent: number, inFlow: boolean): ScalarText {
  if (kind === 'plain') return plainScalar(cursor, parent + 1, inFlow)
  return kind === '|' || kind === '>' ? blockScalar(cursor, parent) : quotedScalar(cursor)
}

/** Has what began at `start` turned out to be an implicit key: is there a `:` behind it? */
export function isKey(cursor: Cursor, start: Mark, entryAllowed: boolean, inFlow: boolean): boolean {
  return (
    entryAllowed &&
    cursor.kind(inFlow) === ':' &&
    cursor.line === start.line &&
    cursor.offset - start.offset <= maxKeyLength
  )
}

/**
 * Looks as far ahead as kubectl does before it takes a token in, and comes back: over one token, or as long as it may
 * turn out to be an implicit key, so until its `:` or the end of its line. Faults of the tokens on the way come before
 * any of their order. `required`: nothing but a key may stand here. Was there a `:`, and how
 * far did it look?
 */
export function foresee(
  cursor: Cursor,
  parent: number,
  start: Mark,
  required: boolean,
  inFlow = false,
): { colon: boolean; offset: number } {
  const { mark, entryAllowed } = cursor
  const colon = lookForColon(cursor, parent, start, required, inFlow)
  const { offset } = cursor
  Object.assign(cursor, mark, { entryAllowed })
  return { colon, offset }
}

function lookForColon(
  cursor: Cursor,
  parent: number,
  start: Mark,
  required: boolean,
  inFlow: boolean,
): boolean {
  const fault = () => tokenFault("could not find expected ':'", cursor.mark, start)
  const first = inFlow ? cursor.kind(true) : checkedKind(cursor)
  if (!cursor.entryAllowed || !mayBeKey(first)) {
    step(cursor, first, parent, inFlow)
    return false
  }
  for (let depth = 0; ; ) {
    const within = inFlow || depth > 0
    const kind = cursor.kind(within)
    if (depth === 0) {
      if (kind === ':') return true
      if (!inFlow && (kind === '-' || kind === '?')) checkedKind(cursor)
    }
    if (isEdge(kind) || (depth === 0 && !mayBeKey(kind))) {
      if (required) throw fault()
      step(cursor, kind, parent, within)
      return false
    }
    const before = cursor.offset
    step(cursor, kind, parent, within)
    if (kind === '[' || kind === '{') depth++
    else if (kind === ']' || kind === '}') depth--
    if (cursor.line > start.line || cursor.offset - start.offset > maxKeyLength) {
      if (required) throw fault()
      return false
    }
    cursor.skip(inFlow || depth > 0)
    // An empty collection is taken in at once.
    if (before === start.offset && depth > 0 && cursor.kind(true) === (kind === '[' ? ']' : '}')) return false
    if (cursor.line === start.line || depth > 0) continue
    const next = inFlow ? cursor.kind(true) : checkedKind(cursor)
    if (required) throw fault()
    step(cursor, next, parent, inFlow)
    return false
  }
}

/** Over one token, whatever it means. */
function step(cursor: Cursor, kind: Kind, parent: number, inFlow: boolean): void {
  if (kind === 'directive') readDirective(cursor)
  else if (kind === '&' || kind === '*') anchorName(cursor)
  else if (kind === '!') readTag(cursor)
  else if (isScalar(kind)) readScalar(cursor, kind, parent, inFlow)
  else if (!isEdge(kind)) {
    cursor.advance()
    cursor.entryAllowed = !(kind === ']' || kind === '}' || (inFlow && (kind === '?' || kind === ':')))
  }
}
