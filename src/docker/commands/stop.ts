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

const ending = (
  word: 'stop' | 'restart',
  perform: typeof stopContainer | typeof restartContainer,
): Command => ({
  names: [`container ${word}`, word],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags,
  *run(context) {
    const options = optionsOf(context)
    const failed = yield* forEach(
      context,
      name => `/v1.50/containers/${name}/${word}`,
      docker => perform(context.daemon, docker, options),
    )
    return failed.length ? 1 : 0
  },
})

export const stop = ending('stop', stopContainer)
export const restart = ending('restart', restartContainer)
