// The processes of a machine that shells have started: each is a fiber with a number.
import type { Engine } from '../engine/engine.ts'
import { isOutOfMemory, KilledForMemory } from '../engine/holding.ts'
import type { Writable } from '../engine/pipe.ts'
import { Fiber, Interrupt, type Outcome, signalNumbers, sleep, type Task } from '../engine/task.ts'
import { noMemory } from './command.ts'
import { ShellError } from './state.ts'

const maximumProcesses = 400
/** Exit code of a program or shell that met a fault of its own (EX_SOFTWARE). */
export const faultStatus = 70

/** What all shells of one machine share. */
export class ProcessTable {
  next: number
  readonly running = new Map<
    number,
    { readonly fiber: Fiber<number>; readonly text: string; readonly since: number }
  >()
  constructor(next: number) {
    this.next = next
  }

  get isFull(): boolean {
    return this.running.size >= maximumProcesses
  }

  /** Begins a process; what it throws is a fault of the program, which must not harm the shell. */
  start(
    engine: Engine,
    text: string,
    task: () => Task<number>,
    stderr: Writable,
  ): { pid: number; fiber: Fiber<number> } {
    const { running } = this
    if (this.isFull) throw new ShellError('fork: Resource temporarily unavailable', 254, true)
    const pid = this.next++
    const fiber = new Fiber(
      engine,
      (function* (): Task<number> {
        try {
          yield* sleep(0)
          return yield* task()
        } catch (error) {
          if (error instanceof Interrupt) throw error
          if (error instanceof KilledForMemory) {
            stderr.write('Killed\n')
            return 128 + signalNumbers.SIGKILL
          }
          const what = isOutOfMemory(error) ? noMemory : `internal error: ${(error as Error).message}`
          if (!isOutOfMemory(error)) engine.fail(error)
          stderr.write(`${text.split(' ')[0]}: ${what}\n`)
          return faultStatus
        } finally {
          running.delete(pid)
        }
      })(),
    )
    running.set(pid, { fiber, text, since: engine.now })
    return { pid, fiber }
  }
}

/** The exit status that `$?` shows. */
export function statusOf(outcome: Outcome<number>): number {
  if (outcome.type === 'returned') return outcome.value
  if (outcome.type === 'signalled') return 128 + signalNumbers[outcome.signal]
  return faultStatus
}
