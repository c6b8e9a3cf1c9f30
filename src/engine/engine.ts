// The kernel of the simulated world: a virtual clock, a heap of timed events and a seeded generator.
// Nothing in it waits for real time; whoever owns the engine decides how far the clock runs.
import { EventQueue, type Timer } from './event-queue.ts'
import { firstMissing } from './parts.ts'
import { Random } from './random.ts'
import type { Secrets } from './secrets.ts'

export interface EngineOptions {
  /** Seed of every random choice in the world. */
  readonly seed: number
  /** Virtual time at the start, in ms since 1970. */
  readonly epoch: number
  /** Where others than the world's own reader can reach it. */
  readonly secrets?: Secrets | undefined
  /** Learns of events that threw, and of storms; where it is absent, what an event throws comes out of `advance`. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** So many events in one instant are a circle of causes without end: from then on fewer fit into one. */
const storm = 1_000_000
const afterStorm = 1000

export interface ScheduleOptions {
  /**
   * Background events (heartbeats, resyncs, probes of a healthy pod) recur for ever: they run when the
   * clock passes them but do not keep `runUntilIdle` going.
   */
  readonly background?: boolean
}

export class Engine {
  readonly seed: number
  readonly random: Random
  readonly epoch: number
  readonly secrets: Secrets | undefined
  #now: number
  readonly #onError: EngineOptions['onError']
  #queue = new EventQueue()
  /** Events that ran in this instant. */
  #instant = 0
  #most = storm
  #second = Number.NaN
  #timestamp = ''

  constructor({ seed, epoch, secrets, onError }: EngineOptions) {
    this.seed = seed
    this.random = new Random(seed)
    this.epoch = epoch
    this.secrets = secrets
    this.#onError = onError
    this.#now = epoch
  }

  /** Virtual time in ms since 1970 (whole or fractional). */
  get now(): number {
    return this.#now
  }

  /** Virtual time as the API writes it: RFC 3339 in UTC, whole seconds. */
  get timestamp(): string {
    const second = Math.floor(this.#now / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#timestamp = formatTime(this.#now)
    }
    return this.#timestamp
  }

  /** Calls `run` after `ms` of virtual time; events of one instant run in the order they were scheduled. */
  after(ms: number, run: () => void, options: ScheduleOptions = {}): Timer {
    const least = this.#instant >= this.#most ? 1 : 0
    return this.#queue.add(this.#now + (ms > least ? ms : least), run, options.background ?? false)
  }

  /** A fault in one piece of work, which must not stop the others. */
  fail(error: unknown): void {
    if (!this.#onError) throw error
    this.#onError(error)
  }

  #run(event: { readonly time: number; run(): void }): void {
    if (event.time > this.#now) {
      this.#now = event.time
      this.#instant = 0
    } else if (++this.#instant === storm) {
      this.#most = afterStorm
      this.fail(new Error('events without end at one time'))
    }
    try {
      event.run()
    } catch (error) {
      if (!firstMissing()) this.fail(error)
    }
    // Code that is not loaded is no event of the world, whoever has caught the error: it comes out of `advance`.
    const missing = firstMissing()
    if (missing) throw missing
  }

  /** Runs every event up to `ms` from now, then leaves the clock there. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let event = this.#queue.takeUntil(end); event; event = this.#queue.takeUntil(end)) {
      this.#run(event)
    }
    this.#now = end
  }

  /** Runs the next event, if it is due within `limit` ms; false where there was none. */
  step(limit = Number.POSITIVE_INFINITY): boolean {
    const event = this.#queue.takeUntil(this.#now + limit)
    if (!event) return false
    this.#run(event)
    return true
  }

  /** Runs events until `predicate` holds (true) or `limit` ms have passed (false, the clock at the limit). */
  runUntil(predicate: () => boolean, limit: number): boolean {
    const end = this.#now + limit
    while (!predicate()) {
      const event = this.#queue.takeUntil(end)
      if (!event) {
        this.#now = end
        return predicate()
      }
      this.#run(event)
    }
    return true
  }

  /** Runs until only background events are left (true) or `limit` ms have passed (false). */
  runUntilIdle(limit: number): boolean {
    const end = this.#now + limit
    while (this.#queue.foreground > 0) {
      const event = this.#queue.takeUntil(end)
      if (!event) {
        this.#now = end
        return false
      }
      this.#run(event)
    }
    return true
  }

  /** Events that wait, background ones included. */
  get pending(): number {
    return this.#queue.size
  }
}

const two = (n: number) => (n < 10 ? `0${n}` : String(n))

/** The second that was written last, since 1970: most times that are asked for are of this moment. */
let lastSecond = Number.NaN
let lastTime = ''

/** RFC 3339 in UTC with whole seconds, as metav1.Time is serialised. */
export function formatTime(ms: number): string {
  const since = Math.floor(ms / 1000)
  if (since === lastSecond) return lastTime
  const days = Math.floor(since / 86_400)
  const second = since - days * 86_400
  const { year, month, day } = civilFromDays(days)
  const date = [String(year).padStart(4, '0'), two(month), two(day)].join('-')
  const time = [two(Math.floor(second / 3600)), two(Math.floor(second / 60) % 60), two(second % 60)].join(':')
  lastSecond = since
  lastTime = [date, 'T', time, 'Z'].join('')
  return lastTime
}

/** RFC 3339 with microseconds, as metav1.MicroTime is serialised. */
export function formatMicroTime(ms: number): string {
  const micros = Math.floor((ms - Math.floor(ms / 1000) * 1000) * 1000)
  return formatTime(ms).replace('Z', `.${String(micros).padStart(6, '0')}Z`)
}

/** The text that was read last: one time of an object is asked for again and again. */
let lastRead = ''
let lastReadMs = Number.NaN

/** Ms since 1970 of an RFC 3339 time; NaN where it is none. */
export function parseTime(text: string): number {
  if (text === lastRead) return lastReadMs
  lastReadMs = readTime(text)
  lastRead = text
  return lastReadMs
}

function readTime(text: string): number {
  const m = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text)
  if (!m) return Number.NaN
  const [, y, mo, d, h, mi, s, fraction, sign, oh, om] = m
  const days = daysFromCivil(Number(y), Number(mo), Number(d))
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(oh) * 60 + Number(om)) : 0
  return (
    days * 86_400_000 +
    ((Number(h) * 60 + Number(mi) - offset) * 60 + Number(s)) * 1000 +
    Number(fraction ?? 0) * 1000
  )
}

// Howard Hinnant's civil calendar algorithms: the language's own Date is not allowed in the core.
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
  }
}

export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy
  return era * 146097 + doe - 719468
}
