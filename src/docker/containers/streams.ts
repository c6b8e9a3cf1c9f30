// A client that is joined to a container or to a further process in it: output comes with its streams apart, input goes in,
// signals go on. Docker's own `attach` connection (cli/command/container/{hijack,signals}.go).
import type { Container } from '../../containers/container.ts'
import type { Pipe, Readable } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { Fiber, Interrupt, type Signal, type Task, type Wait, wait } from '../../engine/task.ts'

export interface Wanted {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
}

/** A terminal's interrupts are keys: they belong to what runs there. So many signals end a client that waits. */
const patience = 3

/** Joins the outputs of a container to a client's; call it before the container runs. Returns how to leave. */
export function joinOutput({ log }: Container, { stdout, stderr }: Process, wanted: Wanted): () => void {
  const tap = (text: string, stream: 'stdout' | 'stderr') => {
    if (wanted[stream]) (stream === 'stdout' ? stdout : stderr).write(text)
  }
  log.taps.add(tap)
  return () => log.taps.delete(tap)
}

/** Copies what is typed into a pipe until either side ends. */
export function joinInput(process: Process, input: Pipe): Fiber<void> {
  const { stdin }: { stdin: Readable } = process
  return new Fiber(
    process.engine,
    (function* (): Task {
      for (let text = yield* stdin.read(); text !== undefined; text = yield* stdin.read()) input.write(text)
      input.close()
    })(),
  )
}

/**
 * Waits, and hands signals on to what runs meanwhile. `detach`: signals only end the client. The third signal that changes
 * nothing ends it too.
 */
export function* waitWith<T>(
  awaited: Wait<T>,
  signal: (signal: Signal) => void,
  isTerminal: boolean,
): Task<T | undefined> {
  for (let count = 0; ; )
    try {
      return yield* wait(awaited)
    } catch (error) {
      if (!(error instanceof Interrupt)) throw error
      if (!isTerminal && ++count >= patience) return undefined
      signal(error.signal)
    }
}
