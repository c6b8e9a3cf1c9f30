// nginx's worker processes: as many as its configuration says, each with a number of its own, started anew where one is
// lost. What they do, the master does here. Words: src/os/unix/ngx_process_cycle.c and ngx_process.c.
import type { Files } from '../../../engine/files.ts'
import type { Process } from '../../../engine/process.ts'
import { type Signal, signalNumbers } from '../../../engine/task.ts'

export type Note = (pid: number, text: string, level?: 'notice' | 'alert' | 'emerg') => void

/** What a worker says that it does at a signal. */
const doing: Partial<Record<Signal, string>> = {
  SIGHUP: 'ignoring',
  SIGUSR2: 'ignoring',
  SIGUSR1: 'reopening logs',
  SIGQUIT: 'shutting down',
  SIGTERM: 'exiting',
  SIGINT: 'exiting',
}

/** The last words of one that is asked to end. */
const farewell = (signal: Signal): readonly string[] =>
  signal === 'SIGQUIT' ? ['gracefully shutting down', 'exiting', 'exit'] : ['exiting', 'exit']

/** `auto` is one for each processor. */
export function workersWanted(value: string | undefined, files: Files): number {
  if (value !== 'auto') return Number(value ?? 1)
  return files.read('/proc/cpuinfo').match(/^processor/gm)?.length ?? 1
}

export class Workers {
  readonly #process: Process
  readonly #note: Note
  #running: { readonly pid: number; readonly exit: () => void }[] = []

  constructor(process: Process, note: Note) {
    this.#process = process
    this.#note = note
  }

  start(count: number): void {
    const { pid } = this.#process
    this.#note(pid, 'start worker processes')
    for (let i = 0; i < count; i++) this.#one()
  }

  /** New ones take over from the old ones. */
  replace(count: number): void {
    const old = this.#running
    this.#running = []
    this.start(count)
    for (const text of farewell('SIGQUIT')) for (const { pid } of old) this.#note(pid, text)
    for (const worker of old) {
      worker.exit()
      this.#reap(worker.pid)
      this.#note(this.#process.pid, 'signal 29 (SIGIO) received')
    }
  }

  /** As the master asks them to, when it has done so itself. */
  reopen(): void {
    for (const { pid } of this.#running) this.#note(pid, 'reopening logs')
  }

  /** All of them, as SIGTERM or SIGQUIT has it. */
  stop(signal: Signal): void {
    for (const text of farewell(signal))
      for (const { pid } of this.#running.toReversed()) this.#note(pid, text)
    const [first] = this.#running
    if (first) this.#note(this.#process.pid, `signal 17 (SIGCHLD) received from ${first.pid}`)
    for (const { pid } of this.#running) this.#exited(pid)
  }

  /** None is left, whatever became of the master. */
  end(): void {
    for (const worker of this.#running) worker.exit()
    this.#running = []
  }

  #one(): void {
    const child = this.#process.fork?.(['nginx: worker process'], signal =>
      this.#signalled(child!.pid, signal),
    )
    if (!child) return
    this.#running.push(child)
    this.#note(this.#process.pid, `start worker process ${child.pid}`)
  }

  #signalled(pid: number, signal: Signal | 'SIGKILL'): void {
    if (signal === 'SIGKILL') {
      this.#lost(pid, signalNumbers.SIGKILL)
      return
    }
    const what = doing[signal]
    if (!what) return
    this.#note(pid, `signal ${signalNumbers[signal]} (${signal}) received, ${what}`)
    if (signal === 'SIGUSR1') this.#note(pid, what)
    if (!/^SIG(QUIT|TERM|INT)$/.test(signal)) return
    for (const text of farewell(signal)) this.#note(pid, text)
    this.#lost(pid)
  }

  /** It is gone, by itself or by a signal: another one takes its place. */
  #lost(pid: number, signal?: number): void {
    const at = this.#running.findIndex(each => each.pid === pid)
    if (at < 0) return
    const [worker] = this.#running.splice(at, 1)
    worker!.exit()
    this.#reap(pid, signal)
    this.#one()
    this.#note(this.#process.pid, 'signal 29 (SIGIO) received')
  }

  #reap(pid: number, signal?: number): void {
    this.#note(this.#process.pid, `signal 17 (SIGCHLD) received from ${pid}`)
    this.#exited(pid, signal)
  }

  #exited(pid: number, signal?: number): void {
    if (signal === undefined) this.#note(this.#process.pid, `worker process ${pid} exited with code 0`)
    else this.#note(this.#process.pid, `worker process ${pid} exited on signal ${signal}`, 'alert')
  }
}
