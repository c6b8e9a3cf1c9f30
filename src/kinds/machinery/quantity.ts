// Quantities (`500m`, `128Mi`, `1e3`): parsing, canonical form, comparison and sums as in
// apimachinery/pkg/api/resource/quantity.go. A value is an integer count of nano units, as the real type never keeps less.

import { dictionary } from '../../engine/dictionary.ts'

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

export interface QuantityValue {
  /** Billionths. */
  readonly nano: bigint
  readonly format: QuantityFormat
  /** As it was written, where that is taken as canonical. */
  readonly text?: string
}

const quantityFormatError =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
const suffixError = "unable to parse quantity's suffix"

const NANO = 1_000_000_000n
const decimal: Record<string, number> = dictionary({
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
})
const decimalSuffixes = new Map(Object.entries(decimal).map(([suffix, exponent]) => [exponent, suffix]))
const binary: Record<string, bigint> = dictionary({ Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n })
const binarySuffixes = Object.entries(binary).reverse()
const MAX = ((1n << 63n) - 1n) * NANO

const cache = new Map<string, QuantityValue | string>()

/** The value, or the text of the error. */
export function tryParseQuantity(text: string): QuantityValue | string {
  let known = cache.get(text)
  if (known === undefined) {
    known = parse(text)
    if (cache.size > 5000) cache.clear()
    cache.set(text, known)
  }
  return known
}

function parse(text: string): QuantityValue | string {
  // parseQuantityString: sign, digits with at most one point, then the suffix. No digits are a zero.
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text)
  if (!text || !match) return quantityFormatError
  if (text === '0') return zero
  const [, sign, digits = '', fraction = '', suffix = ''] = match
  const whole = digits.replace(/^0+/, '')
  let exponent = decimal[suffix]
  let format: QuantityFormat = 'DecimalSI'
  let shift = 0n
  if (exponent === undefined) {
    if (suffix in binary) {
      if (!digits && !fraction && binary[suffix]! >= 50n) return 'unable to parse numeric part of quantity'
      shift = binary[suffix]!
      exponent = 0
      format = 'BinarySI'
    } else {
      const power = /^[eE]([-+]?\d+)$/.exec(suffix)
      if (!power) return suffixError
      exponent = Number(power[1])
      if (Math.abs(exponent) > 1000) return suffixError
      format = 'DecimalExponent'
    }
  }
  const unscaled = BigInt(`0${whole}${fraction}`)
  const scale = exponent - fraction.length + 9
  let nano = unscaled << shift
  if (scale >= 0) nano *= 10n ** BigInt(scale)
  else nano = divideUp(nano, 10n ** BigInt(-scale)) // what is smaller than a nano unit is rounded away from zero
  if (format === 'BinarySI') {
    if (nano > MAX) nano = MAX
    // Between 0 and 1 binary quantities are kept as decimal ones.
    if (nano > 0n && nano < NANO && fraction) format = 'DecimalSI'
  }
  const value = { nano: sign === '-' ? -nano : nano, format }
  return keepsText(whole || '0', fraction, scale - 9, unscaled, shift) ? { ...value, text } : value
}

/** Short numbers that need no other suffix keep their text, odd as it may be (`+1`, `1.`). */
function keepsText(whole: string, fraction: string, scale: number, unscaled: bigint, shift: bigint): boolean {
  if (shift) {
    const precision = 14 - whole.length - Math.trunc((Number(shift) * 3) / 10)
    return !fraction && precision >= 0 && (unscaled & 7n) !== 0n
  }
  const digits = whole + fraction
  return digits.length <= 18 && scale >= -9 && scale % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0'
}

/** Parses what is known to be a quantity (it was decoded); 0 where it is none. */
export function parseQuantity(text: string | number | undefined): QuantityValue {
  const value = text === undefined ? quantityFormatError : tryParseQuantity(String(text).trim())
  return typeof value === 'string' ? zero : value
}
const zero: QuantityValue = { nano: 0n, format: 'DecimalSI' }

/** The canonical form: no fraction, the largest suffix that needs none. */
export function formatQuantity({ nano, format, text }: QuantityValue): string {
  if (text !== undefined) return text
  if (nano === 0n) return '0'
  const sign = nano < 0n ? '-' : ''
  let value = nano < 0n ? -nano : nano
  // Binary suffixes only for whole numbers of at least 1024.
  if (format === 'BinarySI' && value >= 1024n * NANO && value % NANO === 0n) {
    value /= NANO
    for (const [suffix, shift] of binarySuffixes)
      if (value % (1n << shift) === 0n) return `${sign}${value >> shift}${suffix}`
    return `${sign}${value}`
  }
  let exponent = -9
  while (exponent < 18 && value % 1000n === 0n) {
    value /= 1000n
    exponent += 3
  }
  if (format === 'DecimalExponent') return `${sign}${value}${exponent ? `e${exponent}` : ''}`
  return `${sign}${value}${decimalSuffixes.get(exponent)}`
}

export const canonicalQuantity = (text: string): string => formatQuantity(parseQuantity(text))

/** Negative, 0, positive. */
export function compareQuantities(a: string | number, b: string | number): number {
  const x = parseQuantity(a).nano
  const y = parseQuantity(b).nano
  return x < y ? -1 : x > y ? 1 : 0
}

export const addQuantities = (a: QuantityValue, b: QuantityValue): QuantityValue => ({
  nano: a.nano + b.nano,
  format: a.nano ? a.format : b.format,
})

export const subtractQuantities = (a: QuantityValue, b: QuantityValue): QuantityValue => ({
  nano: a.nano - b.nano,
  format: a.nano ? a.format : b.format,
})

/** Whole units, rounded up: Quantity.Value(). */
export const quantityValue = (text: string | number | undefined): number =>
  Number(divideUp(parseQuantity(text).nano, NANO))

/** Thousandths, rounded up: Quantity.MilliValue(). */
export const quantityMilliValue = (text: string | number | undefined): number =>
  Number(divideUp(parseQuantity(text).nano, 1_000_000n))

/** Away from zero. */
function divideUp(a: bigint, b: bigint): bigint {
  const q = a / b
  return a % b === 0n ? q : a < 0n ? q - 1n : q + 1n
}

/** RoundUp to thousandths; the text itself where nothing is smaller. */
export function roundUpToMilli(text: string): string {
  const { nano, format } = parseQuantity(text)
  const rest = nano % 1_000_000n
  return rest === 0n
    ? text
    : formatQuantity({ nano: nano - rest + (nano > 0n ? 1_000_000n : -1_000_000n), format })
}

/** What suffixes stand for. */
export const quantityFactors: Readonly<Record<string, number>> = dictionary({
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
})

/** A quantity as a double: for sums and orders that need no more; undefined where it is none. */
export function approximateQuantity(text: string): number | undefined {
  const m = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text)
  if (!m) return undefined
  return Number(m[1]) * (m[2] ? 10 ** Number(m[2]) : quantityFactors[m[3] ?? '']!)
}
