// docker stop and docker restart.
import { atLeast, type Command, type Context } from '../command.ts'
import { forEach } from '../containers/each.ts'
import { restartContainer, type StopOptions, signalOf, stopContainer } from '../containers/stop.ts'

/** `--time` is what `--timeout` was called before. */
const flags = 'signal,s:string timeout,t:int time:int'

function optionsOf({ flags }: Context): StopOptions {
  const seconds = ['timeout', 'time'].find(name => flags.given(name))
  const signal = flags.text('signal')
  if (signal) signalOf(signal)
  return { signal, seconds: seconds === undefined ? undefined : flags.int(seconds) }
}

export const stop: Command = {
  names: ['container stop', 'stop'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags,
  *run(context) {
    const options = optionsOf(context)
    const failed = yield* forEach(
      context,
      name => `/v1.50/containers/${name}/stop`,
      docker => stopContainer(context.daemon, docker, options),
    )
    return failed.length ? 1 : 0
  },
}

export const restart: Command = {
  names: ['container restart', 'restart'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags,
  *run(context) {
    const options = optionsOf(context)
    const failed = yield* forEach(
      context,
      name => `/v1.50/containers/${name}/restart`,
      docker => restartContainer(context.daemon, docker, options),
    )
    return failed.length ? 1 : 0
  },
}
