// Names of images and what a registry has under them: github.com/distribution/reference and containerd's resolver.
import type { ApiServer } from '../api/types.ts'
import type { DnsSources } from '../engine/network.ts'
import { Random } from '../engine/random.ts'
import { mb } from './catalog/family.ts'
import { findFamily, isKnownHost } from './catalog/index.ts'
import { findTag, mainTags } from './catalog/tags.ts'
import type { ImageContent } from './content.ts'
import type { Image, WantedImage } from './images/image.ts'
import { makers } from './images/loaders.ts'
import { type Login, RegistryAccounts } from './registry-accounts.ts'

export interface FoundImage {
  readonly image: Image
  readonly tag: string
  readonly size: number
  /** `docker.io/library/nginx:1.27` */
  readonly name: string
  /** `docker.io/library/nginx@sha256:…` */
  readonly digest: string
  /** What it consists of, where it was built in this world. */
  readonly content?: ImageContent
}

const isDomain = (first: string): boolean =>
  first === 'localhost' || first.includes('.') || first.includes(':')
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

/** What was read last: one container's image is asked for many times in a row. */
let lastReference: string | undefined
let lastName: ImageName | undefined

/** The full name of an image with its tag; undefined where the text is no image name. */
export function canonicalName(reference: string): ImageName | undefined {
  if (reference !== lastReference) {
    lastName = readName(reference)
    lastReference = reference
  }
  return lastName
}

function readName(reference: string): ImageName | undefined {
  const [withTag = '', digest] = reference.split('@')
  const colon = withTag.lastIndexOf(':')
  const hasTag = colon > withTag.lastIndexOf('/')
  const name = hasTag ? withTag.slice(0, colon) : withTag
  const tag = hasTag ? withTag.slice(colon + 1) : digest ? '' : 'latest'
  if (hasTag && !/^\w[\w.-]{0,127}$/.test(tag)) return undefined
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  // A capital letter makes it a host: no path has one.
  const hasHost = slash > 0 && (isDomain(first) || first !== first.toLowerCase())
  const host = hasHost ? first : 'docker.io'
  let path = hasHost ? name.slice(slash + 1) : name
  if (!valid.test(path)) return undefined
  if (host === 'docker.io' && !path.includes('/')) path = `library/${path}`
  return { host, path, tag, digest }
}

/** Why nothing can be pulled under a name. */
export type Missing =
  /** The host's name does not resolve. */
  | 'unknown-host'
  /** No such repository, which a registry does not tell from one that is closed. */
  | 'denied'
  | 'not-found'
  /** It is there for those who log in. */
  | 'no-login'
  | 'wrong-login'

export interface RegistryOptions {
  /** Whatever is well formed and in no family runs as an opaque service. */
  readonly anyImage?: boolean
  /**
   * One registry answers for every host, and has nothing but the families' images. Of some programs it has stand-ins:
   * one version under every tag, one size (compressed, in bytes), or only the port of a server. So was the recorded
   * cluster's.
   */
  readonly mirror?: {
    readonly versions: Readonly<Record<string, string>>
    readonly sizes?: Readonly<Record<string, number>>
    readonly ports: Readonly<Record<string, number>>
  }
}

export type { Login } from './registry-accounts.ts'

export class Registry {
  /** Who may log in where, and what they may do there. */
  readonly accounts = new RegistryAccounts()
  /** Hosts that nobody gets through to (`docker.io`); `*`: none of them. */
  readonly down = new Set<string>()
  /** Hosts from which nobody may pull any more today who is not logged in. */
  readonly limited = new Set<string>()
  /** Whatever is well formed and in no family runs as an opaque service. */
  anyImage: boolean
  readonly #api: ApiServer
  readonly #names: DnsSources
  readonly #mirror: RegistryOptions['mirror']
  readonly #found = new Map<string, FoundImage>()
  readonly #layers = new Set<string>()
  readonly #archived = new Map<string, { readonly content: ImageContent; readonly image: Image }>()
  /** What was pushed in this world, by name with tag and by name with digest. */
  readonly #pushed = new Map<string, FoundImage>()

  /** `api`, `names`: of the cluster, for programs that are part of it. */
  constructor(api: ApiServer, names: DnsSources, options: RegistryOptions = {}) {
    this.#api = api
    this.#names = names
    this.anyImage = options.anyImage ?? false
    this.#mirror = options.mirror
  }

