// Images as archives: docker's own form with manifest.json and, around it, that of OCI (moby image/tarexport). What a layer
// holds stands in no text here: its blob says how large it is, and this world knows the image by its id.
import { binaryText } from '../engine/binary.ts'
import { isGzip, unzipped } from '../engine/gzip.ts'
import { type Entry, readTar, writeTar } from '../engine/tar.ts'
import { configText, digestOf, type ImageContent } from './content.ts'
import type { Image } from './images/image.ts'
import type { Registry } from './registry.ts'

interface ManifestEntry {
  readonly Config: string
  readonly RepoTags: readonly string[] | null
  readonly Layers: readonly string[]
}

export interface Archived {
  readonly content: ImageContent
  readonly image: Image
}

/** An image in an archive: what it is, and under which familiar names. */
export interface Unpacked extends Archived {
  readonly tags: readonly string[]
}

const blob = (digest: string): string => `blobs/sha256/${digest.replace('sha256:', '')}`
const mode = 0o644

/** `names`: familiar names with tags, by image. */
export function writeArchive(registry: Registry, images: ReadonlyMap<Archived, readonly string[]>): string {
  const blobs = new Map<string, string>()
  const manifest: ManifestEntry[] = []
  const index: object[] = []
  const repositories: Record<string, Record<string, string>> = {}
  for (const [stored, tags] of images) {
    const { content } = stored
    registry.archive(content, () => stored.image)
    blobs.set(blob(stored.content.id), configText(content))
    for (const { diffId, size } of content.layers)
      blobs.set(blob(diffId), binaryText({ kind: 'layer', size, payload: diffId }))
    const entry = {
      Config: blob(stored.content.id),
      RepoTags: tags.length ? tags : null,
      Layers: content.layers.map(({ diffId }) => blob(diffId)),
    }
    manifest.push(entry)
    const text = JSON.stringify({
      schemaVersion: 2,
      config: { digest: stored.content.id },
      layers: entry.Layers,
    })
    blobs.set(blob(digestOf(text)), text)
    index.push({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: digestOf(text),
      size: text.length,
      ...(tags[0] && { annotations: { 'org.opencontainers.image.ref.name': tags[0].split(':').at(-1) } }),
    })
    for (const tag of tags) {
      const colon = tag.lastIndexOf(':')
      const top = content.layers.at(-1)?.diffId.replace('sha256:', '') ?? ''
      repositories[tag.slice(0, colon)] = {
        ...repositories[tag.slice(0, colon)],
        [tag.slice(colon + 1)]: top,
      }
    }
  }
  const file = (name: string, content: string): Entry => ({ name, content, mode })
  const directory = (name: string): Entry => ({ name, content: '', mode: 0o755 })
  return writeTar([
    directory('blobs/'),
    directory('blobs/sha256/'),
    ...[...blobs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => file(name, content)),
    file('index.json', JSON.stringify({ schemaVersion: 2, manifests: index })),
    file('manifest.json', JSON.stringify(manifest)),
    file('oci-layout', '{"imageLayoutVersion": "1.0.0"}'),
    ...(Object.keys(repositories).length ? [file('repositories', `${JSON.stringify(repositories)}\n`)] : []),
  ])
}

/** Why a text is no archive of images. */
export class ArchiveError extends Error {}

/** Throws ArchiveError. */
export function readArchive(registry: Registry, text: string): Unpacked[] {
  const plain = isGzip(text) ? unzipped(text) : text
  if (!/^[^\0]{0,257}[\s\S]{0,257}ustar/.test(plain.slice(0, 512))) throw new ArchiveError('unexpected EOF')
  const entries = readTar(plain)
  const found = entries.find(({ name }) => name === 'manifest.json')
  if (!found) throw new ArchiveError('open manifest.json: no such file or directory')
  const manifest: ManifestEntry[] = JSON.parse(found.content)
  return manifest.map(({ Config, RepoTags }) => {
    const known = registry.archived(`sha256:${Config.split('/').at(-1)!.replace('.json', '')}`)
    if (!known) throw new ArchiveError(`invalid image: ${Config}`)
    return { ...known, tags: RepoTags ?? [] }
  })
}
