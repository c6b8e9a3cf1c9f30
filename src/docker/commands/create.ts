// docker create: a container that does not run yet.
import { atLeast, type Command, type Context } from '../command.ts'
import type { Wanted } from '../containers/create.ts'
import { createFlags, parseRun } from '../containers/run-flags.ts'
import { DockerError, FlagError } from '../errors.ts'
import { create as make } from './run.ts'

/** What is wrong with the command line is told with a pointer to help, as by `docker run`. */
function settingsOf({ flags, args, process }: Context): Wanted {
  try {
    return parseRun(flags, args, process)
  } catch (error) {
    if (!(error instanceof DockerError) || error instanceof FlagError) throw error
    throw new DockerError(`docker: ${error.message}\n\nRun 'docker create --help' for more information`, 125)
  }
}

export const create: Command = {
  names: ['container create', 'create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  arguments: atLeast(1),
  flags: createFlags,
  stopsAtArgument: true,
  *run(context) {
    const docker = yield* make(context, settingsOf(context))
    context.process.stdout.write(`${docker.id}\n`)
    return 0
  },
}
