// Eviction of a pod that keeps more on its node's disk than it may: localStorageEviction of
// pkg/kubelet/eviction/eviction_manager.go, in its order: an emptyDir over its sizeLimit, a pod over what the
// ephemeral-storage limits of its containers come to (its volumes count), a container over its own (its layer and its
// logs). Disks are measured about every half minute.
// Left out: evictions for the node's own sake (memory, disk, processes), since nodes here never run short.
import { criText } from '../containers/logs.ts'
import type { ContainerSpec } from '../containers/types.ts'
import { byteLength } from '../engine/bytes.ts'
import type { PodWorker } from './pod-worker.ts'
import { addResources, quantityValue } from './resources.ts'

/** An estimate: recorded once, an eviction came 30 s after the limit was passed (scenarios/03-pod/07-evicted). */
const periodMs = 35_000

interface Limit {
  readonly name: string
  /** As the kubelet writes it. */
  readonly text: string
}

const resource = 'ephemeral-storage'
const limitOf = ({ resources }: ContainerSpec): string | undefined => resources?.limits?.[resource]

export function watchStorage(worker: PodWorker): void {
  const { spec } = worker.pod
  // A volume in memory is as large as its limit: nothing more fits in.
  const volumes: Limit[] = (spec.volumes ?? []).flatMap(({ name, emptyDir: { sizeLimit, medium } = {} }) =>
    sizeLimit === undefined || medium === 'Memory' ? [] : [{ name, text: sizeLimit }],
  )
  const containers: Limit[] = spec.containers.flatMap(each => {
    const text = limitOf(each)
    return text === undefined ? [] : [{ name: each.name, text }]
  })
  if (volumes.length + containers.length === 0) return
  const { engine } = worker.kubelet
  const look = () => {
    if (worker.phase !== 'syncing') return
    engine.after(periodMs, look, { background: true })
    const message = overLimit(worker, volumes, containers)
    if (!message) return
    worker.kubelet.recorder.event(worker.pod, 'Warning', 'Evicted', message)
    worker.fail('Evicted', message)
    worker.terminate()
  }
  engine.after(periodMs, look, { background: true })
}

function overLimit(
  worker: PodWorker,
  volumes: readonly Limit[],
  containers: readonly Limit[],
): string | undefined {
  const volume = volumes.find(({ name, text }) => worker.volumes.onDisk(name) > quantityValue(text))
  if (volume) return `Usage of EmptyDir volume "${volume.name}" exceeds the limit "${volume.text}". `
  if (containers.length === 0) return undefined
  const used = new Map<string, number>()
  for (const { name } of worker.pod.spec.containers) used.set(name, usage(worker, name))
  const total = [...used.values()].reduce((sum, bytes) => sum + bytes, worker.volumes.onDisk())
  const allowed = addResources(containers.map(({ text }) => ({ [resource]: text })))![resource]!
  if (total > quantityValue(allowed))
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${allowed}. `
  const container = containers.find(({ name, text }) => used.get(name)! > quantityValue(text))
  return (
    container &&
    `Container ${container.name} exceeded its local ephemeral storage limit "${container.text}". `
  )
}

/** Bytes of a container's layer and of its log. */
function usage({ runtime }: PodWorker, name: string): number {
  const container = runtime.find(name)
  return container ? (container.options.layer?.used ?? 0) + byteLength(criText(container.log)) : 0
}
