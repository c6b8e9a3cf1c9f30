// A Dockerfile as text: instructions with the lines they stand on. Continued lines, comments, directives and heredocs as
// moby/buildkit reads them (frontend/dockerfile/parser); the words of its complaints.

/** Something is wrong with a Dockerfile; `lines`: where, for the excerpt. */
export class DockerfileError extends Error {
  readonly lines: readonly [first: number, last: number] | undefined
  constructor(message: string, lines?: readonly [first: number, last: number]) {
    super(message)
    this.lines = lines
  }
}

export interface Heredoc {
  readonly name: string
  readonly content: string
  /** Variables in it are left as they are: its name was quoted. */
  readonly raw: boolean
}

export interface RawInstruction {
  /** In upper case. */
  readonly word: string
  /** As it was typed. */
  readonly typed: string
  /** What follows, on one line. */
  readonly rest: string
  /** All of it on one line, as it was typed. */
  readonly original: string
  readonly lines: readonly [first: number, last: number]
  readonly heredocs: readonly Heredoc[]
}

export interface ParsedDockerfile {
  readonly instructions: readonly RawInstruction[]
  readonly escapeMark: string
  /** Lines with which an instruction goes on and that are empty. */
  readonly emptyContinuations: readonly number[]
}

export const instructionWords = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]

const isComment = (line: string): boolean => /^\s*#/.test(line)
const heredocWords = new Set(['RUN', 'COPY', 'ADD'])

/** `# escape=\``, only before anything else. */
function escapeOf(lines: readonly string[]): string {
  for (const [i, line] of lines.entries()) {
    const [, key, value] = /^\s*#\s*(\w+)\s*=\s*(.+?)\s*$/.exec(line) ?? []
    if (key === undefined || !/^(syntax|escape|check)$/i.test(key)) return '\\'
    if (key.toLowerCase() !== 'escape') continue
    if (value !== '\\' && value !== '`')
      throw new DockerfileError(`invalid escape token '${value}' does not match \` or \\`, [i + 1, i + 1])
    return value
  }
  return '\\'
}

export function parseDockerfile(text: string): ParsedDockerfile {
  if (text === '') throw new DockerfileError('the Dockerfile cannot be empty')
  const lines = text.replace(/^\ufeff/, '').split('\n')
  const escapeMark = escapeOf(lines)
  const continued = new RegExp(`${escapeMark === '\\' ? '\\\\' : '`'}[ \\t]*$`)
  const instructions: RawInstruction[] = []
  const emptyContinuations: number[] = []
  let at = 0
  while (at < lines.length) {
    const first = at
    const line = lines[at++]!.replace(/\r$/, '').trimStart()
    if (line === '' || isComment(line)) continue
    let whole = ''
    let last = at
    let next: string | undefined = line
    while (next !== undefined) {
      const goesOn: boolean = continued.test(next)
      whole += goesOn ? next.replace(continued, '') : next
      if (!goesOn) break
      next = undefined
      while (at < lines.length) {
        const following = lines[at++]!.replace(/\r$/, '')
        if (isComment(following)) continue
        if (following.trim() === '') {
          // The last line of a file is no line.
          if (at < lines.length) emptyContinuations.push(at)
          continue
        }
        next = following
        last = at
        break
      }
    }
    const original = whole.trim()
    // Nothing but a mark that the line goes on.
    if (original === '') continue
    const [, typed = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(original)!
    const word = typed.toUpperCase()
    const heredocs: Heredoc[] = []
    if (heredocWords.has(word))
      for (const [, chomp, quoted, name = ''] of rest.matchAll(/(?:^|\s)\d*<<(-?)(['"]?)(\w+)\2/g)) {
        const body: string[] = []
        let ended = false
        while (at < lines.length) {
          const line = lines[at++]!.replace(/\r$/, '')
          last = at
          const shown = chomp ? line.replace(/^\t+/, '') : line
          if (shown === name) {
            ended = true
            break
          }
          body.push(shown)
        }
        if (!ended) throw new DockerfileError('unterminated heredoc', [first + 1, first + 1])
        heredocs.push({ name, content: body.map(each => `${each}\n`).join(''), raw: quoted !== '' })
      }
    instructions.push({ word, typed, rest, original, lines: [first + 1, last], heredocs })
  }
  if (instructions.length === 0) throw new DockerfileError('file with no instructions', [1, 1])
  return { instructions, escapeMark, emptyContinuations }
}

/** The lines around what is wrong, with marks (solver/errdefs/source.go). */
export function excerpt(file: string, text: string, [first, last]: readonly [number, number]): string {
  const lines = text.split('\n')
  let start = first
  let end = Math.min(last, lines.length)
  const padding = end === start ? 4 : 2
  for (let added = 0; added < padding; added++) {
    if (start > 1) {
      start--
      added++
    }
    if (end !== lines.length) {
      end++
      added++
    }
  }
  const rule = '--------------------'
  const marked = lines.slice(start - 1, end).map((line, i) => {
    const number = start + i
    const mark = number >= first && number <= last ? '>>>' : '   '
    return ` ${String(number).padStart(3)} | ${mark} ${line}`
  })
  return `${file}:${first}\n${rule}\n${marked.join('\n')}\n${rule}\n`
}
