// The first column of a table that a terminal shows: on a small screen it stays where it is while the rest is pushed
// aside, so that a row still says what it is about.
import type { Piece } from '../../lib/output-words.ts'

/** `NAME   READY`: the words of its first column, and the gap behind them. */
const heading = /^[A-Z][A-Z0-9()/-]*(?: [A-Z0-9()/-]+)* {2,}(?=[A-Z])/

/** Where the second column begins, if a line is the heading of a table. */
export const secondColumn = (pieces: readonly Piece[]): number | undefined =>
  pieces[0]?.tone === 'head' ? heading.exec(pieces[0].text)?.[0].length : undefined

/** Whether a line is a row of a table whose second column begins there. */
export const isRow = (line: string, at: number): boolean =>
  /^\S/.test(line) && line[at - 1] === ' ' && line[at] !== undefined && line[at] !== ' '

/** What stands before a place of the line, and what behind it. */
export function splitAt(pieces: readonly Piece[], at: number): [before: Piece[], after: Piece[]] {
  const parts: [Piece[], Piece[]] = [[], []]
  let begin = 0
  for (const piece of pieces) {
    const cut = Math.min(Math.max(at - begin, 0), piece.text.length)
    if (cut > 0) parts[0].push({ ...piece, text: piece.text.slice(0, cut) })
    if (cut < piece.text.length) parts[1].push({ ...piece, text: piece.text.slice(cut) })
    begin += piece.text.length
  }
  return parts
}
