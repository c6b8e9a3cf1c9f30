// The page's end of the worker: typed messages both ways, and a new worker after a crash.
import type { FromWorker, ToWorker } from '../../worker/protocol.ts'

type Of<T extends FromWorker['type']> = Extract<FromWorker, { type: T }>

const open = (): Worker => new Worker(new URL('../../worker/main.ts', import.meta.url), { type: 'module' })

let spare: Worker | undefined

/** Opens a worker before it is wanted: its code is loaded by the time it gets its first message. */
export function warmWorker(): void {
  spare ??= open()
  // Whoever starts it hears of what goes wrong.
  spare.onerror = event => {
    event.preventDefault()
    spare = undefined
  }
}

export class Connection {
  #worker: Worker | undefined
  /** Late parts of the page that are open: each new world is told of them. */
  readonly #open = new Set<string>()
  #listeners = new Map<string, Set<(message: never) => void>>()

  on<T extends FromWorker['type']>(type: T, listener: (message: Of<T>) => void): void {
    const known = this.#listeners.get(type) ?? new Set()
    known.add(listener)
    this.#listeners.set(type, known)
  }

  send(message: ToWorker): void {
    this.#worker?.postMessage(message)
  }

  /** A part of the page is there now that was not loaded before: what belongs to it is told from now on. */
  open(part: string): void {
    this.#open.add(part)
    this.send({ type: 'open', part })
  }

  get running(): boolean {
    return this.#worker !== undefined
  }

  /** Ends the worker, if there is one, and starts a fresh one with its first message. */
  start(message: ToWorker): void {
    this.stop()
    const worker = spare ?? open()
    spare = undefined
    worker.onmessage = event => this.#emit(event.data as FromWorker)
    // Without a message: its script could not be loaded.
    worker.onerror = event => {
      event.preventDefault()
      this.#emit({ type: 'failed', error: event.message })
    }
    this.#worker = worker
    this.send(message)
  }

  stop(): void {
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #emit(message: FromWorker): void {
    if (message.type === 'ready') for (const part of this.#open) this.send({ type: 'open', part })
    for (const listener of this.#listeners.get(message.type) ?? []) listener(message as never)
  }
}
