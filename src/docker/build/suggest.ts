// "did you mean": the known word that is nearest to what was typed, at most three changes away (buildkit util/suggest).

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}

/** Undefined where the word is known, or nothing is near. */
export function suggestion(
  typed: string,
  known: readonly string[],
  isCaseSensitive = false,
): string | undefined {
  const same = (text: string) => (isCaseSensitive ? text : text.toLowerCase())
  let best: string | undefined
  let least = 3 + 1
  for (const each of known) {
    if (same(each) === same(typed)) return undefined
    const far = distance(same(each), same(typed))
    if (far < least && far < typed.length) {
      best = each
      least = far
    }
  }
  return best
}

export const withSuggestion = (message: string, typed: string, known: readonly string[]): string => {
  const near = suggestion(typed, known)
  return near === undefined ? message : `${message} (did you mean ${near}?)`
}
