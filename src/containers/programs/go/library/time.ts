// package time
import { dictionary } from '../../../../engine/dictionary.ts'
import { formatTime } from '../../../../engine/engine.ts'
import { sleep } from '../../../../engine/task.ts'
import { durationText, timeText } from '../format.ts'
import type { Machine } from '../machine.ts'
import { Duration, Float, GoErrorValue, Moment, type Native, type Package, pure, Tuple } from '../values.ts'

const units: Readonly<Record<string, number>> = dictionary({
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
})

function parseDuration(text: string): Tuple {
  const wrong = () =>
    new Tuple([new Duration(0), new GoErrorValue(`time: invalid duration ${JSON.stringify(text)}`)])
  if (text === '0') return new Tuple([new Duration(0), null])
  const [, sign = '', rest = ''] = /^([-+]?)((?:[\d.]+(?:ns|us|µs|ms|s|m|h))+)$/.exec(text) ?? []
  if (!rest) return wrong()
  let ns = 0
  for (const [, amount, unit] of rest.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g))
    ns += Number(amount) * units[unit!]!
  return new Tuple([new Duration(sign === '-' ? -ns : ns), null])
}

/** time.RFC3339 and the like: only layouts of these parts. */
function formatted(moment: Moment, layout: string): string {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = formatTime(
    Math.floor(moment.ms / 1000) * 1000,
  ).split(/\D/)
  return layout.replace(/2006|01|02|15|04|05|Z07:00|MST/g, part => {
    const known: Record<string, string> = dictionary({
      '2006': year,
      '01': month,
      '02': day,
      '15': hour,
      '04': minute,
      '05': second,
    })
    return known[part] ?? (part === 'MST' ? 'UTC' : 'Z')
  })
}

const now = (machine: Machine): Moment => new Moment(machine.process.engine.now)
const durationSince = (from: Moment, to: Moment): Duration =>
  new Duration(Math.round((to.ms - from.ms) * 1e6))

export const time: Package = {
  values: {
    Nanosecond: new Duration(1),
    Microsecond: new Duration(1e3),
    Millisecond: new Duration(1e6),
    Second: new Duration(1e9),
    Minute: new Duration(60e9),
    Hour: new Duration(3600e9),
    RFC3339: '2006-01-02T15:04:05Z07:00',
    DateTime: '2006-01-02 15:04:05',
    DateOnly: '2006-01-02',
    TimeOnly: '15:04:05',
    *Sleep(_machine: Machine, [duration]: readonly unknown[]) {
      const ns = duration instanceof Duration ? duration.ns : Number(duration)
      yield* sleep(Math.max(0, ns / 1e6))
      return null
    },
    *Now(machine: Machine) {
      return now(machine)
    },
    *Since(machine: Machine, [from]: readonly unknown[]) {
      return durationSince(from as Moment, now(machine))
    },
    *Until(machine: Machine, [to]: readonly unknown[]) {
      return durationSince(now(machine), to as Moment)
    },
    ParseDuration: pure(parseDuration),
  } satisfies Record<string, unknown | Native>,
  types: {
    Duration: {
      zero: () => new Duration(0),
      convert: value =>
        value instanceof Duration
          ? value
          : new Duration(value instanceof Float ? Math.trunc(value.value) : Number(value)),
    },
    Time: { zero: () => new Moment(-62_135_596_800_000) },
  },
  member(value, name) {
    if (value instanceof Duration)
      switch (name) {
        case 'Seconds':
          return pure(() => new Float(value.ns / 1e9))
        case 'Minutes':
          return pure(() => new Float(value.ns / 60e9))
        case 'Hours':
          return pure(() => new Float(value.ns / 3600e9))
        case 'Milliseconds':
          return pure(() => Math.trunc(value.ns / 1e6))
        case 'String':
          return pure(() => durationText(value.ns))
      }
    if (value instanceof Moment)
      switch (name) {
        case 'Unix':
          return pure(() => Math.floor(value.ms / 1000))
        case 'UnixMilli':
          return pure(() => Math.floor(value.ms))
        case 'Sub':
          return pure((other: Moment) => durationSince(other, value))
        case 'Add':
          return pure((duration: Duration) => new Moment(value.ms + duration.ns / 1e6))
        case 'After':
          return pure((other: Moment) => value.ms > other.ms)
        case 'Before':
          return pure((other: Moment) => value.ms < other.ms)
        case 'IsZero':
          return pure(() => value.ms === -62_135_596_800_000)
        case 'UTC':
          return pure(() => value)
        case 'Format':
          return pure((layout: string) => formatted(value, layout))
        case 'String':
          return pure(() => timeText(value))
      }
    return undefined
  },
}
