// Mirror pods: what a pod of the node's own files looks like in the API. pkg/kubelet/pod/mirror_client.go.
import type { ResourceClient } from '../api/client.ts'
import { expectRefusal, isNotFound } from '../api/errors.ts'
import type { ObjectMeta } from '../kinds/object.ts'
import type { Pod } from './types.ts'

const configHash = 'kubernetes.io/config.hash'

interface Named {
  readonly metadata: ObjectMeta
}

export const isMirror = ({ metadata }: Named): boolean =>
  metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined

/**
 * Shows a pod in the API (again), under a new uid or that of what shows it still; gives what is there then, undefined where
 * the API refuses.
 */
export function showMirror(pods: ResourceClient<Pod>, pod: Pod): Pod | undefined {
  const { name, namespace = '', labels, annotations = {}, ownerReferences } = pod.metadata
  const metadata = { name, namespace, labels, annotations, ownerReferences }
  try {
    const old = pods.find(namespace, name)
    const isSame = old?.metadata.annotations?.[configHash] === annotations[configHash]
    if (old && isSame) return old
    if (old) pods.delete(namespace, name, { gracePeriodSeconds: 0 })
    return pods.create({ ...pod, metadata, status: {} })
  } catch (error) {
    expectRefusal(error)
    return undefined
  }
}

/** A file of the node is not deleted through the API: what showed it goes, and comes again. */
export function endMirror(pods: ResourceClient<Pod>, { metadata }: Named): void {
  if (!metadata.deletionTimestamp || !metadata.deletionGracePeriodSeconds) return
  try {
    pods.delete(metadata.namespace ?? '', metadata.name, { gracePeriodSeconds: 0 })
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
