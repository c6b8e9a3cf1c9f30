// A failed command, read for the tutor's rules: its words with their places, and the lines that it printed.
import type { Failure } from '../failure.ts'
import type { Span } from './explanation.ts'
import type { Surroundings } from './surroundings.ts'

export interface Word extends Span {
  /** Without the quotes. */
  readonly text: string
  /** Of the shell: `|`, `;`, `&&`, `>`. */
  readonly isOperator: boolean
}

/** What is known of the failure. */
export interface Said extends Failure {
  readonly words: readonly Word[]
  readonly around: Surroundings
}

/** A finding of a rule: which sentence, filled with what, and what to do. */
export interface Finding {
  /** Key of the sentence in i18n/lab/tutor.*.ts. */
  readonly code: string
  readonly params?: Readonly<Record<string, string | undefined>>
  readonly wrong?: Span | undefined
  /** The way out, as a line to type. */
  readonly cure?: string | undefined
  /** Shows what there is. */
  readonly more?: string | undefined
  /** The sentence says all that the index would. */
  readonly instead?: boolean
}

/** Looks for one kind of fault. `match`: what its pattern found in one line of the output. */
export interface Rule {
  readonly pattern: RegExp
  find(match: RegExpExecArray, said: Said): Finding | undefined
}

const token = /(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^\s|;&<>"'\\])+|\|\|?|&&?|;|[<>]+/gs

export function readWords(command: string): Word[] {
  return [...command.matchAll(token)].map(({ 0: whole, index }) => ({
    from: index,
    to: index + whole.length,
    text: whole.replace(/\\(.)|["']/gs, '$1'),
    isOperator: /^(?:\|\|?|&&?|;|[<>]+)$/.test(whole),
  }))
}

/** The words of each command of the line, one list a command. */
function commandsIn({ words }: Said): Word[][] {
  const commands: Word[][] = [[]]
  for (const word of words)
    if (!word.isOperator) commands.at(-1)!.push(word)
    else if (!/^[<>]/.test(word.text)) commands.push([])
  return commands.filter(each => each.length)
}

/** The line's first call of kubectl, without its name. */
export function kubectlCall(said: Said): readonly Word[] | undefined {
  for (const words of commandsIn(said)) {
    const at = words.findIndex(({ text }) => /^(?:kubectl|kk?)$/.test(text))
    if (at >= 0) return words.slice(at + 1)
  }
  return undefined
}

/** The command with one place replaced. */
export const replaced = ({ command }: Said, { from, to }: Span, by: string): string =>
  command.slice(0, from) + by + command.slice(to)

/** The command with something put behind a place. */
export const inserted = (said: Said, at: number, text: string): string =>
  replaced(said, { from: at, to: at }, text)

/** Where a text stands in the words: as a whole one, or as a part between `/`, `=`, `,` and `:`. */
export function findWord(said: Said, text: string): Span | undefined {
  if (!text) return undefined
  const whole = said.words.find(word => word.text === text)
  if (whole) return { from: whole.from, to: whole.to }
  for (const word of said.words) {
    const raw = said.command.slice(word.from, word.to)
    const at = raw.search(new RegExp(`(?<![\\w-])${text.replace(/[^\w]/g, '\\$&')}(?![\\w-])`))
    if (at >= 0) return { from: word.from + at, to: word.from + at + text.length }
  }
  return undefined
}

/** Value of a flag, where it stands with one. */
export function flagValue(words: readonly Word[], ...names: readonly string[]): Word | undefined {
  for (const [i, word] of words.entries()) {
    for (const name of names) {
      if (word.text === name) return words[i + 1]
      const glued = name.startsWith('--') ? `${name}=` : name
      if (word.text.startsWith(glued) && word.text.length > glued.length)
        return {
          ...word,
          from: word.to - (word.text.length - glued.length),
          text: word.text.slice(glued.length),
        }
    }
  }
  return undefined
}

/** Words that are no flags and no values of the flags that stand apart from theirs. */
export function plainWords(words: readonly Word[]): Word[] {
  const end = words.findIndex(({ text }) => text === '--')
  return words
    .slice(0, end < 0 ? undefined : end)
    .filter(
      ({ text }, i) =>
        !text.startsWith('-') &&
        !/^(?:-[nflocL]|--(?:namespace|filename|selector|output|container))$/.test(words[i - 1]?.text ?? ''),
    )
}
