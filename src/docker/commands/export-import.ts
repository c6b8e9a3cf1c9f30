// docker export and docker import: the files of a container as an archive, and an archive of files as an image of one layer.
import { digestOf, imageContent, sizeOf } from '../../containers/content.ts'
import { FileError, type Files, resolvePath } from '../../engine/files.ts'
import { isGzip, unzipped } from '../../engine/gzip.ts'
import { MemoryFiles } from '../../engine/memory-files.ts'
import { readAll } from '../../engine/pipe.ts'
import { type Entry, readTar, writeTar } from '../../engine/tar.ts'
import { runtimeImage } from '../build/export.ts'
import { layerBetween } from '../build/layers.ts'
import { atLeast, type Command, exactly } from '../command.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { parseReference, repositoryOf, whatIsWrong } from '../images/reference.ts'

const bytesPerMs = 80_000

function entriesOf(files: Files, directory: string, all: Entry[]): Entry[] {
  for (const name of files.list(directory)) {
    const path = `${directory === '/' ? '' : directory}/${name}`
    const { type, mode } = files.stat(path, { followLinks: false })
    const shown = path.slice(1)
    if (type === 'directory') {
      all.push({ name: `${shown}/`, content: '', mode })
      entriesOf(files, path, all)
    } else if (type === 'file') all.push({ name: shown, content: files.read(path), mode })
  }
  return all
}

export const exportContainer: Command = {
  names: ['container export', 'export'],
  usage: '[OPTIONS] CONTAINER',
  arguments: exactly(1),
  flags: 'output,o:string',
  *run({ process, daemon, flags, args: [text = ''] }) {
    const { stdout, files, cwd, terminal } = process
    const output = flags.text('output')
    if (!output && terminal)
      throw new DockerError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    yield* daemon.call(process, `/containers/${text}/export`)
    const container = daemon.container(text)
    const image = daemon.images.get(container.settings.imageId)
    yield* daemon.onDisk((image ? sizeOf(image.content) : 0) / bytesPerMs)
    const archive = writeTar(container.files ? entriesOf(container.files.fork(), '/', []) : [])
    // The programs of an image's system are larger than the texts that stand for them.
    daemon.exported.set(digestOf(archive), image ? sizeOf(image.content) : archive.length)
    if (output) files.write(resolvePath(cwd, output), archive, { mode: 0o600 })
    else stdout.write(archive)
    return 0
  },
}

export const importImage: Command = {
  names: ['image import', 'import'],
  usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  arguments: atLeast(1),
  flags: 'change,c:list message,m:string platform:string',
  *run({ process, daemon, flags, args: [source = '', name] }) {
    const { stdout, stdin, files, cwd } = process
    if (name !== undefined && whatIsWrong(name)) throw new DaemonError(whatIsWrong(name)!)
    if (/^https?:\/\//.test(source))
      throw new DaemonError(
        `Get "${source}": dial tcp: lookup ${source.replace(/^\w+:\/\//, '').replace(/[/:].*$/, '')} on 127.0.0.1:53: no such host`,
      )
    let text: string
    try {
      text = source === '-' ? yield* readAll(stdin) : files.read(resolvePath(cwd, source))
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      throw new DockerError(`open ${source}: ${error.reason.toLowerCase()}`)
    }
    yield* daemon.call(process, '/images/create?fromSrc=-', 'POST')
    const archive = isGzip(text) ? unzipped(text) : text
    const now = () => daemon.engine.now
    const root = new MemoryFiles({ now })
    for (const { name: path, content, mode } of readTar(archive)) {
      const place = resolvePath('/', path)
      if (path.endsWith('/')) root.mkdir(place, { parents: true })
      else {
        root.mkdir(place.replace(/\/[^/]*$/, '') || '/', { parents: true })
        root.write(place, content, { mode })
      }
    }
    const made = layerBetween(new MemoryFiles({ now }), root, String(now()))
    const size = daemon.exported.get(digestOf(archive)) ?? made.size
    yield* daemon.onDisk(size / bytesPerMs)
    const comment = flags.text('message') || `Imported from ${source}`
    const config = { env: [] }
    const content = imageContent({
      created: now(),
      config,
      layers: [{ ...made, size }],
      history: [{ created: now(), createdBy: '', comment }],
      comment,
    })
    const shell = root.exists('/bin/sh') ? ({ shell: 'busybox' } as const) : {}
    const image = runtimeImage({ base: { programs: {}, ...shell }, config, root })
    const stored = daemon.images.add(content, () => image)
    if (name !== undefined) {
      const parsed = parseReference(name)
      daemon.images.tag(stored, `${repositoryOf(parsed)}:${parsed.tag}`, now())
    }
    daemon.events.add({ type: 'image', action: 'import', id: stored.id, attributes: { name: stored.id } })
    stdout.write(`${stored.id}\n`)
    return 0
  },
}
