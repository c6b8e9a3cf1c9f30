// Progress as lines, where stderr is no terminal (buildkit util/progress/progressui, textMux): one step has the floor until
// it ends, or until another one has waited long; whoever comes back is named again.
import type { Writable } from '../../engine/pipe.ts'
import { sleep, type Task, withTimeout } from '../../engine/task.ts'
import { amount, type Progress, type Status, tenths, type Vertex } from './progress.ts'

/** How often it looks at what is new (buildkit display.go). */
const tickMs = 150
/** How long a step may have the floor while others have something to say (antiFlicker of buildkit printer.go). */
const turnMs = 5000

export class PlainProgress {
  readonly #progress: Progress
  readonly #out: Writable
  readonly #index = new Map<Vertex, number>()
  readonly #shownLogs = new Map<Vertex, number>()
  readonly #shownWarnings = new Map<Vertex, number>()
  #current: Vertex | undefined
  #since = 0

  constructor(progress: Progress, out: Writable) {
    this.#progress = progress
    this.#out = out
  }

  /** Shows the build until it has ended. */
  *run(): Task {
    const progress = this.#progress
    this.#out.write('#0 building with "default" instance using docker driver\n')
    for (;;) {
      if (!progress.updates.size && !progress.ended) yield* withTimeout(progress.notifier, 1e9)
      if (!progress.ended) yield* sleep(tickMs)
      this.#show()
      if (progress.ended && !progress.updates.size) return
    }
  }

  #show(): void {
    const { updates, shown } = this.#progress
    // Go looks at them in no order; here it is that of their beginning, those that failed last.
    const waiting = shown.filter(each => updates.has(each))
    const completed = waiting.filter(each => each.completed !== undefined)
    const rest = waiting.filter(each => each.completed === undefined)
    const failed = (vertex: Vertex) => Number(vertex.error !== undefined || vertex.canceled)
    completed.sort((a, b) => failed(a) - failed(b))
    if (this.#current && completed.includes(this.#current)) this.#print(this.#current)
    for (const vertex of completed) if (updates.has(vertex)) this.#print(vertex)
    const { now } = this.#progress
    if (this.#current && rest.includes(this.#current)) this.#print(this.#current)
    if (!this.#current || now - this.#since > turnMs) {
      const next = rest.find(each => each !== this.#current)
      if (next) this.#print(next)
    }
    // What else has changed is shown when its turn comes.
  }

  #print(vertex: Vertex): void {
    const { updates, now } = this.#progress
    const write = (text: string) => this.#out.write(`${text}\n`)
    let index = this.#index.get(vertex)
    if (index === undefined) {
      index = this.#index.size + 1
      this.#index.set(vertex, index)
    }
    if (this.#current !== vertex) {
      if (this.#current) write(`#${this.#index.get(this.#current)} ...`)
      write('')
      write(`#${index} ${vertex.name}`)
      this.#current = vertex
      this.#since = now
    }
    for (const status of updates.get(vertex) ?? []) write(`#${index} ${statusText(status, now)}`)
    const warned = this.#shownWarnings.get(vertex) ?? 0
    for (const text of vertex.warnings.slice(warned)) write(`#${index} WARN: ${text}`)
    this.#shownWarnings.set(vertex, vertex.warnings.length)
    const shown = this.#shownLogs.get(vertex) ?? 0
    for (const { at, text } of vertex.logs.slice(shown))
      write(`#${index} ${((at - vertex.started!) / 1000).toFixed(3)} ${text}`)
    this.#shownLogs.set(vertex, vertex.logs.length)
    updates.delete(vertex)
    if (vertex.completed === undefined) return
    this.#current = undefined
    if (vertex.canceled) write(`#${index} CANCELED`)
    else if (vertex.error !== undefined) write(`#${index} ERROR: ${vertex.error}`)
    else if (vertex.cached) write(`#${index} CACHED`)
    else write(`#${index} DONE ${tenths(vertex.completed - vertex.started!)}`)
  }
}

function statusText(status: Status, now: number): string {
  const took = (status.completed ?? now) - status.started
  const time = took > 10 ? ` ${tenths(took)}` : ''
  return `${status.id}${amount(status)}${time}${status.completed === undefined ? '' : ' done'}`
}
