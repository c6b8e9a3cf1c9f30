// docker container prune.
import { type Command, noArguments } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { pruneContainers } from '../containers/prune.ts'
import { humanSize } from '../units.ts'

export const containerPrune: Command = {
  names: ['container prune'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'filter:filter force,f',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    if (
      !flags.is('force') &&
      !(yield* confirmed(process, 'WARNING! This will remove all stopped containers.'))
    )
      return 0
    yield* daemon.call(process, '/v1.50/containers/prune', 'POST')
    const { names, space } = pruneContainers(daemon, flags.list('filter'))
    if (names.length) stdout.write(`Deleted Containers:\n${names.join('\n')}\n\n`)
    stdout.write(`Total reclaimed space: ${humanSize(space)}\n`)
    return 0
  },
}
