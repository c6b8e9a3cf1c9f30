// docker wait: until containers have ended; prints their exit codes.
import { Fiber, type Task, wait as waitFor } from '../../engine/task.ts'
import { atLeast, type Command } from '../command.ts'
import { DockerError } from '../errors.ts'

export const wait: Command = {
  names: ['container wait', 'wait'],
  usage: 'CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags: '',
  *run({ process, daemon, args }) {
    function* one(name: string): Task<number | DockerError> {
      try {
        yield* daemon.call(process, `/v1.50/containers/${name}/wait`, 'POST')
        const docker = daemon.container(name)
        const isOver = docker.status === 'exited' || docker.status === 'created'
        return isOver ? docker.exitCode : yield* waitFor(docker.ended)
      } catch (error) {
        if (!(error instanceof DockerError)) throw error
        return error
      }
    }
    let status = 0
    for (const fiber of args.map(name => new Fiber(process.engine, one(name)))) {
      const outcome = yield* waitFor(fiber.outcome)
      if (outcome.type === 'threw') throw outcome.error
      const result = outcome.type === 'returned' ? outcome.value : 0
      if (typeof result === 'number') process.stdout.write(`${result}\n`)
      else {
        process.stderr.write(`${result.message}\n`)
        status = 1
      }
    }
    return status
  },
}
