// fmt.Sprint and fmt.Sprintf over decoded JSON values and the literals of templates (Go 1.26, package fmt).
import { toBytes } from '../../engine/bytes.ts'
import { type Dict, isObject, plainText, sortedKeys, syntaxText } from './values.ts'

/** A literal with a point or an exponent: a float64 also where its value is whole. Whole numbers of JSON are int64, literals without a point are bigints: int. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
  toString(): string {
    return shortest(this.value)
  }
}

/** A key that is not there; prints as `<no value>` in an action, and is nil for functions. */
export const missing = Symbol('no value')

export const isNil = (value: unknown): boolean => value === missing || value === null || value === undefined

/** reflect's name of the type. */
export function goType(value: unknown): string {
  if (isNil(value)) return '<nil>'
  if (value instanceof Float) return 'float64'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'
}

/** %v. */
const plain = (value: unknown): string =>
  isNil(value)
    ? '<nil>'
    : typeof value === 'number' && !Number.isInteger(value)
      ? shortest(value)
      : plainText(value instanceof Float ? shortest(value.value) : value)

/** Blanks stand between operands of which neither is a string. */
export const sprint = (args: readonly unknown[]): string =>
  args.reduce<string>((text, arg, i) => {
    const apart = i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string'
    return `${text}${apart ? ' ' : ''}${plain(arg)}`
  }, '')

export const sprintln = (args: readonly unknown[]): string => `${args.map(plain).join(' ')}\n`

interface Verb {
  readonly verb: string
  readonly flags: string
  readonly width: number | undefined
  readonly precision: number | undefined
}

/** So that a width does not fill the memory. */
const widest = 1_000_000

const directive = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\[(\d+)\])?([\s\S]?)/gu

export function sprintf(format: string, args: readonly unknown[]): string {
  let at = 0
  let isReordered = false
  const number = (text: string | undefined) => {
    if (text !== '*') return text === undefined ? undefined : Number(text)
    return Number(args[at++])
  }
  const text = format.replace(directive, (_, flags: string, width, precision, place, verb: string) => {
    const parts = { flags, verb, width: number(width), precision: number(precision) }
    if (verb === '') return '%!(NOVERB)'
    if (verb === '%') return '%'
    if (place !== undefined) {
      at = Number(place) - 1
      isReordered = true
      if (at < 0 || at >= args.length) return `%!${verb}(BADINDEX)`
    }
    if (at >= args.length) return `%!${verb}(MISSING)`
    return formatted(parts, args[at++])
  })
  if (isReordered || at >= args.length) return text
  const extra = args.slice(at).map(arg => (isNil(arg) ? '<nil>' : `${goType(arg)}=${plain(arg)}`))
  return `${text}%!(EXTRA ${extra.join(', ')})`
}

function formatted(parts: Verb, value: unknown): string {
  const { verb, flags } = parts
  if (verb === 'T') return padded(goType(value), parts)
  if (isNil(value)) return verb === 'v' ? padded('<nil>', parts) : `%!${verb}(<nil>)`
  if (verb === 'v' && flags.includes('#'))
    return syntaxText(typeof value === 'bigint' ? Number(value) : value)
  // Verbs of lists and maps are those of their elements.
  if (Array.isArray(value)) return `[${value.map(each => formatted(parts, each)).join(' ')}]`
  if (isObject(value) && !(value instanceof Float)) {
    const fields = sortedKeys(value).map(
      key => `${formatted(parts, key)}:${formatted(parts, (value as Dict)[key])}`,
    )
    return `map[${fields.join(' ')}]`
  }
  const text = scalarText(parts, value)
  return text === undefined ? `%!${verb}(${goType(value)}=${plain(value)})` : text
}

