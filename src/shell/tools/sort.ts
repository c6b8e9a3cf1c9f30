// sort and uniq. Order is that of the C locale.
import { resolvePath } from '../../engine/files.ts'
import { tool } from '../command.ts'
import { linesOf, readInput } from './input.ts'
import { parseOptions } from './options.ts'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const number = (text: string) => Number(/^\s*(-?\d*\.?\d*)/.exec(text)![1]) || 0
const powers = ' KMGTPE'
const human = (text: string) => {
  const match = /^\s*(-?[\d.]+)([KMGTPE])?/i.exec(text)
  return match ? Number(match[1]) * 1024 ** Math.max(0, powers.indexOf((match[2] ?? ' ').toUpperCase())) : 0
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map(text => text.match(/\d+|\D+/g) ?? [])
  for (let i = 0; i < Math.max(left!.length, right!.length); i++) {
    const [x, y] = [left![i] ?? '', right![i] ?? '']
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : byText(x, y)
    if (order) return order
  }
  return 0
}

export const sort = tool('sort', 'sort lines', function* (process) {
  const options = parseOptions(process, 'bcdfghnMrRsuVzk:t:o:', {
    long: {
      numeric: 'n',
      reverse: 'r',
      unique: 'u',
      key: 'k',
      'field-separator': 't',
      'human-numeric-sort': 'h',
      'numeric-sort': 'n',
      'version-sort': 'V',
      'ignore-case': 'f',
      stable: 's',
      output: 'o',
    },
    code: 2,
  })
  const { text, failed } = yield* readInput(process, options.operands)
  const separator = options.value('t')
  const global = [...'nhVfdbrg'].filter(letter => options.has(letter)).join('')

  const field = (
    line: string,
    start: number,
    startAt: number,
    end: number | undefined,
    endAt: number,
  ): string => {
    const fields = separator === undefined ? (line.match(/\s*[^\s]+|\s+$/g) ?? []) : line.split(separator)
    const glue = separator ?? ''
    const chosen = fields.slice(start - 1, end)
    if (end !== undefined && endAt && chosen.length)
      chosen[chosen.length - 1] = chosen.at(-1)!.slice(0, endAt)
    return chosen.join(glue).slice(Math.max(0, startAt - 1))
  }
  const keys = options.all('k').map(text => {
    const [, f, c, flags1, , f2, c2, flags2] =
      /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text) ?? []
    const own = `${flags1 ?? ''}${flags2 ?? ''}`
    return {
      of: (line: string) =>
        field(line, Number(f ?? 1), Number(c ?? 1), f2 ? Number(f2) : undefined, Number(c2 ?? 0)),
      how: own || global,
      own,
    }
  })
  const compare =
    (how: string) =>
    (a: string, b: string): number => {
      let order: number
      const strip = how.includes('b') ? (s: string) => s.trimStart() : (s: string) => s
      if (/[ng]/.test(how)) order = number(a) - number(b)
      else if (how.includes('h')) order = human(a) - human(b)
      else if (how.includes('V')) order = byVersion(strip(a), strip(b))
      else if (how.includes('f')) order = byText(strip(a).toUpperCase(), strip(b).toUpperCase())
      else order = byText(strip(a), strip(b))
      return how.includes('r') ? -order : order
    }
  const main = (a: string, b: string): number => {
    if (keys.length === 0) return compare(global)(a, b)
    for (const { of, how } of keys) {
      const order = compare(how)(of(a), of(b))
      if (order) return order
    }
    return 0
  }
  const last = (a: string, b: string) =>
    options.has('s') || options.has('u') ? 0 : options.has('r') ? byText(b, a) : byText(a, b)
  let lines = linesOf(text)
  if (options.has('c')) {
    const wrong = lines.findIndex((line, i) => i > 0 && main(lines[i - 1]!, line) > 0)
    if (wrong < 0) return 0
    process.stderr.write(`sort: ${options.operands[0] ?? '-'}:${wrong + 1}: disorder: ${lines[wrong]}\n`)
    return 1
  }
  lines.sort((a, b) => main(a, b) || last(a, b))
  if (options.has('u')) lines = lines.filter((line, i) => i === 0 || main(lines[i - 1]!, line) !== 0)
  const out = lines.map(line => `${line}\n`).join('')
  const target = options.value('o')
  if (target) process.files.write(resolvePath(process.cwd, target), out)
  else process.stdout.write(out)
  return failed ? 2 : 0
})

export const uniq = tool('uniq', 'leave out repeated lines', function* (process) {
  const options = parseOptions(process, 'cduif:s:w:', {
    long: {
      count: 'c',
      repeated: 'd',
      unique: 'u',
      'ignore-case': 'i',
      'skip-fields': 'f',
      'skip-chars': 's',
    },
  })
  const { text, failed } = yield* readInput(process, options.operands.slice(0, 1))
  const key = (line: string): string => {
    let out = line
    for (let i = Number(options.value('f') ?? 0); i > 0; i--) out = out.replace(/^\s*\S+/, '')
    out = out.slice(Number(options.value('s') ?? 0))
    return options.has('i') ? out.toLowerCase() : out
  }
  const groups: { line: string; count: number }[] = []
  for (const line of linesOf(text)) {
    const last = groups.at(-1)
    if (last && key(last.line) === key(line)) last.count++
    else groups.push({ line, count: 1 })
  }
  for (const { line, count } of groups) {
    if ((options.has('d') && count === 1) || (options.has('u') && count > 1)) continue
    process.stdout.write(`${options.has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`)
  }
  return failed ? 1 : 0
})
