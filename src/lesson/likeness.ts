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

/** Letters that a message must have for it to be recognised by standing within a longer one. */
const tellingLetters = 10

/** How much of the first stands in the second, by letters: longer words say more. */
function share(words: readonly string[], there: readonly string[]): number {
  let [all, found] = [0, 0]
  for (const word of words) {
    all += word.length
    if (there.includes(word)) found += word.length
  }
  return all && found / all
}

/** How sure it is, 0 to 1, that a line of output is this message: most of the message has to stand in it. */
export function sameness(line: string, message: string): number {
  const [there, said] = [wordsOf(line), wordsOf(message)]
  const within = said.join('').length >= tellingLetters ? share(said, there) : 0
  return within >= mostOfIt ? within : 0.7 * within + 0.3 * share(there, said)
}
/** Of a message, beside names that differ. */
const mostOfIt = 0.85

/** How much what was pasted and a message have in common, 0 to 1: either may hold more than the other. */
export function likeness(pasted: string, message: string): number {
  const [asked, said] = [wordsOf(pasted), wordsOf(message)]
  const within = said.join('').length >= tellingLetters ? share(said, asked) : 0
  // What holds the message and more is a little less like it than the message itself.
  return Math.max(share(asked, said), 0.95 * within)
}
