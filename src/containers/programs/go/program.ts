// An executable that `go build` made: its text is its program (engine/binary.ts). Go's runtime ends a first process that gets
// SIGTERM or SIGINT with exit code 2, because the kernel does not let it kill itself.
import type { Program } from '../../../engine/process.ts'
import { anyOf, Fiber, Interrupt, wait } from '../../../engine/task.ts'
import { goThreads } from '../../images/http.ts'
import type { Executable } from '../../images/image.ts'
import { type GoProgram, Interpreter } from './interpreter.ts'
import { Machine } from './machine.ts'
import { parseGo } from './parser.ts'

/** What stands in the executable: texts by the names of their files, where they were compiled, what the linker set. */
export interface Payload {
  readonly files: Readonly<Record<string, string>>
  readonly directory: string
  readonly linked: Readonly<Record<string, string>>
}

export function goExecutable(payload: string): Executable {
  return { run: runGo(JSON.parse(payload)), handlesSignals: true, threads: goThreads }
}

export function runGo({ files, directory, linked }: Payload): Program {
  let program: GoProgram | undefined
  return function* (process) {
    program ??= {
      files: Object.entries(files).map(([name, text]) => ({ name, file: parseGo(text) })),
      directory,
      linked,
    }
    const interpreter = new Interpreter(program, calls => new Machine(process, calls))
    const machine = interpreter.running
    const fiber = new Fiber(process.engine, machine.main(interpreter.main()))
    try {
      const first = yield* wait(anyOf(machine.exit, fiber.outcome))
      if (first.index === 0) return first.value as number
      const outcome = first.value
      if (outcome.type === 'threw') throw outcome.error
      return outcome.type === 'returned' ? outcome.value : 2
    } catch (error) {
      if (error instanceof Interrupt && process.pid === 1) return 2
      throw error
    } finally {
      machine.end()
      fiber.kill()
    }
  }
}
