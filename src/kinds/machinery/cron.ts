// Cron schedules as CronJob reads them: robfig/cron v3's standard parser, with its error texts, and the next time.
import { dictionary } from '../../engine/dictionary.ts'
import { civilFromDays, daysFromCivil, formatTime } from '../../engine/engine.ts'
import { parseGoDuration } from './duration.ts'
import { goQuote } from './quote.ts'

interface Bounds {
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
}
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const days = 'sun mon tue wed thu fri sat'.split(' ')
/** Minute, hour, day of month, month, day of week. */
const bounds: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
]

/** The values that match; `star`: the field was a plain `*`. */
interface Field {
  readonly values: ReadonlySet<number>
  readonly star: boolean
}

export type Schedule = { readonly fields: readonly Field[] } | { readonly everyMs: number }

const descriptors: Record<string, string> = dictionary({
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
})

class CronError extends Error {}

/** The schedule, or the text of the error. */
export function parseSchedule(text: string): Schedule | string {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof CronError) return error.message
    throw error
  }
}

function parse(text: string): Schedule {
  if (!text) throw new CronError('empty spec string')
  let spec = text
  const zone = /^(?:CRON_)?TZ=/.exec(spec)
  if (zone) {
    const end = spec.indexOf(' ')
    if (end < 0)
      throw new CronError(`invalid schedule format: runtime error: slice bounds out of range [:-1]`)
    const name = spec.slice(zone[0].length, end)
    const fault = timeZoneFault(name)
    if (fault) throw new CronError(`provided bad location ${name}: ${fault}`)
    spec = spec.slice(end).trim()
  }
  if (spec.startsWith('@')) {
    const plain = descriptors[spec]
    if (plain) return parse(plain)
    if (!spec.startsWith('@every ')) throw new CronError(`unrecognized descriptor: ${spec}`)
    const duration = parseGoDuration(spec.slice('@every '.length))
    if (typeof duration === 'string') throw new CronError(`failed to parse duration ${spec}: ${duration}`)
    return { everyMs: Math.max(1000, duration - (duration % 1000)) }
  }
  const fields = spec.split(/\s+/).filter(Boolean)
  if (fields.length !== 5)
    throw new CronError(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`)
  return { fields: fields.map((field, i) => parseField(field, bounds[i]!)) }
}

function parseField(field: string, bound: Bounds): Field {
  const values = new Set<number>()
  let star = false
  for (const expression of field.split(',').filter(Boolean)) {
    const [range = '', ...steps] = expression.split('/')
    const parts = range.split('-')
    let start = bound.min
    let end = bound.max
    let plain = false
    if (parts[0] === '*' || parts[0] === '?') plain = true
    else {
      start = parseValue(parts[0]!, bound)
      if (parts.length > 2) throw new CronError(`too many hyphens: ${expression}`)
      end = parts.length === 2 ? parseValue(parts[1]!, bound) : start
    }
    let step = 1
    if (steps.length > 1) throw new CronError(`too many slashes: ${expression}`)
    if (steps.length) {
      step = parseInteger(steps[0]!)
      if (parts.length === 1) end = bound.max
      if (step > 1) plain = false
    }
    if (start < bound.min)
      throw new CronError(`beginning of range (${start}) below minimum (${bound.min}): ${expression}`)
    if (end > bound.max)
      throw new CronError(`end of range (${end}) above maximum (${bound.max}): ${expression}`)
    if (start > end)
      throw new CronError(`beginning of range (${start}) beyond end of range (${end}): ${expression}`)
    if (step === 0) throw new CronError(`step of range should be a positive number: ${expression}`)
    for (let value = start; value <= end; value += step) values.add(value)
    star ||= plain
  }
  return { values, star }
}

function parseValue(text: string, { names, min }: Bounds): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1
  return named >= 0 ? named + min : parseInteger(text)
}

function parseInteger(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new CronError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`,
    )
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new CronError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: value out of range`,
    )
  if (value < 0) throw new CronError(`negative number (${value}) not allowed: ${text}`)
  return value
}

const MINUTE = 60_000
const DAY = 86_400_000

/** The first time after `after` (ms since 1970), or undefined where five years hold none; `zone`: an IANA name. */
export function nextTime(schedule: Schedule, after: number, zone?: string): number | undefined {
  if ('everyMs' in schedule) return after - (after % 1000) + schedule.everyMs
  const offsetAt = zone ? zoneOffset(zone) : () => 0
  const [minute, hour, dayOfMonth, month, dayOfWeek] = schedule.fields as [Field, Field, Field, Field, Field]
  // Local wall-clock time, as if it were UTC; the offset is found again for each candidate.
  let local = after + offsetAt(after)
  local = (Math.floor(local / MINUTE) + 1) * MINUTE
  const limit = local + 5 * 366 * DAY
  while (local < limit) {
    const day = Math.floor(local / DAY)
    const date = civilFromDays(day)
    if (!month.values.has(date.month)) {
      const next =
        date.month === 12 ? daysFromCivil(date.year + 1, 1, 1) : daysFromCivil(date.year, date.month + 1, 1)
      local = next * DAY
      continue
    }
    const inMonth = dayOfMonth.values.has(date.day)
    const inWeek = dayOfWeek.values.has((((day + 4) % 7) + 7) % 7)
    if (dayOfMonth.star || dayOfWeek.star ? !(inMonth && inWeek) : !(inMonth || inWeek)) {
      local = (day + 1) * DAY
      continue
    }
    const minutes = Math.floor((local - day * DAY) / MINUTE)
    const h = Math.floor(minutes / 60)
    if (!hour.values.has(h)) {
      local = day * DAY + (h + 1) * 60 * MINUTE
      continue
    }
    if (!minute.values.has(minutes % 60)) {
      local += MINUTE
      continue
    }
    const utc = local - offsetAt(local - offsetAt(local))
    if (utc > after) return utc
    local += MINUTE
  }
  return undefined
}

/** Offset of a zone from UTC at a time, in ms. */
function zoneOffset(zone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return time => {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(time)) part[type] = Number(value)
    const seconds = (part.hour! * 60 + part.minute!) * 60 + part.second!
    const local = daysFromCivil(part.year!, part.month!, part.day!) * DAY + seconds * 1000
    return local - Math.floor(time / 1000) * 1000
  }
}

/** A time as clocks of a zone show it: `2026-11-24T06:00:00+08:00`; `Z` where they are those of UTC. */
export function timeIn(zone: string | undefined, time: number): string {
  const minutes = zone ? zoneOffset(zone)(time) / MINUTE : 0
  if (minutes === 0) return formatTime(time)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
  return formatTime(time + minutes * MINUTE).replace('Z', offset)
}

/** time.LoadLocation's error; undefined where the zone exists. Names are case-sensitive, as the files are. */
export function timeZoneFault(name: string): string | undefined {
  const unknown = `unknown time zone ${name}`
  if (!name || name === 'UTC' || name === 'Local') return undefined
  if (!name.split('/').every(part => /^[A-Z0-9]/.test(part)) || /^[+-]?\d/.test(name)) return unknown
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return undefined
  } catch {
    return unknown
  }
}