/** Undefined: the verb is not for such a value. */
function scalarText(parts: Verb, value: unknown): string | undefined {
  if (typeof value === 'string') return stringText(parts, value)
  if (typeof value === 'boolean')
    return parts.verb === 't' || parts.verb === 'v' ? padded(String(value), parts) : undefined
  const type = goType(value)
  if (type === 'float64') return floatText(parts, value instanceof Float ? value.value : (value as number))
  return integerText(parts, Number(value))
}

function stringText(parts: Verb, value: string): string | undefined {
  const { verb, flags, precision } = parts
  const cut = precision === undefined ? value : [...value].slice(0, precision).join('')
  switch (verb) {
    case 'v':
    case 's':
      return padded(cut, parts)
    case 'q': {
      if (flags.includes('#') && !/[`\p{Cc}]/u.test(cut)) return padded(`\`${cut}\``, parts)
      const quoted = JSON.stringify(cut)
      return padded(flags.includes('+') ? ascii(quoted) : quoted, parts)
    }
    case 'x':
    case 'X': {
      const pairs = [...toBytes(cut)].map(byte => byte.toString(16).padStart(2, '0'))
      const text = pairs.join(flags.includes(' ') ? ' ' : '')
      return padded(verb === 'X' ? text.toUpperCase() : text, parts)
    }
    default:
      return undefined
  }
}

const ascii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/gu, c => {
    const code = c.codePointAt(0)!.toString(16)
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
  })

const bases: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }
const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' }

function integerText(parts: Verb, value: number): string | undefined {
  const { verb, flags, precision, width = 0 } = parts
  if (verb === 'c') return padded(String.fromCodePoint(value), parts)
  if (verb === 'q') return padded(`'${String.fromCodePoint(value)}'`, parts)
  if (verb === 'U') return padded(`U+${value.toString(16).toUpperCase().padStart(4, '0')}`, parts)
  const base = bases[verb]
  if (base === undefined) return undefined
  const sign = signOf(value, flags)
  let digits = Math.abs(value).toString(base)
  if (verb === 'X') digits = digits.toUpperCase()
  const prefix = verb === 'O' ? '0o' : flags.includes('#') ? (prefixes[verb] ?? '') : ''
  if (precision !== undefined) digits = digits.padStart(Math.min(precision, widest), '0')
  else if (isZeroed(parts)) digits = digits.padStart(Math.min(width, widest) - sign.length, '0')
  return padded(sign + prefix + digits, { ...parts, flags: flags.replaceAll('0', '') })
}

function floatText(parts: Verb, value: number): string | undefined {
  const { verb, flags, precision, width = 0 } = parts
  let text: string
  const size = Math.abs(value)
  switch (verb) {
    case 'v':
    case 'g':
    case 'G':
      text =
        precision === undefined ? shortest(size) : exponent(String(Number(size.toPrecision(precision || 1))))
      break
    case 'f':
    case 'F':
      text = size.toFixed(Math.min(precision ?? 6, 100))
      break
    case 'e':
    case 'E':
      text = exponent(size.toExponential(Math.min(precision ?? 6, 100)))
      break
    default:
      return undefined
  }
  if (verb === 'E' || verb === 'G') text = text.toUpperCase()
  const sign = signOf(value, flags)
  if (isZeroed(parts)) text = text.padStart(Math.min(width, widest) - sign.length, '0')
  return padded(sign + text, { ...parts, flags: flags.replaceAll('0', '') })
}

const signOf = (value: number, flags: string): string =>
  value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''

const isZeroed = ({ flags }: Verb): boolean => flags.includes('0') && !flags.includes('-')

function padded(text: string, { flags, width = 0 }: Verb): string {
  const size = Math.min(width, widest)
  return flags.includes('-') ? text.padEnd(size) : text.padStart(size)
}

/** At least two digits of an exponent. */
const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2')

/** strconv's 'g' with the digits that are needed: an exponent from 1e-05 down and 1e+06 up. */
function shortest(value: number): string {
  const digits = exponent(value.toExponential())
  const power = Number(digits.slice(digits.indexOf('e') + 1))
  return power < -4 || power >= 6 ? digits : String(value)
}
