// How pflag lays out the flags of a command, as wide as the terminal (FlagUsagesWrapped), and docker the rest of a help.
import type { FlagSpec } from '../flags.ts'

/** A piece of `text` of at most `width` characters (and a few more, where that is all), and what is left. */
function piece(width: number, slop: number, text: string): [string, string] {
  if (width + slop > text.length) return [text, '']
  const head = text.slice(0, width)
  const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'))
  if (blank <= 0) return [text, '']
  const feed = head.lastIndexOf('\n')
  const at = feed > 0 && feed < blank ? feed : blank
  return [text.slice(0, at), text.slice(at + 1)]
}

/** The lines of a text from column `indent` on; the first line is where it already stands. */
export function wrapped(indent: number, columns: number, text: string): string {
  const slop = 5
  const margin = `\n${' '.repeat(indent)}`
  if (columns - indent < 24) return text.replaceAll('\n', margin)
  const width = columns - indent - slop
  const lines: string[] = []
  let rest = text
  do {
    const [line, left] = piece(width, slop, rest)
    lines.push(line.replaceAll('\n', margin))
    rest = left
  } while (rest)
  return lines.join(margin)
}

export function flagsText(
  specs: readonly FlagSpec[],
  texts: ReadonlyMap<string, string>,
  columns: number,
): string {
  const shown = specs
    .filter(({ name }) => texts.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, short, type }) => ({
      left: `  ${short ? `-${short}, ` : '    '}--${name}${type === 'bool' ? '' : ` ${type}`}`,
      text: texts.get(name)!,
    }))
  const widest = Math.max(...shown.map(({ left }) => left.length)) + 3
  return shown.map(({ left, text }) => `${left.padEnd(widest)}${wrapped(widest, columns, text)}\n`).join('')
}
