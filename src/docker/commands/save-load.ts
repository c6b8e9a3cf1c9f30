// docker save and docker load: images as archives, by way of a file or of a stream.

import { ArchiveError, readArchive, writeArchive } from '../../containers/image-archive.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import { atLeast, type Command, noArguments } from '../command.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { imageEvent } from '../images/events.ts'
import { familiarName, parseReference, repositoryOf, whatIsWrong } from '../images/reference.ts'
import type { StoredImage } from '../images/store.ts'

/** An estimate: three recorded loads take 113 to 219 ms in all. */
const bytesPerMs = 120_000

export const save: Command = {
  names: ['image save', 'save'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  arguments: atLeast(1),
  flags: 'output,o:string platform:string',
  *run({ process, daemon, flags, args }) {
    const { stdout, files, cwd, terminal } = process
    const output = flags.text('output')
    if (!output && terminal)
      throw new DockerError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    if (output) {
      const above = resolvePath(cwd, output).replace(/\/[^/]*$/, '') || '/'
      if (!files.exists(above))
        throw new DockerError(
          `failed to save image: invalid output path: directory ${JSON.stringify(output.replace(/\/[^/]*$/, ''))} does not exist`,
        )
    }
    yield* daemon.call(process, '/images/get')
    const images = new Map<StoredImage, string[]>()
    for (const text of args) {
      const stored = daemon.findImage(text)
      if (!stored) throw new DaemonError(`No such image: ${text}`)
      const name = whatIsWrong(text) ? undefined : parseReference(text)
      const tag = name && `${repositoryOf(name)}:${name.tag}`
      const tags = images.get(stored) ?? []
      if (tag && stored.tags.has(tag)) tags.push(familiarName(tag))
      images.set(stored, tags)
    }
    const bytes = [...images.keys()].reduce((sum, each) => sum + daemon.images.sizeOf(each), 0)
    yield* daemon.onDisk(bytes / bytesPerMs)
    for (const { id } of images.keys()) imageEvent(daemon, 'save', id)
    const text = writeArchive(daemon.machine.registry, images)
    if (output) files.write(resolvePath(cwd, output), text, { mode: 0o600 })
    else stdout.write(text)
    return 0
  },
}

export const load: Command = {
  names: ['image load', 'load'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'input,i:string platform:string quiet,q',
  *run({ process, daemon, flags }) {
    const { stdout, stdin, files, cwd } = process
    const input = flags.text('input')
    if (!input && process.typed) throw new DockerError('requested load from stdin, but stdin is empty')
    let text: string
    try {
      text = input ? files.read(resolvePath(cwd, input)) : yield* readAll(stdin)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      throw new DockerError(`open ${input}: ${error.reason.toLowerCase()}`)
    }
    yield* daemon.call(process, '/images/load', 'POST')
    try {
      for (const { content, image, tags } of readArchive(daemon.machine.registry, text)) {
        yield* daemon.onDisk(content.layers.reduce((sum, { size }) => sum + size, 0) / bytesPerMs)
        const stored = daemon.images.add(content, () => image)
        for (const tag of tags) {
          const name = parseReference(tag)
          const before = daemon.images.byName(name)
          if (before && before !== stored)
            stdout.write(
              `The image ${tag} already exists, renaming the old one with ID ${before.id} to empty string\n`,
            )
          daemon.images.tag(stored, `${repositoryOf(name)}:${name.tag}`, daemon.engine.now)
          stdout.write(`Loaded image: ${tag}\n`)
        }
        if (tags.length === 0) stdout.write(`Loaded image ID: ${content.id}\n`)
        imageEvent(daemon, 'load', content.id)
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      throw new DockerError(error.message)
    }
    return 0
  },
}
