// The images of one daemon, by content: a name is only a pointer to an image, and an image without any name (`<none>`)
// stays until somebody removes it. Docker's own store, beside the one that containerd keeps for the kubelet.
import type { ImageContent } from '../../containers/content.ts'
import { sizeOf } from '../../containers/content.ts'
import type { Image } from '../../containers/images/image.ts'
import type { ImageName } from '../../containers/registry.ts'

export interface StoredImage {
  /** `sha256:…` */
  readonly id: string
  readonly content: ImageContent
  /** Its programs, configuration and files, for the containers of it. */
  readonly image: Image
  /** `docker.io/leigg/hellok8s:v1`, sorted. */
  readonly tags: Set<string>
  /** `docker.io/leigg/hellok8s@sha256:…`: where it was pulled from or pushed to. */
  readonly digests: Set<string>
  /** When it last got a name, ms since 1970; undefined where it never had one. */
  lastTagged: number | undefined
}

export class ImageStore {
  readonly #images = new Map<string, StoredImage>()

  /** The newest first; names of one moment in the order of their ids. */
  get all(): StoredImage[] {
    return [...this.#images.values()].sort((a, b) => b.content.created - a.content.created)
  }

  get(id: string): StoredImage | undefined {
    return this.#images.get(id)
  }

  /** `image` is asked for when a container is first made of it: only then its programs are needed. */
  add(content: ImageContent, image: () => Image): StoredImage {
    let stored = this.#images.get(content.id)
    if (!stored) {
      stored = {
        id: content.id,
        content,
        get image() {
          return image()
        },
        tags: new Set(),
        digests: new Set(),
        lastTagged: undefined,
      }
      this.#images.set(content.id, stored)
    }
    return stored
  }

  /** Gives an image a name, which another one may lose by that. */
  tag(stored: StoredImage, name: string, now: number): void {
    for (const other of this.#images.values()) if (other !== stored) other.tags.delete(name)
    stored.tags.add(name)
    stored.lastTagged = now
  }

  remove(stored: StoredImage): void {
    this.#images.delete(stored.id)
  }

  /** By a full name with tag or digest. */
  byName({ host, path, tag, digest }: ImageName): StoredImage | undefined {
    const repository = `${host}/${path}`
    for (const stored of this.#images.values())
      if (digest ? stored.digests.has(`${repository}@${digest}`) : stored.tags.has(`${repository}:${tag}`))
        return stored
    return undefined
  }

  /** By the beginning of an id, with `sha256:` or without; `ambiguous` where several begin so. */
  byId(text: string): StoredImage | 'ambiguous' | undefined {
    const prefix = text.replace(/^sha256:/, '')
    if (!/^[0-9a-f]+$/.test(prefix)) return undefined
    const found = [...this.#images.values()].filter(each => each.id.startsWith(`sha256:${prefix}`))
    return found.length > 1 ? 'ambiguous' : found[0]
  }

  /** Bytes of all layers, each counted once. */
  get size(): number {
    const layers = new Map<string, number>()
    for (const { content } of this.#images.values())
      for (const [i, { size }] of content.layers.entries()) layers.set(chainOf(content, i), size)
    return [...layers.values()].reduce((sum, size) => sum + size, 0)
  }

  /** Bytes that go when this image goes: of the layers that no other image has. */
  unique(stored: StoredImage): number {
    const others = new Set<string>()
    for (const { content, id } of this.#images.values())
      if (id !== stored.id) for (const i of content.layers.keys()) others.add(chainOf(content, i))
    return stored.content.layers.reduce(
      (sum, { size }, i) => sum + (others.has(chainOf(stored.content, i)) ? 0 : size),
      0,
    )
  }

  sizeOf(stored: StoredImage): number {
    return sizeOf(stored.content)
  }
}

/** A layer is what it is upon those below it. */
const chainOf = ({ layers }: ImageContent, index: number): string =>
  layers
    .slice(0, index + 1)
    .map(({ diffId }) => diffId)
    .join(' ')
