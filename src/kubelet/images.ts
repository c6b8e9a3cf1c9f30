// The images of one node: what is there, pulls one after another (serializeImagePulls), and the back-off between failed
// ones. Rules: pkg/kubelet/images/image_manager.go; the words of failures are containerd's.

import {
  canonicalName,
  endpointOf,
  type FoundImage,
  fullName,
  type Login,
  type Missing,
  type Registry,
} from '../containers/registry.ts'
import { limitWords } from '../containers/registry-limit.ts'
import { routeTo } from '../containers/registry-route.ts'
import type { ContainerSpec } from '../containers/types.ts'
import type { Engine } from '../engine/engine.ts'
import type { Files } from '../engine/files.ts'
import { latencies } from '../engine/latencies.ts'
import type { Random } from '../engine/random.ts'
import { Deferred, sleep, type Task, wait } from '../engine/task.ts'
import { Backoff } from './backoff.ts'
import { ImageAccess, type SecretLogin } from './image-access.ts'
import type { Pod } from './types.ts'

export type ImageResult =
  | { readonly ok: true; readonly found: FoundImage }
  | { readonly ok: false; readonly reason: string; readonly message: string }

export type ImageEvent = (type: 'Normal' | 'Warning', reason: string, message: string) => void

/** How long a dial lasts: documented (Go's net/http). */
const dialTimeoutMs = 30_000
/** So long before the world begins its cluster was set up: chosen. */
const installedMs = 480_000
/** No larger image was measured: what is larger comes in layers of that size at most, each with a chance of its own. */
const layerMegabytes = 22.3

export class ImageManager {
  readonly #engine: Engine
  readonly #registry: Registry
  readonly #disk: { readonly slowness: number }
  readonly #present = new Map<string, FoundImage>()
  readonly #tagOnly = new Set<string>()
  readonly #access = new ImageAccess()
  /** When each came, ms since 1970; those that were there from the beginning came with the machine. */
  readonly #since = new Map<string, number>()
  readonly #backoff: Backoff
  readonly #chance: Random
  readonly #files: (() => Files) | undefined
  /** The last pull in the queue. */
  #pulling: Deferred<void> | undefined
  readonly #lastErrors = new Map<string, string>()

  /** `chance`: a stream of its own, for what pulls take. `files`: the node's, for containerd's settings of registries. */
  constructor(
    engine: Engine,
    registry: Registry,
    disk: { readonly slowness: number },
    chance: Random,
    files?: () => Files,
  ) {
    this.#files = files
    this.#engine = engine
    this.#registry = registry
    this.#disk = disk
    this.#chance = chance
    this.#backoff = new Backoff(engine, 10_000, 300_000)
  }

