// docker search: asks Docker Hub's index, which is outside of this world.
import { type Command, exactly } from '../command.ts'
import { DaemonError } from '../errors.ts'

export const search: Command = {
  names: ['search'],
  usage: '[OPTIONS] TERM',
  arguments: exactly(1),
  flags: 'filter,f:filter format:string limit:int no-trunc',
  *run({ process, daemon, flags, args: [term = ''] }) {
    yield* daemon.call(process, `/images/search?term=${term}`)
    const limit = flags.int('limit') || 25
    throw new DaemonError(
      `Get "https://index.docker.io/v1/search?q=${encodeURIComponent(term)}&n=${limit}": dial tcp: lookup index.docker.io on 127.0.0.1:53: no such host`,
    )
  },
}
