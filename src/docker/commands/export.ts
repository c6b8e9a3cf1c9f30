// docker export: all files of a container as an archive.
import { digestOf, sizeOf } from '../../containers/content.ts'
import { resolvePath } from '../../engine/files.ts'
import { type Entry, writeTar } from '../../engine/tar.ts'
import { type Command, exactly } from '../command.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DockerError } from '../errors.ts'

function* entries(files: NonNullable<DockerContainer['files']>, path: string): Generator<Entry> {
  for (const name of files.list(path)) {
    const at = resolvePath(path, name)
    const { type, mode } = files.stat(at, { followLinks: false })
    if (type === 'directory') {
      yield { name: `${at.slice(1)}/`, content: '', mode }
      yield* entries(files, at)
    } else if (type === 'file') yield { name: at.slice(1), content: files.read(at), mode }
  }
}

export const exportContainer: Command = {
  names: ['container export', 'export'],
  usage: '[OPTIONS] CONTAINER',
  arguments: exactly(1),
  flags: 'output,o:string',
  *run({ process, daemon, flags, args: [name = ''] }) {
    const output = flags.text('output')
    if (!output && process.terminal)
      throw new DockerError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    yield* daemon.call(process, `/v1.50/containers/${name}/export`)
    // What is mounted stays behind in a copy.
    const archive = writeTar([...entries(daemon.container(name).files!.fork(), '/')])
    // What stands for the programs of a system is shorter than they are: who imports it again has to know.
    const image = daemon.images.get(daemon.container(name).settings.imageId)
    if (image) daemon.exported.set(digestOf(archive), sizeOf(image.content))
    if (output) process.files.write(resolvePath(process.cwd, output), archive, { mode: 0o600 })
    else process.stdout.write(archive)
    return 0
  },
}
