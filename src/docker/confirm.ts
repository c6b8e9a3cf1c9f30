// The question before something goes for good (cli/internal/prompt).

import { LineReader } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import type { Task } from '../engine/task.ts'

/** True where the answer is yes. */
export function* confirmed({ stdin, stdout }: Process, warning: string): Task<boolean> {
  stdout.write(`${warning}\nAre you sure you want to continue? [y/N] `)
  const answer = yield* new LineReader(stdin).line()
  return answer?.trim().toLowerCase() === 'y'
}
