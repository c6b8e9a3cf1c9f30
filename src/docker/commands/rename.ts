// docker rename.
import { type Command, exactly } from '../command.ts'
import { renameContainer } from '../containers/stop.ts'
import { DockerError } from '../errors.ts'

export const rename: Command = {
  names: ['container rename', 'rename'],
  usage: 'CONTAINER NEW_NAME',
  arguments: exactly(2),
  flags: '',
  *run({ process, daemon, args: [old = '', name = ''] }) {
    if (!old.trim() || !name.trim()) throw new DockerError('Error: Neither old nor new names may be empty')
    try {
      yield* daemon.call(process, `/v1.50/containers/${old}/rename`, 'POST')
      renameContainer(daemon, daemon.container(old), name)
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      throw new DockerError(`${error.message}\nError: failed to rename container named ${old}`)
    }
    return 0
  },
}
