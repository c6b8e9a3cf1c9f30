// A Go program that runs: its process, its goroutines, how it ends.
import type { Listener } from '../../../engine/network.ts'
import type { Process } from '../../../engine/process.ts'
import { Deferred, Fiber, sleep, type Task } from '../../../engine/task.ts'
import { text } from './format.ts'
import { Exit, GoErrorValue, Panic } from './values.ts'

/** So many steps without a wait let others run. */
const stepsBetweenWaits = 20_000

export class Machine {
  readonly process: Process
  readonly exit = new Deferred<number>()
  readonly listeners = new Set<Listener>()
  /** What packages keep for this program: the routes of net/http, the prefix of log. */
  readonly state = new Map<string, unknown>()
  /** Calls a function value of the program or of a package. */
  readonly call: (fn: unknown, args: readonly unknown[]) => Task<unknown>
  /** A method of a value of the program; undefined where it has none of that name. */
  readonly methodOf: (value: unknown, name: string) => unknown
  readonly #fibers = new Set<Fiber<void>>()
  #steps = 0
  #goroutines = 1

  constructor(process: Process, { call, methodOf }: Pick<Machine, 'call' | 'methodOf'>) {
    this.process = process
    this.call = call
    this.methodOf = methodOf
  }

  /** State of a package, made when it is first asked for. */
  of<T>(name: string, make: () => T): T {
    let found = this.state.get(name) as T | undefined
    if (found === undefined) {
      found = make()
      this.state.set(name, found)
    }
    return found
  }

  /** Counts a step; now and then somebody else may run. */
  *step(): Task {
    if (++this.#steps % stepsBetweenWaits === 0) yield* sleep(1)
  }

  /** `go f()`: a panic in it ends the program. */
  spawn(task: Task<unknown>): void {
    const id = ++this.#goroutines
    const self = this
    const fiber = new Fiber(
      this.process.engine,
      (function* (): Task {
        try {
          yield* task
        } catch (error) {
          self.exit.settle(self.#codeOf(error, id))
        }
      })(),
    )
    this.#fibers.add(fiber)
  }

  /** The exit code that an end by exception means; a panic is told on stderr. */
  #codeOf(error: unknown, goroutine: number): number {
    if (error instanceof Exit) return error.code
    if (!(error instanceof Panic)) throw error
    this.process.stderr.write(`${panicText(error)}\n\ngoroutine ${goroutine} [running]:\n${error.trace}`)
    return 2
  }

  /** The program ends as by this error, which was thrown outside of its goroutines. */
  fail(error: unknown): void {
    this.exit.settle(this.#codeOf(error, 1))
  }

  /** Runs the main function to its end; answers with the exit code. */
  *main(task: Task<unknown>): Task<number> {
    try {
      yield* task
      return 0
    } catch (error) {
      return this.#codeOf(error, 1)
    }
  }

  end(): void {
    for (const fiber of this.#fibers) fiber.kill()
    for (const listener of this.listeners) listener.close()
  }
}

/** `panic: something went wrong` */
export function panicText({ value, isRuntime }: Panic): string {
  if (isRuntime) return `panic: runtime error: ${text(value)}`
  if (typeof value === 'string') return `panic: ${value}`
  if (value instanceof GoErrorValue) return `panic: ${value.message}`
  return `panic: ${text(value)}`
}
