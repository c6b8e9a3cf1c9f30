// What goes on in a build: its steps, each with states, lines of output and an end. The solver writes it; progress-plain
// and progress-terminal show it. Times are ms since 1970.
import { Notifier } from '../../engine/task.ts'

export interface Status {
  readonly id: string
  current: number
  total: number
  readonly started: number
  completed: number | undefined
}

export interface LogLine {
  readonly at: number
  readonly text: string
}

export class Vertex {
  readonly name: string
  started: number | undefined
  completed: number | undefined
  cached = false
  error: string | undefined
  canceled = false
  readonly statuses: Status[] = []
  readonly logs: LogLine[] = []
  readonly warnings: string[] = []
  readonly #progress: Progress

  constructor(progress: Progress, name: string) {
    this.#progress = progress
    this.name = name
  }

  start(): this {
    if (this.started === undefined) {
      this.started = this.#progress.now
      this.#progress.shown.push(this)
    }
    this.#progress.changed(this)
    return this
  }

  status(id: string, total = 0): Status {
    const status: Status = { id, current: 0, total, started: this.#progress.now, completed: undefined }
    this.statuses.push(status)
    this.#progress.changed(this, status)
    return status
  }

  update(status: Status, current: number, isDone: boolean): void {
    status.current = current
    if (isDone) status.completed = this.#progress.now
    this.#progress.changed(this, status)
  }

  log(text: string): void {
    for (const line of text.replace(/\n$/, '').split('\n'))
      this.logs.push({ at: this.#progress.now, text: line })
    this.#progress.changed(this)
  }

  warn(text: string): void {
    this.warnings.push(text)
    this.#progress.changed(this)
  }

  done({ cached = false, error }: { cached?: boolean; error?: string } = {}): void {
    if (this.completed !== undefined) return
    this.start()
    this.completed = this.#progress.now
    this.cached = cached
    this.error = error
    this.#progress.changed(this)
  }

  /** It ended without anything to do, and is now taken from the cache. */
  recall(): void {
    if (this.completed === undefined || this.cached || this.error !== undefined || this.statuses.length)
      return
    this.cached = true
    this.#progress.changed(this)
  }

  cancel(): void {
    if (this.started === undefined || this.completed !== undefined) return
    this.canceled = true
    this.done()
  }
}

export class Progress {
  /** In the order in which they were made known. */
  readonly vertices: Vertex[] = []
  /** In the order in which they began. */
  readonly shown: Vertex[] = []
  /** Steps that changed since the last look, and their states that did. */
  readonly updates = new Map<Vertex, Set<Status>>()
  readonly notifier = new Notifier()
  readonly began: number
  ended = false
  /** How many steps there are in all, as far as is known. */
  total = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
    this.began = now()
  }

  get now(): number {
    return this.#now()
  }

  vertex(name: string): Vertex {
    const vertex = new Vertex(this, name)
    this.vertices.push(vertex)
    return vertex
  }

  changed(vertex: Vertex, status?: Status): void {
    const statuses = this.updates.get(vertex) ?? new Set()
    if (status) statuses.add(status)
    this.updates.set(vertex, statuses)
    this.notifier.notify()
  }

  end(): void {
    this.ended = true
    this.notifier.notify()
  }
}

/** units.Bytes with `%.2f`: `1.40MB`, `405B`, `135.11kB`. */
function progressBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < 4) {
    value /= 1000
    unit++
  }
  return unit === 0 ? `${bytes}B` : `${value.toFixed(2)}${['B', 'kB', 'MB', 'GB', 'TB'][unit]}`
}

/** ` 1.40MB / 1.40MB`, ` 303B`, or nothing. */
export const amount = ({ current, total }: Status): string =>
  total ? ` ${progressBytes(current)} / ${progressBytes(total)}` : current ? ` ${progressBytes(current)}` : ''

export const tenths = (ms: number): string => `${(ms / 1000).toFixed(1)}s`
