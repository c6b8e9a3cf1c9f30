// The known word that was probably meant.

/** The nearest of `known` to `word`, if it is near enough to be a slip of the fingers. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const plain = simplify(word)
  let best: string | undefined
  let least = Math.min(3, Math.floor(plain.length / 3)) + 1
  for (const candidate of known) {
    if (candidate === word) return candidate
    const other = simplify(candidate)
    const distance = other === plain ? 0 : editDistance(plain, other, least)
    if (distance < least) {
      best = candidate
      least = distance
      if (distance === 0) break
    }
  }
  return best
}

/** The same word but for upper and lower case. */
export const differsInCase = (word: string, other: string): boolean =>
  word !== other && word.toLowerCase() === other.toLowerCase()

const simplify = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Optimal string alignment; gives up with `limit` where the distance reaches it. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit || a.length > 64) return limit
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = previous
    previous = row
  }
  return previous[b.length]!
}
