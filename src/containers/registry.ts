// Names of images and what a registry has under them: github.com/distribution/reference and containerd's resolver.
import type { ApiServer } from '../api/types.ts'
import { Random } from '../engine/random.ts'
import type { Image } from './images/image.ts'
import { repositories } from './images/loaders.ts'

export interface FoundImage {
  readonly image: Image
  readonly tag: string
  readonly size: number
  /** `docker.io/library/nginx:1.27` */
  readonly name: string
  /** `docker.io/library/nginx@sha256:…` */
  readonly digest: string
}

const domain = /^(localhost|[^/]*[.:][^/]*)$/
const valid = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

export interface ImageName {
  readonly host: string
  readonly path: string
  readonly tag: string
  readonly digest: string | undefined
}

/** As the runtime writes it: a digest makes the tag needless. */
export const fullName = ({ host, path, tag, digest }: ImageName): string =>
  `${host}/${path}${digest ? `@${digest}` : `:${tag}`}`

/** The full name of an image with its tag; undefined where the text is no image name. */
export function canonicalName(reference: string): ImageName | undefined {
  const [withTag = '', digest] = reference.split('@')
  const colon = withTag.lastIndexOf(':')
  const hasTag = colon > withTag.lastIndexOf('/')
  const name = hasTag ? withTag.slice(0, colon) : withTag
  const tag = hasTag ? withTag.slice(colon + 1) : digest ? '' : 'latest'
  if (hasTag && !/^\w[\w.-]{0,127}$/.test(tag)) return undefined
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const hasHost = slash > 0 && domain.test(first)
  const host = hasHost ? first : 'docker.io'
  let path = hasHost ? name.slice(slash + 1) : name
  if (!valid.test(path)) return undefined
  if (host === 'docker.io' && !path.includes('/')) path = `library/${path}`
  return { host, path, tag, digest }
}

export class Registry {
  /** Hosts that nobody gets through to (`docker.io`); `*`: none of them. */
  readonly down = new Set<string>()
  readonly #api: ApiServer
  /** Names in the table of images by their full name: `docker.io/library/nginx`. */
  readonly #known = new Map<string, string>()
  /** Those that were asked for. */
  readonly #images = new Map<string, readonly Image[]>()

  /** It holds all images that there are; `api`: the cluster's API server, for programs that speak with it. */
  constructor(api: ApiServer) {
    this.#api = api
    for (const name of repositories.names) {
      const { host, path } = canonicalName(name)!
      this.#known.set(`${host}/${path}`, name)
    }
  }

  /** `docker.io/library/nginx`, in any tag? */
  hasRepository(name: string): boolean {
    return this.#known.has(name)
  }

  isDown(host: string): boolean {
    return this.down.has(host) || this.down.has('*')
  }

  find(reference: string): FoundImage | undefined {
    const parsed = canonicalName(reference)
    if (!parsed) return undefined
    const { host, tag } = parsed
    const path = `${host}/${parsed.path}`
    const name = `${path}:${tag}`
    const image = this.#repository(path).find(each => Object.hasOwn(each.tags, tag))
    return image && { image, tag, size: image.tags[tag]!, name, digest: `${path}@sha256:${digestOf(name)}` }
  }

  #repository(path: string): readonly Image[] {
    const name = this.#known.get(path)
    if (name === undefined) return []
    let images = this.#images.get(name)
    if (!images) {
      const part = repositories.get(name)
      const all = typeof part === 'function' ? part(this.#api) : part
      images = all.filter(each => each.repository === name)
      this.#images.set(name, images)
    }
    return images
  }
}

/** The machine that answers for a registry, and its address. */
export function endpointOf(host: string): { name: string; address: string } {
  const random = new Random(1).fork(host)
  const address = [34, random.below(256), random.below(256), random.between(1, 254)].join('.')
  return { name: host === 'docker.io' ? 'registry-1.docker.io' : host, address }
}

/** A made-up digest that stays the same for one image. */
function digestOf(name: string): string {
  return new Random(1).fork(name).hex(64)
}
