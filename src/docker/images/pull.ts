// A pull: the registry is asked, the layers that are not here yet come side by side and are unpacked one upon the other.
import type { Layer } from '../../containers/content.ts'
import type { ImageName } from '../../containers/registry.ts'
import type { Login } from '../../containers/registry-accounts.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { catalogContent } from './catalog-content.ts'
import { imageEvent } from './events.ts'
import { bar, type LayerLines } from './layer-lines.ts'
import { measured } from './measured.ts'
import { familiarName, familiarReference, repositoryOf } from './reference.ts'
import { resolve } from './registry-client.ts'
import type { StoredImage } from './store.ts'

/** Bytes that come in a ms, and those that are unpacked in one: measured at pulls of 60 MB. */
const networkRate = 240_000
const unpackRate = 34_000
/** How often a bar moves (moby progressreader.go). */
const stepMs = 100

export const short = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12)

/** Ms until a layer is here, and until it is unpacked. */
export const downloadMs = (layer: Layer): number => 15 + layer.compressed / networkRate
export const unpackMs = (layer: Layer, { machine }: Daemon): number =>
  (25 + layer.size / unpackRate) * machine.disk.slowness

export interface Pulled {
  readonly stored: StoredImage
  readonly digest: string
  /** It was here like this. */
  readonly upToDate: boolean
}

/** The layers of a content that another image, or an earlier build, has on the disk already. */
export function presentLayers(daemon: Daemon): ReadonlySet<string> {
  const all = new Set<string>()
  for (const { content } of daemon.images.all) for (const { diffId } of content.layers) all.add(diffId)
  for (const diffId of daemon.cache.layers) all.add(diffId)
  return all
}

/**
 * Pulls one image into the daemon's store, with what is told on the way; throws what the registry says. For `docker run`
 * see `pullFor` (commands/pull.ts). Of what it answers with, or of `daemon.image(text)`, a container needs
 * `stored.content.config` (entrypoint, cmd, env, user, workingDir, exposed, volumes, stopSignal, healthcheck),
 * `stored.image` (its programs) and `imageFiles(now, stored)` (a root of its own, forked).
 */
export function* pull(
  daemon: Daemon,
  name: ImageName,
  login: Login | undefined,
  lines: LayerLines | undefined,
): Task<Pulled> {
  const pulled = yield* pullOne(daemon, name, login, lines)
  lines?.text(
    `Status: ${pulled.upToDate ? 'Image is up to date' : 'Downloaded newer image'} for ${familiarReference(name)}`,
  )
  return pulled
}

function* pullOne(
  daemon: Daemon,
  name: ImageName,
  login: Login | undefined,
  lines: LayerLines | undefined,
): Task<Pulled> {
  const found = yield* resolve(daemon, name, login)
  const content = catalogContent(found, daemon.machine.registry.isMirror, daemon.engine.epoch)
  for (const { diffId } of content.layers) daemon.machine.registry.addLayer(name.host, diffId)
  const digest = found.digest.split('@')[1]!
  const repository = repositoryOf(name)
  const known = daemon.images.get(content.id)
  const named = name.digest ? `${repository}@${name.digest}` : `${repository}:${name.tag}`
  const upToDate = known !== undefined && (known.tags.has(named) || known.digests.has(named))
  lines?.text(`${name.digest ? familiarPull(name) : name.tag}: Pulling from ${name.path}`)
  if (!known) yield* layers(daemon, content.layers, lines)
  const stored = daemon.images.add(content, () => found.image)
  stored.digests.add(`${repository}@${digest}`)
  if (!name.digest) {
    if (!stored.tags.has(named)) daemon.images.tag(stored, named, daemon.engine.now)
  }
  const repositoryName = familiarName(repository)
  imageEvent(
    daemon,
    'pull',
    name.digest ? `${repositoryName}@${digest}` : `${repositoryName}:${name.tag}`,
    repositoryName,
  )
  lines?.text(`Digest: ${digest}`)
  return { stored, digest, upToDate }
}

/** All tags that a registry has of a repository, as far as they are known here, one after another. */
export function* pullAll(
  daemon: Daemon,
  name: ImageName,
  login: Login | undefined,
  lines: LayerLines | undefined,
): Task {
  const repository = repositoryOf(name)
  const { registry } = daemon.machine
  const all = registry.tagsOf(repository)
  // The recorded mirror had only what was measured there.
  const measuredTags = registry.isMirror
    ? all.filter(tag => measured[`${familiarName(repository)}:${tag}`])
    : []
  const tags = measuredTags.length ? measuredTags : all
  // What is wrong with the repository is found out by its first tag.
  if (tags.length === 0) yield* resolve(daemon, name, login)
  for (const tag of tags) yield* pullOne(daemon, { ...name, tag }, login, lines)
  lines?.text(`Status: Downloaded newer image for ${familiarName(repository)}`)
}

const familiarPull = ({ host, path, digest }: ImageName): string => `${host}/${path}@${digest}`

/** All layers together: what has come is unpacked as soon as those below it are. */
function* layers(daemon: Daemon, all: readonly Layer[], lines: LayerLines | undefined): Task {
  const present = presentLayers(daemon)
  const missing = all.filter(layer => !present.has(layer.diffId))
  for (const layer of all)
    lines?.set(short(layer.digest), present.has(layer.diffId) ? 'Already exists' : 'Pulling fs layer')
  const slowness = daemon.machine.disk.slowness
  let elapsed = 0
  const ready = missing.map(layer => downloadMs(layer) * slowness)
  const order = missing.map((_, i) => i).sort((a, b) => ready[a]! - ready[b]!)
  for (const i of order) {
    const layer = missing[i]!
    const id = short(layer.digest)
    while (ready[i]! - elapsed > stepMs) {
      yield* sleep(stepMs)
      elapsed += stepMs
      const current = Math.round((layer.compressed * elapsed) / ready[i]!)
      lines?.set(id, 'Downloading', bar(current, layer.compressed))
    }
    const rest = Math.max(0, ready[i]! - elapsed)
    yield* sleep(rest)
    elapsed += rest
    // It is told only where checking takes long enough to be seen.
    if (layer.compressed > 2e6 || missing.length > 1) lines?.set(id, 'Verifying Checksum')
    lines?.set(id, 'Download complete')
  }
  for (const layer of missing) {
    const id = short(layer.digest)
    const whole = unpackMs(layer, daemon)
    for (let done = 0; done < whole; ) {
      const step = Math.min(stepMs, whole - done)
      yield* sleep(step)
      done += step
      if (done < whole)
        lines?.set(id, 'Extracting', bar(Math.round((layer.compressed * done) / whole), layer.compressed))
    }
    lines?.set(id, 'Pull complete')
  }
}
