// How much one message is like another, whatever names and numbers they bear.

/** What differs from one message to the next of its kind: quoted words, numbers, hashes. */
const changing = /"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`|\b[0-9a-f]{8,}\b|\d+/g

/** The words by which a message is recognised: without names, numbers and what is shorter than two letters. */
export function wordsOf(message: string): string[] {
  const words = message
    .replace(changing, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
  return [...new Set(words.filter(word => word.length > 1))]
}

/** How much of what was pasted stands in a message: 0 to 1. Longer words say more. */
export function likeness(pasted: string, message: string): number {
  const there = new Set(wordsOf(message))
  let [all, found] = [0, 0]
  for (const word of wordsOf(pasted)) {
    all += word.length
    if (there.has(word)) found += word.length
  }
  return all && found / all
}
