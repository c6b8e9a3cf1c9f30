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

/** Runs something: what it gives, and the milliseconds that it takes to move what it, and nothing around it, moved. */
export function timed<T>(run: () => T): { value: T; ms: number } {
  const around = moved
  moved = 0
  try {
    const value = run()
    return { value, ms: movingTime(moved) }
  } finally {
    moved = around
  }
}

/** Where a piece that begins at a place ends: a pair of surrogates stays whole. */
export function pieceEnd(text: string, from: number): number {
  const end = from + pieceLength
  const last = text.charCodeAt(end - 1)
  return last >= 0xd800 && last <= 0xdbff ? end + 1 : end
}
