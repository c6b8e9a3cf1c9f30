// Values of Go at run time, and how fmt writes them. Strings, numbers and booleans are themselves; nil is null; a list is an
// array; bytes are text that knows that it is bytes.
import type { Func, TypeExpr } from './ast.ts'
import type { Scope } from './scope.ts'

export class Bytes {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export class GoErrorValue {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** time.Duration, in ns. */
export class Duration {
  readonly ns: number
  constructor(ns: number) {
    this.ns = ns
  }
}

/** time.Time, ms since 1970. */
export class Moment {
  readonly ms: number
  constructor(ms: number) {
    this.ms = ms
  }
}

export class Closure {
  readonly fn: Func
  readonly scope: Scope
  readonly receiver: unknown
  constructor(fn: Func, scope: Scope, receiver?: unknown) {
    this.fn = fn
    this.scope = scope
    this.receiver = receiver
  }
}

/** A struct, or a thing of a package with fields and methods. */
export class Struct {
  readonly type: string
  readonly fields: Map<string, unknown>
  constructor(type: string, fields: Iterable<readonly [string, unknown]> = []) {
    this.type = type
    this.fields = new Map(fields)
  }
}

/** What a function gives that returns several values. */
export class Tuple {
  readonly values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

/** A panic that nobody recovered from. */
export class Panic extends Error {
  readonly value: unknown
  readonly isRuntime: boolean
  constructor(value: unknown, isRuntime = false) {
    super(isRuntime ? String(value) : 'panic')
    this.value = value
    this.isRuntime = isRuntime
  }
}

/** os.Exit */
export class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super('exit')
    this.code = code
  }
}

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
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 21)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return String(value)
}

/** fmt's %v. */
export function text(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return floatText(value)
  if (value instanceof Bytes) return `[${[...new TextBytes(value.text)].join(' ')}]`
  if (value instanceof GoErrorValue) return value.message
  if (value instanceof Duration) return durationText(value.ns)
  if (value instanceof Moment) return `${new IsoTime(value.ms).text} +0000 UTC`
  if (Array.isArray(value)) return `[${value.map(text).join(' ')}]`
  if (value instanceof Map)
    return `map[${[...value]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${text(key)}:${text(each)}`)
      .join(' ')}]`
  if (value instanceof Struct) return `{${[...value.fields.values()].map(text).join(' ')}}`
  return '0x47c120'
}

class TextBytes {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.#text.length; i++) yield this.#text.charCodeAt(i) & 255
  }
}

/** `2026-11-23 09:30:00.5` of a moment. */
class IsoTime {
  readonly text: string
  constructor(ms: number) {
    const days = Math.floor(ms / 86_400_000)
    const rest = ms - days * 86_400_000
    const two = (n: number) => String(n).padStart(2, '0')
    // Civil from days (Howard Hinnant's algorithm).
    const z = days + 719_468
    const era = Math.floor(z / 146_097)
    const doe = z - era * 146_097
    const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
    const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
    const mp = Math.floor((5 * doy + 2) / 153)
    const day = doy - Math.floor((153 * mp + 2) / 5) + 1
    const month = mp < 10 ? mp + 3 : mp - 9
    const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
    const seconds = Math.floor(rest / 1000)
    this.text = `${year}-${two(month)}-${two(day)} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  }
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
      const digits = precision === '*' ? Number(args[at++]) : precision === undefined ? undefined : Number(precision)
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
      if (typeof value === 'number' || typeof value === 'boolean') return wrong()
      return digits === undefined ? plain : plain.slice(0, digits)
    case 'w':
      return plain
    case 'd':
      if (value instanceof Duration) return String(value.ns)
      return typeof value === 'number' && Number.isInteger(value) ? sign(String(value)) : wrong()
    case 'f':
    case 'F':
      return typeof value === 'number' ? sign(value.toFixed(digits ?? 6)) : wrong()
    case 'g':
      return typeof value === 'number' ? (digits === undefined ? floatText(value) : String(Number(value.toPrecision(digits)))) : wrong()
    case 'e':
      return typeof value === 'number' ? value.toExponential(digits ?? 6) : wrong()
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
          : [...new TextBytes(plain)].map(each => each.toString(16).padStart(2, '0')).join('')
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
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64'
  if (value instanceof Bytes) return '[]uint8'
  if (value instanceof GoErrorValue) return '*errors.errorString'
  if (value instanceof Duration) return 'time.Duration'
  if (value instanceof Moment) return 'time.Time'
  if (Array.isArray(value)) return value.length ? `[]${typeName(value[0])}` : '[]interface {}'
  if (value instanceof Map) return 'map[string]interface {}'
  if (value instanceof Struct) return value.type
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

/** The value that a variable of a type has before anything is put there. */
export function zero(type: TypeExpr | undefined, named: (name: string) => TypeExpr | undefined): unknown {
  if (!type) return null
  if (type.t === 'named') {
    if (!type.package) {
      if (type.name === 'string') return ''
      if (type.name === 'bool') return false
      if (/^(u?int(8|16|32|64)?|byte|rune|float(32|64)|uintptr)$/.test(type.name)) return 0
      const own = named(type.name)
      if (own?.t === 'struct')
        return new Struct(`main.${type.name}`, own.fields.map(field => [field.name, zero(field.type, named)]))
      return own ? zero(own, named) : null
    }
    if (type.package === 'time' && type.name === 'Duration') return new Duration(0)
    if (type.package === 'time' && type.name === 'Time') return new Moment(-62_135_596_800_000)
    return new Struct(`${type.package}.${type.name}`)
  }
  if (type.t === 'slice') return isByte(type.of) ? new Bytes('') : []
  if (type.t === 'struct') return new Struct('struct', type.fields.map(field => [field.name, zero(field.type, named)]))
  return null
}

export const isByte = (type: TypeExpr): boolean =>
  type.t === 'named' && !type.package && /^(byte|uint8)$/.test(type.name)
