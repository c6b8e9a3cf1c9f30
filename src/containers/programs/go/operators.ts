// What Go's operators do with values.
import { Bytes, Duration, Float, Moment, Panic, Pointer, Struct } from './values.ts'

const runtimePanic = (message: string): never => {
  throw new Panic(message, true)
}

/** Whole numbers have 64 bits; those beyond what a double holds exactly are cut here. */
const whole = (value: number): number => Math.trunc(value)

function onNumbers(op: string, a: number, b: number, isFloat: boolean): number {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      if (isFloat) return a / b
      if (b === 0) return runtimePanic('integer divide by zero')
      return whole(a / b)
    case '%':
      if (b === 0) return runtimePanic('integer divide by zero')
      return a % b
    case '&':
      return Number(BigInt(a) & BigInt(b))
    case '|':
      return Number(BigInt(a) | BigInt(b))
    case '^':
      return Number(BigInt(a) ^ BigInt(b))
    case '&^':
      return Number(BigInt(a) & ~BigInt(b))
    case '<<':
      return a * 2 ** b
    default:
      return Math.floor(a / 2 ** b)
  }
}

/** Numbers in themselves, durations in ns; undefined for all else. */
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number'
    ? value
    : value instanceof Float
      ? value.value
      : value instanceof Duration
        ? value.ns
        : undefined

const compare = (op: string, a: number | string, b: number | string): boolean =>
  op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b

/** `&&` and `||` are not here: they may leave their right side alone. */
export function binary(op: string, a: unknown, b: unknown): unknown {
  if (op === '==') return isEqual(a, b)
  if (op === '!=') return !isEqual(a, b)
  const [left, right] = [numberOf(a), numberOf(b)]
  if (/^[<>]=?$/.test(op)) {
    if (left !== undefined && right !== undefined) return compare(op, left, right)
    return compare(op, String(a), String(b))
  }
  if (typeof a === 'string' || typeof b === 'string') return `${a}${b}`
  if (left === undefined || right === undefined)
    return runtimePanic('invalid memory address or nil pointer dereference')
  const isFloat = a instanceof Float || b instanceof Float
  const result = onNumbers(op, left, right, isFloat)
  if (a instanceof Duration || b instanceof Duration) return new Duration(whole(result))
  return isFloat ? new Float(result) : result
}

export function unary(op: string, value: unknown): unknown {
  if (op === '!') return !value
  const number = numberOf(value) ?? 0
  const made = (result: number) =>
    value instanceof Duration ? new Duration(result) : value instanceof Float ? new Float(result) : result
  if (op === '-') return made(-number)
  if (op === '^') return made(Number(~BigInt(number)))
  return value
}

export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  const [left, right] = [numberOf(a), numberOf(b)]
  if (left !== undefined && right !== undefined) return left === right
  if (a instanceof Moment && b instanceof Moment) return a.ms === b.ms
  if (a instanceof Pointer && b instanceof Pointer) return a.to === b.to
  if (a instanceof Struct && b instanceof Struct)
    return a.type === b.type && [...a.fields].every(([name, value]) => isEqual(value, b.fields.get(name)))
  if (a instanceof Bytes && b === null) return a.text === ''
  if (b instanceof Bytes && a === null) return b.text === ''
  if (Array.isArray(a) && b === null) return a.length === 0
  return false
}

/** What a variable gets of a value: structs are copied, all else is shared or never changes. */
export const copied = (value: unknown): unknown =>
  value instanceof Struct
    ? new Struct(
        value.type,
        [...value.fields].map(([name, each]) => [name, copied(each)]),
      )
    : value

/** `T(value)` for Go's own types. */
export function converted(type: string, value: unknown): unknown {
  if (type === 'string') {
    if (value instanceof Bytes) return value.text
    return typeof value === 'number' ? String.fromCodePoint(value) : value
  }
  const number = numberOf(value)
  if (number === undefined) return value
  if (/^float/.test(type)) return new Float(number)
  const bits =
    /^u?int(8|16|32)$/.exec(type)?.[1] ?? (type === 'byte' ? '8' : type === 'rune' ? '32' : undefined)
  const cut = whole(number)
  if (!bits) return cut
  const size = Number(bits)
  const isUnsigned = /^(u|byte)/.test(type)
  const wrapped = ((cut % 2 ** size) + 2 ** size) % 2 ** size
  return isUnsigned || wrapped < 2 ** (size - 1) ? wrapped : wrapped - 2 ** size
}

/** How the program's fault is told where a value is nil, or an index beyond the end. */
export const nilDereference = (): never => runtimePanic('invalid memory address or nil pointer dereference')
export const outOfRange = (index: number, length: number): never =>
  runtimePanic(`index out of range [${index}]${index < 0 ? '' : ` with length ${length}`}`)
export const sliceOutOfRange = (to: number, length: number): never =>
  runtimePanic(`slice bounds out of range [:${to}] with length ${length}`)