  /** Names of the images that are on the node. */
  get present(): readonly FoundImage[] {
    return [...this.#present.values()]
  }

  find(reference: string): FoundImage | undefined {
    return this.#present.get(key(reference))
  }

  /** An image that is there without a pull. */
  add(reference: string): void {
    const found = this.#registry.find(reference)
    if (found) this.#present.set(key(reference), found)
  }

  /** Puts an image there under a name; by ctr it has only its tag for a name, not its digest. */
  put(reference: string, found: FoundImage, tagOnly = false): void {
    const name = key(reference)
    this.#present.set(name, { ...found, name })
    this.#since.set(name, this.#engine.now)
    if (tagOnly) this.#tagOnly.add(name)
  }

  /** When an image of this name came. */
  since(name: string): number {
    return this.#since.get(name) ?? this.#engine.epoch - installedMs
  }

  isTagOnly(name: string): boolean {
    return this.#tagOnly.has(name)
  }

  remove(reference: string): boolean {
    this.#tagOnly.delete(key(reference))
    this.#access.forget(key(reference))
    return this.#present.delete(key(reference))
  }

  /** A pull outside of any pod. */
  *fetch(reference: string, logins: readonly Login[] = []): Task<ImageResult> {
    const parsed = canonicalName(reference)
    if (!parsed)
      return { ok: false, reason: 'InvalidImageName', message: `invalid reference format: ${reference}` }
    return yield* this.#pull(reference, fullName(parsed), logins)
  }

  /** `logins`: what the pod's secrets say for the registry of the image. */
  *ensure(
    pod: Pod,
    wanted: Pick<ContainerSpec, 'image' | 'imagePullPolicy'>,
    event: ImageEvent,
    logins: (host: string) => readonly SecretLogin[] = () => [],
  ): Task<ImageResult> {
    const { image = '', imagePullPolicy: policy = 'IfNotPresent' } = wanted
    const fail = (reason: string, message: string): ImageResult => ({ ok: false, reason, message })
    const parsed = canonicalName(image)
    if (!parsed) {
      const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`
      event('Warning', 'InspectFailed', message)
      return fail('InvalidImageName', message)
    }
    const present = this.find(image)
    const shown = logins(parsed.host)
    const isOpen = this.#access.isOpenTo(key(image), shown)
    if (present && policy !== 'Always' && isOpen) {
      yield* sleep(this.#chance.draw(latencies.lookUp))
      event('Normal', 'Pulled', presentMessage(image))
      return { ok: true, found: present }
    }
    if (policy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`
      event('Warning', 'ErrImageNeverPull', message)
      return fail('ErrImageNeverPull', message)
    }
    const backoffKey = `${pod.metadata.uid}_${image}`
    if (this.#backoff.isInBackOffSinceUpdate(backoffKey)) {
      event('Normal', 'BackOff', `Back-off pulling image "${image}"`)
      const last = this.#lastErrors.get(backoffKey)
      return fail('ImagePullBackOff', `Back-off pulling image "${image}": ${last}`)
    }
    const asked = this.#engine.now
    event('Normal', 'Pulling', `Pulling image "${image}"`)
    // One pull at a time: wait for the ones before.
    const before = this.#pulling
    const done = new Deferred<void>()
    this.#pulling = done
    if (before && !before.settled) yield* wait(before)
    const began = this.#engine.now
    const result = yield* this.#pull(image, fullName(parsed), shown)
    done.settle()
    if (!result.ok) {
      event('Warning', 'Failed', `Failed to pull image "${image}": ${result.message}`)
      this.#backoff.next(backoffKey, this.#engine.now)
      this.#lastErrors.set(backoffKey, `ErrImagePull: ${result.message}`)
      return result
    }
    const { found } = result
    const took = `${duration(this.#engine.now - began)} (${duration(this.#engine.now - asked)} including waiting)`
    event(
      'Normal',
      'Pulled',
      `Successfully pulled image "${image}" in ${took}. Image size: ${found.size} bytes.`,
    )
    this.#present.set(key(image), found)
    this.#since.set(key(image), this.#engine.now)
    this.#access.pulled(key(image), this.#registry.admitted(image, shown))
    return result
  }

  *#pull(image: string, name: string, logins: readonly Login[] = []): Task<ImageResult> {
    const again = this.find(image) !== undefined
    /** The kubelet drops the code of an error that has none (Unknown). */
    const failed = (why: string, code?: string): ImageResult => ({
      ok: false,
      reason: 'ErrImagePull',
      message: `${code ? `rpc error: code = ${code} desc = ` : ''}failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${why}`,
    })
    const { host, path, tag, digest } = canonicalName(image)!
    const url = `https://${endpointOf(host).name}/v2/${path}/manifests/${digest ?? tag}`
    const request = `failed to do request: Head "${url}"`
    const route = routeTo(this.#registry, this.#files?.(), host)
    if (route === 'silent') {
      yield* sleep(dialTimeoutMs)
      return failed(`${request}: dial tcp ${endpointOf(host).address}:443: i/o timeout`, 'DeadlineExceeded')
    }
    if (typeof route === 'object') return failed(`${request}: ${route.why}`)
    const refusal = this.#registry.refusal(image, logins)
    if (refusal) {
      yield* sleep(this.#chance.draw(latencies.pullRefused))
      if (refusal === 'unknown-host')
        return failed(
          `${request}: dial tcp: lookup ${host.replace(/:.*/, '')} on ${nameServer}:53: no such host`,
        )
      return refusal === 'not-found'
        ? failed(`${name}: not found`, 'NotFound')
        : failed(refusals[refusal](host, tag))
    }
    const found = this.#registry.find(image)!
    if (route === 'open' && this.#registry.isLimited(host, logins)) {
      yield* sleep(this.#chance.draw(latencies.pullRefused))
      const message = `failed to pull and unpack image "${name}": ${limitWords(found)}`
      return { ok: false, reason: 'ErrImagePull', message }
    }
    yield* sleep(this.#chance.draw(latencies.pullAgain))
    if (!again) yield* sleep(this.fetchMs(found))
    return { ok: true, found }
  }

  /** How long it takes to bring an image here that is not there, once the registry has said what it is. */
  fetchMs({ size }: FoundImage): number {
    let ms = 0
    for (let left = size / 1e6; left > 0; left -= layerMegabytes)
      ms += Math.min(left, layerMegabytes) * this.#chance.draw(latencies.pullMegabyte)
    return ms * this.#disk.slowness
  }
}

const nameServer = '10.0.2.1'
const deniedWords = 'pull access denied, repository does not exist or may require authorization: '

/** How registries keep somebody out, in containerd's words: each has ways of its own. */
const refusals: Record<
  Exclude<Missing, 'unknown-host' | 'not-found'>,
  (host: string, tag: string) => string
> = {
  denied: (host, tag) => {
    if (host === 'ghcr.io')
      return 'failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden'
    if (host === 'quay.io') return `unexpected status code [manifests ${tag}]: 401 UNAUTHORIZED`
    return `${deniedWords}server message: insufficient_scope: authorization failed`
  },
  'no-login': () => `${deniedWords}authorization failed: no basic auth credentials`,
  'wrong-login': (_host, tag) => `unexpected status code [manifests ${tag}]: 401 Unauthorized`,
}

const presentMessage = (image: string) =>
  `Container image "${image}" already present on machine and can be accessed by the pod`

/** Images are found under their full name, however they are written. */
function key(reference: string): string {
  const parsed = canonicalName(reference)
  return parsed ? `${parsed.host}/${parsed.path}:${parsed.tag}` : reference
}

/** As Go prints a duration that was cut to milliseconds. */
export function duration(ms: number): string {
  const whole = Math.floor(ms)
  if (whole < 1000) return `${whole}ms`
  const seconds = String(Number((whole / 1000).toFixed(3)))
  return whole < 60_000
    ? `${seconds}s`
    : `${Math.floor(whole / 60_000)}m${Number(((whole % 60_000) / 1000).toFixed(3))}s`
}
