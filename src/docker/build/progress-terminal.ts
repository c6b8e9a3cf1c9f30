// Progress as a picture that is drawn anew again and again, where stderr is a terminal (buildkit progressui, ttyDisplay):
// a head with the time and the count of steps, a line for each step and each of its states with their times on the right.
import type { Process } from '../../engine/process.ts'
import { sleep, type Task, withTimeout } from '../../engine/task.ts'
import { amount, type Progress, tenths, type Vertex } from './progress.ts'

/** How often it draws (buildkit display.go). */
const tickMs = 150
/** Lines of output that a running step shows. */
const logLines = 6
const builder = 'docker:default'

interface Line {
  readonly text: string
  readonly status: string
  readonly ms: number
  readonly isCompleted: boolean
}

export class TerminalProgress {
  readonly #progress: Progress
  readonly #process: Process
  #lines = 0
  #begun = false

  constructor(progress: Progress, process: Process) {
    this.#progress = progress
    this.#process = process
  }

  /** Shows the build until it has ended. */
  *run(): Task {
    const progress = this.#progress
    for (;;) {
      this.#draw(progress.ended)
      if (progress.ended) return
      yield* sleep(tickMs)
      if (!progress.ended) yield* withTimeout(progress.notifier, tickMs)
    }
  }

  #draw(isLast: boolean): void {
    const { shown, now, began, total } = this.#progress
    const { columns, rows } = this.#process.terminal!
    const completed = shown.filter(each => each.completed !== undefined && !each.canceled).length
    const count = Math.max(1, total, shown.length)
    const isDone = isLast && completed === count
    const head = `[+] Building ${tenths(now - began)} (${completed}/${count})${isDone ? ' FINISHED' : ''}`
    let lines = shown.flatMap(each => linesOf(each, now))
    const limit = rows - 2
    if (!isLast && lines.length > limit) lines = lines.slice(-limit)
    let out = this.#begun ? `\x1b[${this.#lines + 1}A\r` : '\n'
    this.#begun = true
    out += `${aligned(head, builder, columns - 1)}\n`
    let drawn = 0
    for (const { text, status, ms } of lines) {
      const timer = ` ${tenths(ms < 50 ? 0 : ms)}`
      // The timer counts with its line feed, and one column stays free.
      let left = columns - 4 - (timer.length + 1) - 1
      const shownStatus = status && left + status.length > 20 ? ` ${status}` : ''
      left -= shownStatus.length
      if (left < 12) continue
      out += `${aligned(` => ${text.slice(0, left)}${shownStatus}`, timer, columns - 1)}\n`
      drawn++
    }
    const over = this.#lines - drawn
    if (over > 0) out += `${`${' '.repeat(columns - 1)}\n`.repeat(over)}\x1b[${over}A\r`
    this.#lines = drawn
    this.#process.stderr.write(out)
  }
}

const aligned = (left: string, right: string, width: number): string =>
  `${left.padEnd(width - right.length - 1)} ${right}`

function linesOf(vertex: Vertex, now: number): Line[] {
  const isCompleted = vertex.completed !== undefined
  const prefix = vertex.canceled
    ? 'CANCELED '
    : vertex.error !== undefined
      ? 'ERROR '
      : vertex.cached
        ? 'CACHED '
        : ''
  const ms = (vertex.completed ?? now) - vertex.started!
  const lines: Line[] = [{ text: `${prefix}${vertex.name}`, status: '', ms, isCompleted }]
  for (const status of vertex.statuses)
    lines.push({
      text: `=> ${status.id}`,
      status: amount(status).trimStart(),
      ms: (status.completed ?? now) - status.started,
      isCompleted,
    })
  if (!isCompleted)
    for (const { text } of vertex.logs.slice(-logLines))
      lines.push({ text: `=> # ${text}`, status: '', ms: 0, isCompleted })
  return lines
}
