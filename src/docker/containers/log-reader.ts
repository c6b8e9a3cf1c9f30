// The output of a container as docker keeps it: what each of its runs wrote, line by line with stream and time.
import { formatTime, parseTime } from '../../engine/engine.ts'
import type { Task } from '../../engine/task.ts'
import { wait } from '../../engine/task.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { durationMs } from '../units.ts'

export interface LogLine {
  readonly at: number
  readonly text: string
  readonly complete: boolean
  readonly stream: 'stdout' | 'stderr'
}

/** `2026-11-23T10:19:57.687912533Z` */
export function logTime(ms: number): string {
  const nanos = Math.floor((ms - Math.floor(ms / 1000) * 1000) * 1e6)
  return formatTime(ms).replace('Z', `.${String(nanos).padStart(9, '0')}Z`)
}

/** A moment that is told as a date, as seconds since 1970, or as how long ago it was; undefined where it is none. */
export function momentOf(text: string, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const ago = durationMs(text)
  // The client tells the daemon whole seconds.
  if (ago !== undefined) return Math.floor((now - ago) / 1000) * 1000
  const whole = /^\d{4}-\d\d-\d\d$/.test(text)
    ? `${text}T00:00:00Z`
    : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/.test(text)
      ? `${text}Z`
      : text
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(whole)
    ? parseTime(whole)
    : undefined
}

export interface LogOptions {
  /** Lines from the end; undefined: all. */
  readonly tail: number | undefined
  readonly since: number | undefined
  readonly until: number | undefined
  readonly follow: boolean
}

const allLines = ({ logs }: DockerContainer): LogLine[] => logs.flatMap(log => [...log.lines()])

/** Gives the lines that are wanted; with `follow` those that come too, until the container ends. */
export function* readLog(
  docker: DockerContainer,
  { tail, since, until, follow }: LogOptions,
  write: (line: LogLine) => void,
): Task {
  const isWanted = ({ at }: LogLine) =>
    (since === undefined || at >= since) && (until === undefined || at <= until)
  const all = allLines(docker).filter(isWanted)
  for (const line of tail === undefined ? all : all.slice(Math.max(0, all.length - tail))) write(line)
  const { container } = docker
  if (!follow || !container?.running) return
  let next = container.log.end
  for (;;) {
    yield* wait(container.log.changed)
    const lines = container.log.lines()
    const end = container.log.end
    // A line that has not ended yet is told when it has.
    const ready = lines
      .slice(lines.length - (end - next))
      .filter(({ complete }) => complete || !container.running)
    for (const line of ready) if (isWanted(line)) write(line)
    next += ready.length
    if (!container.running && next === container.log.end) return
  }
}
