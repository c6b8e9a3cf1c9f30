// date: the virtual clock, in UTC.
import { dictionary } from '../../engine/dictionary.ts'
import { civilFromDays, daysFromCivil, parseTime } from '../../engine/engine.ts'
import { ToolError, tool } from '../command.ts'
import { parseOptions } from './options.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export function formatDate(format: string, ms: number): string {
  const day = Math.floor(ms / 86_400_000)
  const { year, month, day: date } = civilFromDays(day)
  const second = Math.floor(ms / 1000) - day * 86_400
  const hour = Math.floor(second / 3600)
  const two = (n: number, pad = '0') => String(n).padStart(2, pad)
  const weekday = (((day + 4) % 7) + 7) % 7
  const parts: Record<string, () => string> = {
    Y: () => String(year),
    y: () => two(year % 100),
    C: () => two(Math.floor(year / 100)),
    m: () => two(month),
    d: () => two(date),
    e: () => two(date, ' '),
    H: () => two(hour),
    k: () => two(hour, ' '),
    I: () => two(hour % 12 || 12),
    l: () => two(hour % 12 || 12, ' '),
    M: () => two(Math.floor(second / 60) % 60),
    S: () => two(second % 60),
    s: () => String(Math.floor(ms / 1000)),
    N: () => String(Math.floor((ms - Math.floor(ms / 1000) * 1000) * 1e6)).padStart(9, '0'),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    A: () => days[weekday]!,
    a: () => days[weekday]!.slice(0, 3),
    B: () => months[month - 1]!,
    b: () => months[month - 1]!.slice(0, 3),
    h: () => months[month - 1]!.slice(0, 3),
    u: () => String(weekday || 7),
    w: () => String(weekday),
    j: () => String(day - daysFromCivil(year, 1, 1) + 1).padStart(3, '0'),
    Z: () => 'UTC',
    z: () => '+0000',
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    F: () => formatDate('%Y-%m-%d', ms),
    T: () => formatDate('%H:%M:%S', ms),
    R: () => formatDate('%H:%M', ms),
    D: () => formatDate('%m/%d/%y', ms),
    c: () => formatDate('%a %b %e %H:%M:%S %Y', ms),
    x: () => formatDate('%m/%d/%y', ms),
    X: () => formatDate('%H:%M:%S', ms),
    r: () => formatDate('%I:%M:%S %p', ms),
  }
  return format.replace(/%([-_0^#]?)(\d*)(:?[a-zA-Z%])/g, (all, flag, width, letter) => {
    if (letter === ':z') return '+00:00'
    const plain = parts[letter]?.()
    if (plain === undefined) return all
    if (letter === 'N' && width) return plain.slice(0, Number(width)).padEnd(Number(width), '0')
    const filled = plain.padStart(
      Math.min(Number(width), 1000),
      /^\d/.test(plain) && flag !== '_' ? '0' : ' ',
    )
    const text = flag === '^' ? filled.toUpperCase() : filled
    return flag === '-' ? text.replace(/^[0 ](?=.)/, '') : flag === '_' ? text.replace(/^0(?=.)/, ' ') : text
  })
}

const spans: Record<string, number> = dictionary({
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
})

function parseDate(text: string, now: number): number {
  if (text === 'now' || text === '') return now
  if (/^@\d+(\.\d+)?$/.test(text)) return Number(text.slice(1)) * 1000
  if (text === 'tomorrow' || text === 'yesterday') return now + (text === 'tomorrow' ? 1 : -1) * 86_400_000
  const relative = /^([-+]?\d+) *(sec|second|min|minute|hour|day|week)s?( ago)?$/.exec(text)
  if (relative) return now + Number(relative[1]) * spans[relative[2]!]! * 1000 * (relative[3] ? -1 : 1)
  const plain = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?)?(?: ?(?:UTC|Z))?$/.exec(text)
  return parseTime(plain ? `${plain[1]}T${plain[2] ?? '00:00'}${plain[3] ?? ':00'}Z` : text)
}

const iso: Record<string, string> = dictionary({
  date: '%F',
  hours: '%FT%H+00:00',
  minutes: '%FT%R+00:00',
  seconds: '%FT%T+00:00',
  ns: '%FT%T,%N+00:00',
})

export const date = tool('date', 'print the time', function* (process) {
  const options = parseOptions(process, 'uRI:d:J', {
    long: { utc: 'u', universal: 'u', date: 'd', 'iso-8601': 'I', 'rfc-email': 'R', 'rfc-3339': 'I' },
  })
  const ms = parseDate(options.value('d') ?? '', process.engine.now)
  if (Number.isNaN(ms)) throw new ToolError(`date: invalid date ‘${options.value('d')}’`)
  const given = options.operands.find(operand => operand.startsWith('+'))?.slice(1)
  const standard = options.has('I')
    ? iso[options.value('I') || 'date']
    : options.has('R')
      ? '%a, %d %b %Y %T %z'
      : undefined
  process.stdout.write(`${formatDate(given ?? standard ?? '%a %b %e %H:%M:%S UTC %Y', ms)}\n`)
  return 0
})
