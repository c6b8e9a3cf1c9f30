// docker buildx version.
import { type Command, noArguments } from '../command.ts'
import { version } from '../release.ts'

export const buildxVersion: Command = {
  names: ['buildx version'],
  usage: '',
  arguments: noArguments,
  flags: '',
  local: true,
  *run({ process }) {
    process.stdout.write(`github.com/docker/buildx ${version.buildx} ${version.buildxCommit}\n`)
    return 0
  },
}
