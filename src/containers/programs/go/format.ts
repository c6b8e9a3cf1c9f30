// How fmt and others write values (fmt/print.go, time/format.go).
import { toBytes } from '../../../engine/bytes.ts'
import { formatTime } from '../../../engine/engine.ts'
import { Bytes, Duration, Float, GoErrorValue, isThing, Moment, Pointer, Struct } from './values.ts'

/** `1.5s`, `2m0s`: time.Duration.String. */
export function durationText(ns: number): string {
  if (ns === 0) return '0s'
  const sign = ns < 0 ? '-' : ''
  const value = Math.abs(ns)
  if (value < 1e9) {
    const [unit, size] = value < 1e3 ? ['ns', 1] : value < 1e6 ? ['µs', 1e3] : (['ms', 1e6] as const)
    return `${sign}${value / (size as number)}${unit}`
  }
  const seconds = value / 1e9
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = Number((seconds % 60).toFixed(9))
  return `${sign}${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${rest}s`
}

/** A float as %v writes it. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 21)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return String(value)
}

/** time.Time.String: `2026-11-23 09:30:00.5 +0000 UTC`. */
export function timeText({ ms }: Moment): string {
  const [date = '', time = ''] = formatTime(Math.floor(ms / 1000) * 1000)
    .replace('Z', '')
    .split('T')
  const fraction =
    ms % 1000
      ? `.${String((ms % 1000).toFixed(6))
          .replace('.', '')
          .padStart(9, '0')
          .replace(/0+$/, '')}`
      : ''
  return `${date} ${time}${fraction} +0000 UTC`
}

/** fmt's %v. */
export function text(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return String(value)
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof Pointer) {
    const { value: to } = value.to
    return to instanceof Struct ? `&${text(to)}` : '0xc000012028'
  }
  if (isThing(value)) {
    const shown = value.member('String')
    return typeof shown === 'string' ? shown : `&{${value.goType}}`
  }
  if (value instanceof Bytes) return `[${[...toBytes(value.text)].join(' ')}]`
  if (value instanceof GoErrorValue) return value.message
  if (value instanceof Duration) return durationText(value.ns)
  if (value instanceof Moment) return timeText(value)
  if (Array.isArray(value)) return `[${value.map(text).join(' ')}]`
  if (value instanceof Map)
    return `map[${[...value]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${text(key)}:${text(each)}`)
      .join(' ')}]`
  if (value instanceof Struct) return `{${[...value.fields.values()].map(text).join(' ')}}`
  return '0x47c120'
}

const quoted = (value: string): string =>
  `"${value.replace(/["\\\n\r\t]/g, c => ({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[c]!)}"`

/** fmt.Sprintf. */
export function format(pattern: string, args: readonly unknown[]): string {
  let at = 0
  const out = pattern.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+))?([a-zA-Z%])/g,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      const size = width === '*' ? Number(args[at++]) : Number(width ?? 0)
      const digits =
        precision === '*' ? Number(args[at++]) : precision === undefined ? undefined : Number(precision)
      if (at >= args.length) return `%!${verb}(MISSING)`
      const shown = one(verb, args[at++], flags, digits)
      if (shown.length >= size) return shown
      if (flags.includes('-')) return shown.padEnd(size)
      const isNumber = /[dfxXobeg]/.test(verb)
      return shown.padStart(size, flags.includes('0') && isNumber ? '0' : ' ')
    },
  )
  if (at >= args.length) return out
  return `${out}%!(EXTRA ${args
    .slice(at)
    .map(each => `${typeName(each)}=${text(each)}`)
    .join(', ')})`
}

function one(verb: string, value: unknown, flags: string, digits: number | undefined): string {
  const plain = value instanceof Bytes && verb !== 'v' && verb !== 'd' ? value.text : text(value)
  const wrong = () => `%!${verb}(${typeName(value)}=${text(value)})`
  const sign = (shown: string) => (flags.includes('+') && !shown.startsWith('-') ? `+${shown}` : shown)
  switch (verb) {
    case 'v':
      if (value instanceof Struct && flags.includes('+'))
        return `{${[...value.fields].map(([name, each]) => `${name}:${text(each)}`).join(' ')}}`
      if (typeof value === 'string' && flags.includes('#')) return quoted(value)
      return plain
    case 's':
      if (typeof value === 'number' || value instanceof Float || typeof value === 'boolean') return wrong()
      return digits === undefined ? plain : plain.slice(0, digits)
    case 'w':
      return plain
    case 'd':
      if (value instanceof Duration) return String(value.ns)
      return typeof value === 'number' ? sign(String(value)) : wrong()
    case 'f':
    case 'F':
      return value instanceof Float ? sign(value.value.toFixed(digits ?? 6)) : wrong()
    case 'g':
      if (!(value instanceof Float)) return wrong()
      return digits === undefined ? floatText(value.value) : String(Number(value.value.toPrecision(digits)))
    case 'e':
      return value instanceof Float
        ? value.value.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, 'e$10$2')
        : wrong()
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong()
    case 'q':
      return typeof value === 'number' ? `'${String.fromCodePoint(value)}'` : quoted(plain)
    case 'c':
      return typeof value === 'number' ? String.fromCodePoint(value) : wrong()
    case 'x':
    case 'X': {
      const shown =
        typeof value === 'number'
          ? value.toString(16)
          : [...toBytes(plain)].map(each => each.toString(16).padStart(2, '0')).join('')
      return verb === 'X' ? shown.toUpperCase() : shown
    }
    case 'b':
      return typeof value === 'number' ? value.toString(2) : wrong()
    case 'o':
      return typeof value === 'number' ? value.toString(8) : wrong()
    case 'p':
      return '0xc000012028'
    case 'T':
      return typeName(value)
    default:
      return wrong()
  }
}

export function typeName(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'int'
  if (value instanceof Float) return 'float64'
  if (value instanceof Bytes) return '[]uint8'
  if (value instanceof GoErrorValue) return '*errors.errorString'
  if (value instanceof Duration) return 'time.Duration'
  if (value instanceof Moment) return 'time.Time'
  if (Array.isArray(value)) return value.length ? `[]${typeName(value[0])}` : '[]interface {}'
  if (value instanceof Map) return 'map[string]interface {}'
  if (value instanceof Struct) return value.type
  if (value instanceof Pointer) return `*${typeName(value.to.value)}`
  if (isThing(value)) return value.goType
  return 'func()'
}

/** fmt.Sprint: a blank between two values of which none is a string. */
export function sprint(args: readonly unknown[]): string {
  let out = ''
  for (const [i, each] of args.entries()) {
    if (i > 0 && typeof each !== 'string' && typeof args[i - 1] !== 'string') out += ' '
    out += text(each)
  }
  return out
}

export const sprintln = (args: readonly unknown[]): string => `${args.map(text).join(' ')}\n`
