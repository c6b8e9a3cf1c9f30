// docker diff.
import { type Command, exactly } from '../command.ts'
import { changesOf } from '../containers/diff.ts'

export const diff: Command = {
  names: ['container diff', 'diff'],
  usage: 'CONTAINER',
  arguments: exactly(1),
  flags: '',
  *run({ process, daemon, args: [name = ''] }) {
    yield* daemon.call(process, `/v1.50/containers/${name}/changes`)
    for (const { kind, path } of changesOf(daemon, daemon.container(name)))
      process.stdout.write(`${kind} ${path}\n`)
    return 0
  },
}
