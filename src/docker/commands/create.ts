// docker create: a container that does not run yet.
import { atLeast, type Command } from '../command.ts'
import { createFlags, parseRun } from '../containers/run-flags.ts'
import { create as make } from './run.ts'

export const create: Command = {
  names: ['container create', 'create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  arguments: atLeast(1),
  flags: createFlags,
  stopsAtArgument: true,
  *run(context) {
    const docker = yield* make(context, parseRun(context.flags, context.args, context.process))
    context.process.stdout.write(`${docker.id}\n`)
    return 0
  },
}