  /** `docker.io/library/nginx`, in any tag? */
  hasRepository(name: string): boolean {
    if (findFamily(name)) return true
    for (const pushed of this.#pushed.keys()) if (pushed.startsWith(`${name}:`)) return true
    return false
  }

  /** Tags of a repository: those that were pushed, and the main ones of its family. */
  tagsOf(name: string): string[] {
    const family = findFamily(name)
    const tags = new Set(family ? mainTags(family) : [])
    for (const pushed of this.#pushed.keys())
      if (pushed.startsWith(`${name}:`)) tags.add(pushed.slice(name.length + 1))
    return [...tags].sort()
  }

  /** What was pushed under a name with tag or digest. */
  pushed(name: string): FoundImage | undefined {
    return this.#pushed.get(name)
  }

  /** Whether somebody pushed under a name as people write it: `learner/hellok8s:v1`. */
  wasPushed(reference: string): boolean {
    const name = canonicalName(reference)
    return name !== undefined && this.#pushed.has(fullName(name))
  }

  /** What a push leaves there: from now on it can be pulled by that name and by its digest. */
  push(found: FoundImage): void {
    this.#pushed.set(found.name, found)
    this.#pushed.set(found.digest, found)
  }

  /** What archives of images hold, by the id of the image: their layers stand in no text. */
  archive(content: ImageContent, image: () => Image): void {
    this.#archived.set(content.id, {
      content,
      get image() {
        return image()
      },
    })
  }

  archived(id: string): { readonly content: ImageContent; readonly image: Image } | undefined {
    return this.#archived.get(id)
  }

  /** Does this host, or this repository, have a layer: was something pulled from there, or pushed there, that has it? */
  hasLayer(place: string, diffId: string): boolean {
    return this.#layers.has(`${place} ${diffId}`)
  }

  addLayer(place: string, diffId: string): void {
    this.#layers.add(`${place} ${diffId}`)
  }

  /** It has stand-ins of some programs: images are those of the recorded cluster. */
  get isMirror(): boolean {
    return this.#mirror !== undefined
  }

  isDown(host: string): boolean {
    return this.down.has(host) || this.down.has('*')
  }

  /** Has this host, which counts the pulls of an address, had enough of whoever comes with these logins? */
  isLimited(host: string, logins: readonly Login[]): boolean {
    return this.limited.has(host) && !logins.some(login => this.accounts.isRight(host, login))
  }

  find(reference: string): FoundImage | undefined {
    const parsed = canonicalName(reference)
    if (!parsed) return undefined
    const { host, tag, digest } = parsed
    const repository = `${host}/${parsed.path}`
    const name = `${repository}:${tag}`
    const pushed = this.#pushed.get(digest ? `${repository}@${digest}` : name)
    if (pushed) return pushed
    let found = this.#found.get(name)
    if (!found) {
      found = this.#make(name, repository, tag)
      if (found) this.#found.set(name, found)
    }
    return found
  }

  /** Why `find` found nothing, or what keeps this login from it; undefined where it can be pulled. */
  refusal(reference: string, logins: readonly Login[] = []): Missing | undefined {
    const { host, path, tag } = canonicalName(reference)!
    if (!this.accounts.isOpen(host, path)) {
      if (logins.length === 0) return 'no-login'
      if (!logins.some(login => this.accounts.mayPull(host, path, login))) return 'wrong-login'
    }
    if (this.find(reference)) return undefined
    if (this.#mirror || !tag) return 'not-found'
    if (!isKnownHost(host)) return 'unknown-host'
    return this.hasRepository(`${host}/${path}`) ? 'not-found' : 'denied'
  }

  /** The first of these logins that opens its repository, as a client that tries one after another finds it. */
  admitted<T extends Login>(reference: string, logins: readonly T[]): T | undefined {
    const { host, path } = canonicalName(reference)!
    return this.accounts.isOpen(host, path)
      ? logins[0]
      : logins.find(login => this.accounts.mayPull(host, path, login))
  }

  #make(name: string, repository: string, tag: string): FoundImage | undefined {
    const digest = `${repository}@sha256:${digestOf(name)}`
    const family = findFamily(repository)
    const known = family && findTag(family, tag || 'latest')
    if (!family || !known) {
      if (!this.anyImage || family) return undefined
      const made = { repository, tag, version: '', variant: '' }
      return this.#lazy({ tag, size: sizeOf(name, mb(60)), name, digest }, 'opaque', made)
    }
    const mirror = this.#mirror
    const size =
      mirror?.sizes?.[family.program] ?? family.sizes?.[tag] ?? sizeOf(name, family.size, known.variant)
    const port = mirror?.ports[family.program]
    if (port !== undefined)
      return this.#lazy({ tag, size, name, digest }, 'stand-in', {
        repository,
        tag,
        ...known,
        detail: String(port),
      })
    const version = mirror?.versions[family.program] ?? known.version
    const made = { repository, tag, version, variant: known.variant, detail: family.detail }
    return this.#lazy({ tag, size, name, digest }, family.program, made)
  }

  /** The image itself is made when it is first looked at: only then its program is needed. */
  #lazy(found: Omit<FoundImage, 'image'>, program: string, wanted: WantedImage): FoundImage {
    const api = this.#api
    const names = this.#names
    let image: Image | undefined
    return {
      ...found,
      get image() {
        return (image ??= makers.get(program)(wanted, api, names))
      },
    }
  }
}

/** Small variants are small, and no two images have the same size. */
function sizeOf(name: string, size: number, variant = ''): number {
  const factor = /alpine|musl/.test(variant) ? 0.35 : /slim/.test(variant) ? 0.5 : 1
  return Math.round(size * factor * (1 + (new Random(1).fork(`size of ${name}`).below(1000) - 500) / 20_000))
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
