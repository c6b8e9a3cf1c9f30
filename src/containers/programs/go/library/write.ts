// Writing to whatever is an io.Writer.
import type { Task } from '../../../../engine/task.ts'
import type { Machine } from '../machine.ts'
import { nilDereference } from '../operators.ts'
import { Bytes, isThing, type Native, Pointer } from '../values.ts'

/** Answers with what the writer's Write does. */
export function* writeTo(machine: Machine, writer: unknown, text: string): Task<unknown> {
  const to = writer instanceof Pointer ? writer.to.value : writer
  const write = isThing(to) ? to.member('Write') : undefined
  if (write === undefined) return nilDereference()
  return yield* (write as Native)(machine, [new Bytes(text)])
}
