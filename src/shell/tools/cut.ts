// cut and tr: parts of lines, and characters for others.
import { dictionary } from '../../engine/dictionary.ts'
import { Turns } from '../../engine/turns.ts'
import { ToolError, tool } from '../command.ts'
import { unescapeText } from '../word-parser.ts'
import { eachLine, open } from './input.ts'
import { parseOptions } from './options.ts'

export const cut = tool('cut', 'print parts of lines', function* (process) {
  const options = parseOptions(process, 'b:c:d:f:sn', {
    long: {
      bytes: 'b',
      characters: 'c',
      delimiter: 'd',
      fields: 'f',
      'only-delimited': 's',
      complement: 'C',
      'output-delimiter': 'O',
    },
  })
  const list = options.value('f') ?? options.value('c') ?? options.value('b')
  if (list === undefined)
    throw new ToolError(
      "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.",
    )
  const ranges = list.split(',').map(text => {
    const [, from, dash, to] = /^(\d*)(-?)(\d*)$/.exec(text) ?? []
    if (dash === undefined || (!from && !to))
      throw new ToolError(`cut: invalid field value ‘${text}’\nTry 'cut --help' for more information.`)
    return [Number(from || 1), dash ? Number(to || Number.MAX_SAFE_INTEGER) : Number(from)] as const
  })
  const chosen = (i: number) => ranges.some(([from, to]) => i + 1 >= from && i + 1 <= to)
  const delimiter = options.value('d') ?? '\t'
  const { files, failed } = open(process, options.operands)
  for (const { source } of files) {
    yield* eachLine(source, line => {
      if (!options.has('f'))
        return process.stdout.write(`${[...line].filter((_, i) => chosen(i)).join('')}\n`)
      if (!line.includes(delimiter)) return options.has('s') || process.stdout.write(`${line}\n`)
      return process.stdout.write(
        `${line
          .split(delimiter)
          .filter((_, i) => chosen(i))
          .join(delimiter)}\n`,
      )
    })
  }
  return failed ? 1 : 0
})

const classes: Record<string, string> = dictionary({
  upper: 'A-Z',
  lower: 'a-z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  space: ' \t\n\r\v\f',
  blank: ' \t',
  punct: '!-/:-@[-`{-~',
})

function expandSet(text: string): string[] {
  const plain = unescapeText(text.replace(/\[:(\w+):\]/g, (_, name) => classes[name] ?? ''))
  const out: string[] = []
  const chars = [...plain]
  for (let i = 0; i < chars.length; i++) {
    if (chars[i + 1] === '-' && chars[i + 2] !== undefined) {
      for (let code = chars[i]!.codePointAt(0)!; code <= chars[i + 2]!.codePointAt(0)!; code++)
        out.push(String.fromCodePoint(code))
      i += 2
    } else out.push(chars[i]!)
  }
  return out
}

/** To look a character up and to write it. */
const characterSteps = 10

export const tr = tool('tr', 'replace or delete characters', function* (process) {
  const options = parseOptions(process, 'cCdst', {
    long: { delete: 'd', 'squeeze-repeats': 's', complement: 'c', 'truncate-set1': 't' },
  })
  const [first, second] = options.operands.map(expandSet)
  if (!first || (!second && !options.has('d') && !options.has('s')))
    throw new ToolError(
      `tr: missing operand${first ? ` after ‘${options.operands[0]}’\nTwo strings must be given when translating.` : ''}\nTry 'tr --help' for more information.`,
    )
  if (options.has('t') && second) first.length = Math.min(first.length, second.length)
  const inFirst = new Set(first)
  const selected = (c: string) => inFirst.has(c) !== (options.has('c') || options.has('C'))
  const squeeze = options.has('s') ? new Set(second ?? first) : undefined
  const map = new Map(first.map((c, i) => [c, second?.[i] ?? second?.at(-1) ?? c]))
  let previous = ''
  const turns = new Turns()
  for (let text = yield* process.stdin.read(); text !== undefined; text = yield* process.stdin.read()) {
    let out = ''
    for (const c of text) {
      if (options.has('d') && selected(c)) continue
      const next =
        options.has('d') || !second
          ? c
          : options.has('c')
            ? selected(c)
              ? second.at(-1)!
              : c
            : (map.get(c) ?? c)
      const counts = squeeze && (second ? squeeze.has(next) : selected(c))
      if (counts && next === previous) continue
      previous = counts ? next : ''
      out += next
    }
    if (!process.stdout.write(out)) return 141
    turns.spend(text.length * characterSteps)
    if (turns.over) yield* turns.rest()
  }
  return 0
})
