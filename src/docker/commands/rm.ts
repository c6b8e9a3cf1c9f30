// docker rm: containers go, with their anonymous volumes where that is asked for.
import { atLeast, type Command } from '../command.ts'
import { forEach } from '../containers/each.ts'
import { removeByHand } from '../containers/stop.ts'
import { DaemonError } from '../errors.ts'

export const rm: Command = {
  names: ['container rm', 'rm'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags: 'force,f link,l volumes,v',
  *run(context) {
    const { daemon, flags } = context
    const force = flags.is('force')
    const failed: unknown[] = []
    yield* forEach(
      context,
      name => `/v1.50/containers/${name}`,
      function* (docker, ref) {
        if (flags.is('link')) throw new DaemonError('bad parameter: invalid link name')
        yield* removeByHand(daemon, docker, ref, { force, volumes: flags.is('volumes') })
      },
      {
        method: 'DELETE',
        // What is not there is no failure for who wants it gone.
        onFailure: (name, { message }) => {
          if (!force || !message.includes('No such container')) failed.push(name)
        },
      },
    )
    return failed.length ? 1 : 0
  },
}
