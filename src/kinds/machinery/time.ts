// Times of the API as Go reads and writes them: apimachinery's metav1.Time and MicroTime, over time.Parse of RFC 3339.
import { formatTime, parseTime } from '../../engine/engine.ts'
import { goQuote } from './quote.ts'

const plain = '[12]\\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d'
const plainTime = new RegExp(`^${plain}Z$`)
const plainMicroTime = new RegExp(`^${plain}\\.\\d{6}Z$`)

/** As this server writes it: nothing to check or change. */
export const isPlainTime = (text: string, micro: boolean): boolean =>
  (micro ? plainMicroTime : plainTime).test(text)

/** A time without fault as the server writes it; undefined: that of the year 1, which is none. */
export function writtenTime(text: string, micro: boolean): string | undefined {
  if (text.startsWith('0001-01-01T00:00:00')) return undefined
  const time = formatTime(parseTime(text.replace(/T(\d):/, 'T0$1:').replace(',', '.')))
  if (!micro) return time
  // Microseconds are kept from the text: virtual time has fractions, but doubles do not hold them exactly.
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? ''
  return time.replace('Z', `.${fraction.padEnd(6, '0').slice(0, 6)}Z`)
}

/** What a text must begin with, part by part; the third is what is out of range, and its limit. */
const layoutParts: [RegExp, string, string?, number?][] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d\d/, '01', 'month', 12],
  [/^-/, '-'],
  [/^\d\d/, '02'],
  [/^T/, 'T'],
  [/^\d\d?/, '15', 'hour', 23],
  [/^:/, ':'],
  [/^\d\d/, '04', 'minute', 59],
  [/^:/, ':'],
  [/^\d\d(?:[.,]\d+)?/, '05', 'second', 59],
  [/^(?:Z|[+-]\d\d:\d\d)/, 'Z07:00'],
]
/** A MicroTime has exactly six digits of a fraction. */
const microParts: typeof layoutParts = [
  ...layoutParts.slice(0, -2),
  [/^\d\d/, '05', 'second', 59],
  [/^[.,]\d{6}/, '.000000'],
  layoutParts.at(-1)!,
]
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** time.ParseError of RFC 3339: the first part of the layout that the text does not fit. */
export function timeFault(text: string, micro: boolean): string | undefined {
  const layout = micro ? '2006-01-02T15:04:05.000000Z07:00' : '2006-01-02T15:04:05Z07:00'
  const head = `parsing time ${goQuote(text)}`
  let rest = text
  for (const [part, name, what, limit = 0] of micro ? microParts : layoutParts) {
    const match = part.exec(rest)
    if (!match) return `${head} as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(name)}`
    const number = Math.floor(Number(match[0]))
    if (what && (number > limit || (what === 'month' && number < 1))) return `${head}: ${what} out of range`
    rest = rest.slice(match[0].length)
  }
  if (rest) return `${head}: extra text: ${goQuote(rest)}`
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number]
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  return day < 1 || day > daysIn[month - 1]! + leap ? `${head}: day out of range` : undefined
}
