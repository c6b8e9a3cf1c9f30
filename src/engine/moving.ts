// Bytes moved in bulk take virtual time, as they take it on a real disk or in a pipe: so who moves much of them gives
// way to others, a Ctrl-C among them. What is small costs nothing. They are counted, never timed.

/** Characters that a read of a file gives at most; up to so many are moved within no time. */
export const pieceLength = 2 ** 18
/** About 1 GB/s: characters a millisecond. */
const rate = 1e6

let moved = 0

/** Notes that so many characters are moved at once. */
export function move(characters: number): void {
  if (characters > pieceLength) moved += characters
}

/** Milliseconds that it takes to move so many characters. */
export const movingTime = (characters: number): number => characters / rate

/** Begins to count for something that runs now, apart from what runs around it: gives what `movedSince` needs. */
export function countMoved(): number {
  const around = moved
  moved = 0
  return around
}

/** How many characters were moved since `countMoved`, and counts on for what is around. */
export function movedSince(around: number): number {
  const within = moved
  moved = around
  return within
}

/** Where a piece that begins at a place ends: a pair of surrogates stays whole. */
export function pieceEnd(text: string, from: number): number {
  const end = from + pieceLength
  const last = text.charCodeAt(end - 1)
  return last >= 0xd800 && last <= 0xdbff ? end + 1 : end
}
