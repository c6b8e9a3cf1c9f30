// Literal and folded block scalars: chapter 8.1 of the YAML specification.
import type { Cursor } from './cursor.ts'
import { type Mark, tokenFault } from './error.ts'
import type { ScalarText } from './scalars.ts'

interface Header {
  readonly folded: boolean
  /** `-`: no break at the end; `+`: all of them; else one. */
  readonly chomping: string
  /** Spaces beyond the parent's; undefined: as the first line with text has it. */
  readonly indentation: number | undefined
}

/** `parent`: the column of the collection around it, -1 at the top. */
export function blockScalar(cursor: Cursor, parent: number): ScalarText {
  const start = cursor.mark
  const { folded, chomping, indentation } = header(cursor, start)
  let indent = indentation === undefined ? undefined : Math.max(parent, 0) + indentation
  let end = cursor.mark
  /** Over empty lines, to the text of the next one. */
  const emptyLines = (): string => {
    let breaks = ''
    let deepest = 0
    end = cursor.mark
    const indenting = (): boolean => indent === undefined || cursor.column < indent
    for (;;) {
      while (cursor.char === ' ' && indenting()) cursor.advance()
      deepest = Math.max(deepest, cursor.column)
      if (cursor.char === '\t' && indenting())
        throw tokenFault('found a tab character where an indentation space is expected', cursor.mark, start)
      if (!cursor.atBreak) break
      breaks += cursor.takeBreak()
      end = cursor.mark
    }
    indent ??= Math.max(deepest, parent + 1, 1)
    return breaks
  }

  let value = ''
  let lastBreak = ''
  let breaks = emptyLines()
  let afterIndented = false
  while (cursor.column === indent && !cursor.atEnd) {
    const indented = cursor.atBlank
    // Folding joins two lines of text; lines that are indented further keep their breaks.
    const folds = folded && lastBreak === '\n' && !afterIndented && !indented
    value += folds ? (breaks ? '' : ' ') : lastBreak
    value += breaks + cursor.takeAll(/[^\n\r\x85\u2028\u2029]*/y)
    lastBreak = cursor.atEnd ? '' : cursor.takeBreak()
    afterIndented = indented
    breaks = emptyLines()
  }
  if (chomping !== '-') value += lastBreak
  if (chomping === '+') value += breaks
  cursor.entryAllowed = true
  return { value, end }
}

function header(cursor: Cursor, start: Mark): Header {
  const folded = cursor.take() === '>'
  const written = cursor.takeAll(/[-+]\d?|\d[-+]?/y)
  const digit = /\d/.exec(written)
  if (digit?.[0] === '0') {
    cursor.advance(digit.index - written.length)
    throw tokenFault('found an indentation indicator equal to 0', cursor.mark, start)
  }
  while (cursor.atBlank) cursor.advance()
  if (cursor.char === '#') cursor.takeAll(/[^\n\r\x85\u2028\u2029]*/y)
  if (cursor.atBreak) cursor.takeBreak()
  else if (!cursor.atEnd) throw tokenFault('did not find expected comment or line break', cursor.mark, start)
  return {
    folded,
    chomping: /[-+]/.exec(written)?.[0] ?? '',
    indentation: digit ? Number(digit[0]) : undefined,
  }
}
