// printf: a format, used again until the arguments are gone. The formatting itself also serves awk.
import { byteLength, fromBytes, toBytes } from '../../engine/bytes.ts'
import { hold } from '../../engine/holding.ts'
import { tool } from '../command.ts'
import { unescapeText } from '../word-parser.ts'

/** What widths and precisions count. */
export interface Measure {
  length(text: string): number
  /** The beginning of a text, so long at most. */
  first(text: string, length: number): string
}

/** bash's printf counts bytes. */
const bytes: Measure = {
  length: byteLength,
  first: (text, length) => fromBytes(toBytes(text).slice(0, length)),
}
/** awk counts characters. */
const characters: Measure = {
  length: text => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0),
  first: (text, length) => [...text].slice(0, length).join(''),
}

/** One pass of a C format; `next` gives the arguments. */
export function format(template: string, next: () => string | undefined, measure = characters): string {
  return template.replace(
    /%(?:%|([-+ 0#]*)(\*|\d*)(?:\.(\*|\d+))?([a-zA-Z]))/g,
    (all, flags = '', w, p, conversion) => {
      if (all === '%%') return '%'
      let width = w === '*' ? Number(next() ?? 0) : Number(w ?? 0)
      let left = flags.includes('-')
      if (width < 0) {
        left = true
        width = -width
      }
      const precision = p === undefined ? undefined : Number(p === '*' ? (next() ?? 0) : p)
      const argument = next()
      const body = convert(conversion, argument ?? '', flags, precision, measure)
      if (body === undefined) return all
      hold(width)
      const blanks = ' '.repeat(Math.max(0, width - measure.length(body)))
      if (left) return body + blanks
      const zero = flags.includes('0') && conversion !== 's' && conversion !== 'c' && !/inf|nan/i.test(body)
      return zero
        ? body.replace(
            /^([-+ ]?)(.*)$/,
            (_, sign, digits) => sign + digits.padStart(width - sign.length, '0'),
          )
        : blanks + body
    },
  )
}

/** The number that a text begins with, as C's strtod and the shell's 'c forms see it. */
function numeric(text: string): number {
  if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0
  if (/^\s*[-+]?0[xX]/.test(text)) return Number.parseInt(text, 16) || 0
  return Number.parseFloat(text) || 0
}

/** What strtod takes for no number of digits, as C prints it. */
function endless(conversion: string, argument: string, flags: string): string | undefined {
  const [, sign = '', word] = /^\s*([-+]?)(inf|nan)/i.exec(argument) ?? []
  if (!word || !/[feg]/i.test(conversion)) return undefined
  const before = sign === '-' ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  return before + (/[FEG]/.test(conversion) ? word.toUpperCase() : word.toLowerCase())
}

function convert(
  conversion: string,
  argument: string,
  flags: string,
  precision: number | undefined,
  measure: Measure,
): string | undefined {
  const sign = (text: string, value: number) =>
    value >= 0 && flags.includes('+') ? `+${text}` : value >= 0 && flags.includes(' ') ? ` ${text}` : text
  const value = numeric(argument)
  const word = endless(conversion, argument, flags)
  if (word !== undefined) return word
  switch (conversion) {
    case 's':
      return precision === undefined ? argument : measure.first(argument, precision)
    case 'b':
      return unescapeText(argument, /^0?[0-7]{1,3}/)
    case 'q':
      return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
    case 'c':
      return measure.first(argument, 1)
    case 'd':
    case 'i':
    case 'u':
      return sign(
        String(Math.trunc(value)).replace(/\d+/, digits => digits.padStart(precision ?? 0, '0')),
        value,
      )
    case 'x':
    case 'X':
    case 'o': {
      const text = Math.trunc(value).toString(conversion === 'o' ? 8 : 16)
      const prefixed =
        (flags.includes('#') ? (conversion === 'o' ? '0' : '0x') : '') + text.padStart(precision ?? 0, '0')
      return conversion === 'X' ? prefixed.toUpperCase() : prefixed
    }
    case 'f':
    case 'F':
      return sign(value.toFixed(precision ?? 6), value)
    case 'e':
    case 'E': {
      const text = value.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, 'e$10$2')
      return conversion === 'E' ? text.toUpperCase() : text
    }
    case 'g':
    case 'G': {
      const digits = precision === 0 ? 1 : (precision ?? 6)
      const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
      if (exponent >= -5 && exponent < digits) return sign(String(Number(value.toPrecision(digits))), value)
      return value
        .toExponential(digits - 1)
        .replace(/\.?0+e/, 'e')
        .replace(/e([-+])(\d)$/, 'e$10$2')
    }
    default:
      return undefined
  }
}

export const printf = tool('printf', 'print its arguments in a format', function* ({ argv, stdout, stderr }) {
  const [, template, ...args] = argv[1] === '--' ? argv.slice(1) : argv
  if (template === undefined) {
    stderr.write('printf: usage: printf [-v var] format [arguments]\n')
    return 2
  }
  let status = 0
  const plain = unescapeText(template)
  const integers = [...plain.matchAll(/%[-+ 0#]*\d*(?:\.\d+)?([a-zA-Z])|%%/g)].map(match => match[1])
  let used = 0
  do {
    const before = used
    stdout.write(
      format(
        plain,
        () => {
          const argument = args[used]
          const kind = integers[(used - before) % Math.max(1, integers.length)]
          if (
            argument &&
            kind &&
            'diuxXo'.includes(kind) &&
            !/^\s*[-+]?(?:\d+|0[xX][\da-fA-F]+)$|^['"]/.test(argument)
          ) {
            stderr.write(`printf: ${argument}: invalid number\n`)
            status = 1
          }
          used++
          return argument
        },
        bytes,
      ),
    )
    if (used === before) break
  } while (used < args.length)
  return status
})
