// What people and accidents do to a text that is right.
import type { Choose } from './choose.ts'

/** A word left out, doubled, or an odd one in its place. */
export function damaged(c: Choose, line: string, odd: readonly string[]): string {
  const words = line.split(' ')
  words.splice(
    c.below(words.length),
    c.below(2),
    ...c.some(1, () => c.of(...odd, '--help', '-o', '|', '--x=y')),
  )
  return words.join(' ')
}

/** A word gives way to one that every object of JavaScript has something under: it is a name like any other. */
export function inherited(c: Choose, line: string): string {
  const words = [...line.matchAll(/[A-Za-z_][\w-]*/g)]
  if (words.length < 2) return line
  const { 0: word, index } = c.of(...words.slice(1))
  const other = c.word('constructor constructor toString __proto__ hasOwnProperty')
  return line.slice(0, index) + other + line.slice(index + word.length)
}

/** Lines of a file, some left out and some put in. */
export const patchedText = (c: Choose, text: string): string => {
  const lines = text.split('\n')
  const at = c.below(lines.length)
  lines.splice(
    at,
    c.below(3),
    ...c.some(2, () =>
      c.of(
        '  x: y',
        'spec:',
        '- a',
        '\t',
        '  replicas: -1',
        '  labels: {a: b}',
        '{',
        lines[c.below(lines.length)]!,
      ),
    ),
  )
  return lines.join('\n')
}
