// docker pause and docker unpause: the kernel's freezer over all processes of a container.
import { atLeast, type Command, type Context } from '../command.ts'
import { forEach } from '../containers/each.ts'
import { pauseContainer, unpauseContainer } from '../containers/stop.ts'

const command = (name: string, act: typeof pauseContainer): Command => ({
  names: [`container ${name}`, name],
  usage: 'CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags: '',
  *run(context: Context) {
    const path = (container: string) => `/v1.50/containers/${container}/${name}`
    const failed = yield* forEach(context, path, docker => {
      act(context.daemon, docker)
      return undefined
    })
    return failed.length ? 1 : 0
  },
})

export const pause = command('pause', pauseContainer)
export const unpause = command('unpause', unpauseContainer)
