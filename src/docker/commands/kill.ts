// docker kill: one signal, SIGKILL where none is named.
import { atLeast, type Command } from '../command.ts'
import { forEach } from '../containers/each.ts'
import { killContainer } from '../containers/stop.ts'

export const kill: Command = {
  names: ['container kill', 'kill'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags: 'signal,s:string',
  *run(context) {
    const { daemon, flags } = context
    const failed = yield* forEach(
      context,
      name => `/v1.50/containers/${name}/kill`,
      (docker, ref) => killContainer(daemon, docker, ref, flags.text('signal') || 'KILL'),
    )
    return failed.length ? 1 : 0
  },
}
