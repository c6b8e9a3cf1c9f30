// FROM: the layers of a base image come and are unpacked, as BuildKit shows it: manifests first, then every layer, then what
// is unpacked. The builder keeps layers that images have; a base that is built upon does not stand among the images.
import type { ImageContent, Layer } from '../../containers/content.ts'
import { fullName } from '../../containers/registry.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { downloadMs, presentLayers, unpackMs } from '../images/pull.ts'
import type { Status, Vertex } from './progress.ts'
import type { BaseImage } from './solver.ts'

/** An estimate: recorded as 0.0 s. */
const resolveMs = 18
/** How often a status that goes on is told: an estimate. */
const tellMs = 5000

/** Bytes of an OCI manifest: its text without blanks. */
function manifestSize({ configSize, layers }: ImageContent): number {
  const hash = `sha256:${'0'.repeat(64)}`
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: hash, size: configSize },
    layers: layers.map(({ compressed }) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: hash,
      size: compressed,
    })),
  }
  return JSON.stringify(manifest).length
}

function isHere(daemon: Daemon, content: ImageContent): boolean {
  const present = presentLayers(daemon)
  return content.layers.every(({ diffId }) => present.has(diffId))
}

export function* fetchBase(daemon: Daemon, base: BaseImage, content: ImageContent, vertex: Vertex): Task {
  const present = presentLayers(daemon)
  const { slowness } = daemon.machine.disk
  for (const { diffId } of content.layers) daemon.machine.registry.addLayer(base.name.host, diffId)
  const keep = () => {
    for (const layer of content.layers) daemon.cache.keepLayer(layer, vertex.name, daemon.engine.now)
  }
  vertex.start()
  if (isHere(daemon, content)) {
    keep()
    vertex.done()
    return
  }
  const { name, found } = base
  const resolving = vertex.status(`resolve ${fullName(name)}@${found.digest.split('@')[1]}`)
  yield* sleep(resolveMs)
  vertex.update(resolving, 0, true)
  const whole = (id: string, bytes: number) => vertex.update(vertex.status(id, bytes), bytes, true)
  whole(found.digest.split('@')[1]!, manifestSize(content))
  whole(content.id, content.configSize)
  const began = daemon.engine.now
  const downloads = content.layers.map((layer): [Layer, Status, number] => [
    layer,
    vertex.status(layer.digest, layer.compressed),
    downloadMs(layer) * slowness,
  ])
  const come = (elapsed: number, isTold: boolean) => {
    for (const [layer, status, ms] of downloads) {
      if (status.completed !== undefined) continue
      if (elapsed >= ms) vertex.update(status, layer.compressed, true)
      else if (isTold) vertex.update(status, Math.round((layer.compressed * elapsed) / ms), false)
    }
  }
  for (const [layer, , ms] of downloads) {
    const left = ms - (daemon.engine.now - began)
    if (left > 0) yield* sleep(left)
    come(daemon.engine.now - began, false)
    if (present.has(layer.diffId)) continue
    const unpacking = vertex.status(`extracting ${layer.digest}`)
    for (let rest = unpackMs(layer, daemon); rest > 0; rest -= tellMs) {
      yield* sleep(Math.min(rest, tellMs))
      come(daemon.engine.now - began, true)
      if (rest > tellMs) vertex.update(unpacking, 0, false)
    }
    vertex.update(unpacking, 0, true)
  }
  keep()
  vertex.done()
}
