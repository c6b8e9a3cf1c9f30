// A push: the layers that the registry lacks go there, then the manifest that names them. What stands there then can be
// pulled by everyone who may, the kubelet's containerd among them (moby distribution/push_v2.go).
import { type ImageContent, type Layer, manifestText } from '../../containers/content.ts'
import { fullName, type ImageName } from '../../containers/registry.ts'
import { isHarbor, type Login, type PushRefusal } from '../../containers/registry-accounts.ts'
import { reachOf } from '../../containers/registry-hosts.ts'
import { toBytes } from '../../engine/bytes.ts'
import { sha256 } from '../../engine/sha256.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { imageEvent } from './events.ts'
import type { PushReport } from './layer-lines.ts'
import { short } from './pull.ts'
import { familiarName, familiarReference, repositoryOf } from './reference.ts'
import { reach } from './registry-client.ts'

/** Bytes that go out in a ms: an estimate; and how often a bar moves (moby progressreader.go). */
const uploadRate = 24_000
const stepMs = 100
/**
 * Estimates: one request of a push; a recorded one of an image that is there already takes 54 and 55 ms in all
 * (recordings/docker/chapter-2, push-terminal).
 */
const askMs = 15
const packMs = 25
/** So many layers go at a time; those behind wait. */
const sideBySide = 5

export interface Pushed {
  readonly digest: string
  /** Bytes of the manifest. */
  readonly size: number
}

/** What a registry says to who may not push, in its own words. */
function words(refusal: PushRefusal, { host, path }: ImageName): string {
  const project = path.split('/')[0]
  if (!isHarbor(host)) return 'denied: requested access to the resource is denied'
  // Without TLS it asks for a password at once; with it, by way of its token service.
  if (refusal === 'unauthorized' && reachOf(host) === 'plain') return 'no basic auth credentials'
  if (refusal === 'no-project')
    return `unauthorized: project ${project} not found: project ${project} not found`
  const action = `unauthorized to access repository: ${path}, action: push`
  return refusal === 'read-only' ? `denied: ${action}: ${action}` : `unauthorized: ${action}: ${action}`
}

/** Throws what the registry says, as it stands. */
export function* pushImage(
  daemon: Daemon,
  name: ImageName,
  login: Login | undefined,
  lines: PushReport | undefined,
): Task<Pushed> {
  const { registry } = daemon.machine
  const stored = daemon.image(fullName(name))
  const { content } = stored
  const layers = [...content.layers].reverse()
  for (const [i, { diffId }] of layers.entries())
    lines?.set(short(diffId), i < sideBySide ? 'Preparing' : 'Waiting')
  try {
    yield* reach(daemon, name.host)
  } catch (error) {
    if (!(error instanceof DaemonError)) throw error
    throw new DockerError(error.reason)
  }
  const refusal = registry.accounts.pushRefusal(name.host, name.path, login)
  const repository = repositoryOf(name)
  // A layer of a public image of the same host is taken over from there, by who may push at all.
  const has = ({ diffId }: Layer) =>
    (registry.hasLayer(repository, diffId) && !daemon.unmountable.has(diffId)) ||
    (!refusal && registry.hasLayer(name.host, diffId))
  const missing = layers.filter(layer => !has(layer))
  yield* sleep(askMs)
  if (refusal) {
    if (missing.length) {
      for (const { diffId } of missing)
        if (!registry.hasLayer(name.host, diffId)) daemon.unmountable.add(diffId)
      throw new DockerError(words(refusal, name))
    }
    // Nothing has to be sent, so only the manifest is refused.
    for (const { diffId } of layers) lines?.set(short(diffId), 'Layer already exists')
    if (name.host !== 'docker.io') throw new DockerError(words(refusal, name))
    throw new DockerError(`errors:\n${words(refusal, name)}\nunauthorized: authentication required\n`)
  }
  for (const layer of [...layers].reverse())
    if (!missing.includes(layer)) lines?.set(short(layer.diffId), 'Layer already exists')
  for (const layer of [...missing].reverse()) {
    yield* upload(daemon, layer, lines)
    registry.addLayer(repository, layer.diffId)
    daemon.unmountable.delete(layer.diffId)
  }
  for (const { diffId } of layers) registry.addLayer(repository, diffId)
  const pushed = manifestOf(content)
  yield* sleep(askMs)
  registry.push({
    get image() {
      return stored.image
    },
    tag: name.tag,
    size: content.layers.reduce((sum, { compressed }) => sum + compressed, content.configSize),
    name: fullName(name),
    digest: `${repository}@${pushed.digest}`,
    content,
  })
  stored.digests.add(`${repository}@${pushed.digest}`)
  imageEvent(daemon, 'push', familiarReference(name), familiarName(repositoryOf(name)))
  lines?.text(`${name.tag}: digest: ${pushed.digest} size: ${pushed.size}`)
  return pushed
}

function manifestOf(content: ImageContent): Pushed {
  const text = manifestText(content)
  return { digest: `sha256:${sha256(toBytes(text))}`, size: text.length }
}

function* upload({ machine }: Daemon, layer: Layer, lines: PushReport | undefined): Task {
  const id = short(layer.diffId)
  const whole = (packMs + layer.size / uploadRate) * machine.disk.slowness
  for (let done = 0; done < whole; ) {
    const step = Math.min(stepMs, whole - done)
    yield* sleep(step)
    done += step
    if (done < whole) lines?.amount(id, 'Pushing', Math.round((layer.size * done) / whole), layer.size)
  }
  lines?.set(id, 'Pushed')
}
