// ctr image import and export: images of the runtime from and into archives, as `docker save` writes them.
import { digestOf, manifestText } from '../../containers/content.ts'
import { type Archived, ArchiveError, readArchive, writeArchive } from '../../containers/image-archive.ts'
import { canonicalName, type FoundImage, fullName, type Registry } from '../../containers/registry.ts'
import { isText } from '../../engine/bytes.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { ToolError } from '../../shell/command.ts'
import type { ImageManager } from '../images.ts'

/** An estimate. */
const bytesPerMs = 60_000

function foundImage({ content, image }: Archived, name: string): FoundImage {
  const parsed = canonicalName(name)!
  return {
    image,
    tag: parsed.tag,
    size: content.layers.reduce((sum, { size }) => sum + size, content.configSize),
    name: fullName(parsed),
    digest: `${parsed.host}/${parsed.path}@${digestOf(manifestText(content))}`,
    content,
  }
}

/** `ctr image import FILE`; `-` is stdin. */
export function* importImages(
  process: Process,
  registry: Registry,
  images: ImageManager,
  source: string,
): Task<number> {
  const { files, cwd, stdin, stdout } = process
  let text: string
  try {
    text = source === '-' ? yield* readAll(stdin) : files.read(resolvePath(cwd, source))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ToolError(`ctr: open ${source}: ${error.reason.toLowerCase()}`)
  }
  try {
    for (const each of readArchive(registry, text))
      for (const tag of each.tags) {
        const found = foundImage(each, tag)
        yield* sleep(found.size / bytesPerMs)
        images.put(found.name, found, true)
        stdout.write(`unpacking ${found.name} (${found.digest.split('@')[1]})...done\n`)
      }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    throw new ToolError(isText(text) ? 'ctr: unrecognized image format' : `ctr: ${error.message}`)
  }
  return 0
}

/** `ctr image export FILE REF…` */
export function* exportImages(
  process: Process,
  registry: Registry,
  images: ImageManager,
  [target = '', ...names]: readonly string[],
): Task<number> {
  if (names.length === 0)
    throw new ToolError('ctr: please provide both an output filename and an image reference to export')
  const chosen = new Map<Archived, string[]>()
  for (const name of names) {
    const found = images.find(name)
    if (!found) throw new ToolError(`ctr: image "${name}": not found`)
    const { content } = found
    if (!content)
      throw new ToolError(
        `ctr: this simulator exports images that were built here; ${name} came from a registry`,
      )
    chosen.set({ content, image: found.image }, [name.replace(/^docker\.io\/(library\/)?/, '')])
    yield* sleep(found.size / bytesPerMs)
  }
  const text = writeArchive(registry, chosen)
  if (target === '-') process.stdout.write(text)
  else process.files.write(resolvePath(process.cwd, target), text)
  return 0
}
