// A client that is joined to a container or to a further process in it: output comes with its streams apart, input goes in,
// signals go on. Docker's own `attach` connection (cli/command/container/{hijack,signals}.go).
import type { Container } from '../../containers/container.ts'
import type { Pipe } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import {
  anyOf,
  Deferred,
  Fiber,
  Interrupt,
  type Signal,
  type Task,
  type Wait,
  wait,
} from '../../engine/task.ts'

export interface Wanted {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
}

/** A terminal's interrupts are keys: they belong to what runs there. So many signals end a client that waits. */
const patience = 3
/** Ctrl-P, Ctrl-Q: leave, and let it run. */
const detachKeys = '\x10\x11'

/** Joins the outputs of a container to a client's; call it before the container runs. Returns how to leave. */
export function joinOutput({ log }: Container, { stdout, stderr }: Process, wanted: Wanted): () => void {
  const tap = (text: string, stream: 'stdout' | 'stderr') => {
    if (wanted[stream]) (stream === 'stdout' ? stdout : stderr).write(text)
  }
  log.taps.add(tap)
  return () => log.taps.delete(tap)
}

/** What is typed goes into a pipe until either side ends; `left` is settled where the keys for it were typed. */
export class Input {
  readonly left = new Deferred<void>()
  readonly #fiber: Fiber<void>

  constructor(process: Process, input: Pipe) {
    const { left } = this
    this.#fiber = new Fiber(
      process.engine,
      (function* (): Task {
        const { stdin } = process
        for (let text = yield* stdin.read(); text !== undefined; text = yield* stdin.read()) {
          const keys = process.typed ? text.indexOf(detachKeys) : -1
          if (keys < 0) {
            input.write(text)
            continue
          }
          input.write(text.slice(0, keys))
          left.settle()
          return
        }
        input.close()
      })(),
    )
  }

  close(): void {
    this.#fiber.kill()
  }
}

export type Waited<T> = { readonly value: T } | 'left' | 'forced'

/** Waits, and hands signals on to what runs meanwhile. The third signal that changes nothing ends the client. */
export function* waitWith<T>(
  awaited: Wait<T>,
  input: Input | undefined,
  signal: (signal: Signal) => void,
  isTerminal: boolean,
): Task<Waited<T>> {
  for (let count = 0; ; )
    try {
      const first = yield* wait(anyOf(awaited, ...(input ? [input.left] : [])))
      return first.index === 0 ? { value: first.value as T } : 'left'
    } catch (error) {
      if (!(error instanceof Interrupt)) throw error
      if (!isTerminal && ++count >= patience) return 'forced'
      signal(error.signal)
    }
}
