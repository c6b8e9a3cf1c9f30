// Commands that are given several containers: the daemon is asked for all of them at once, and what it answers is told in
// their order.

import { Fiber, type Task, wait } from '../../engine/task.ts'
import type { Context } from '../command.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DockerError } from '../errors.ts'

/** Answers with those that failed; `say` is told of each that went well, its own name where absent. */
export function* forEach(
  context: Context,
  path: (name: string) => string,
  act: (docker: DockerContainer, name: string) => Task | undefined,
  options: { readonly method?: string; readonly onFailure?: (name: string, error: DockerError) => void } = {},
): Task<string[]> {
  const { daemon, process, args } = context
  const { stdout, stderr } = process
  const { method = 'POST', onFailure } = options
  function* one(name: string): Task<DockerError | undefined> {
    try {
      yield* daemon.call(process, path(name), method)
      const task = act(daemon.container(name), name)
      if (task) yield* task
      return undefined
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      return error
    }
  }
  const fibers = args.map(name => new Fiber(process.engine, one(name)))
  const failed: string[] = []
  for (const [i, fiber] of fibers.entries()) {
    const name = args[i]!
    const outcome = yield* wait(fiber.outcome)
    if (outcome.type === 'threw') throw outcome.error
    const error = outcome.type === 'returned' ? outcome.value : undefined
    if (!error) stdout.write(`${name}\n`)
    else {
      stderr.write(`${error.message}\n`)
      if (onFailure) onFailure(name, error)
      failed.push(name)
    }
  }
  return failed
}
