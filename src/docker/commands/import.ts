// docker import: an archive of files becomes an image of one layer.
import { digestOf, imageContent } from '../../containers/content.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import { isGzip, unzipped } from '../../engine/gzip.ts'
import { MemoryFiles } from '../../engine/memory-files.ts'
import { readAll } from '../../engine/pipe.ts'
import { readTar } from '../../engine/tar.ts'
import { runtimeImage } from '../build/export.ts'
import { layerBetween } from '../build/layers.ts'
import { atLeast, type Command } from '../command.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { imageEvent } from '../images/events.ts'
import { parseReference, repositoryOf, whatIsWrong } from '../images/reference.ts'

/** An estimate: the one recorded import takes 392 ms in all. */
const bytesPerMs = 80_000

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
    imageEvent(daemon, 'import', stored.id)
    stdout.write(`${stored.id}\n`)
    return 0
  },
}
