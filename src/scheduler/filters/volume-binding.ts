// VolumeBinding: claims of the pod must be bound, or be of a class that binds when the pod has a node, and their volumes
// must be reachable from the node. Rules: plugins/volumebinding. Left out: capacity tracking of CSI drivers.

import type { Informers } from '../../api/informer.ts'
import { storageClassOf, volumeReaches } from '../../kinds/machinery/volume-matching.ts'
import { claimNameOf, foreignClaim } from '../../kinds/pod-spec/claim-name.ts'
import type { PersistentVolumeClaim, Pod } from '../../kinds/schema/types.ts'
import { volumeBinderParts } from '../loaders.ts'
import { always, type Filter, unresolvable } from './filter.ts'

export const volumeBinding: Filter = {
  name: 'VolumeBinding',
  wakes: {
    node: always,
    storage: ({ kind, metadata }, pod) =>
      kind !== 'PersistentVolumeClaim' ||
      (metadata.namespace === pod.namespace && claimNames(pod.pod).includes(metadata.name)),
  },
  prepare({ pod, namespace }, { informers }) {
    const names = claimNames(pod)
    if (names.length === 0) return undefined
    const claims = informers.of('persistentvolumeclaims')
    const volumes = informers.of('persistentvolumes')
    const classes = informers.of('storageclasses.storage.k8s.io')
    const bound: string[] = []
    const delayed: PersistentVolumeClaim[] = []
    let unbound = false
    for (const name of names) {
      const claim = claims.find(namespace, name)
      if (!claim)
        return isEphemeral(pod, name)
          ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
          : `persistentvolumeclaim "${name}" not found`
      if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`
      if (claim.status?.phase === 'Lost')
        return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`
      const fault = isEphemeral(pod, name) ? foreignClaim(pod, claim) : undefined
      if (fault) return fault
      const volume = claim.spec.volumeName
      if (volume && claim.metadata.annotations?.['pv.kubernetes.io/bind-completed']) bound.push(volume)
      else if (volume || classes.get(storageClassOf(claim))?.volumeBindingMode !== 'WaitForFirstConsumer') {
        unbound = true
      } else delayed.push(claim)
    }
    if (unbound) return 'pod has unbound immediate PersistentVolumeClaims'
    const find =
      delayed.length > 0
        ? volumeBinderParts.get('WaitForFirstConsumer').findVolumes(delayed, informers)
        : undefined
    return ({ node }) => {
      for (const name of bound) {
        const volume = volumes.get(name)
        if (!volume)
          return unresolvable('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)')
        if (!volumeReaches(volume, node))
          return unresolvable("node(s) didn't match PersistentVolume's node affinity")
      }
      const found = find?.(node)
      return typeof found === 'string' ? unresolvable(found) : undefined
    }
  },
}

/** The claims of a pod that get a volume only now that it has a node. */
export function delayedClaims(pod: Pod, informers: Informers): PersistentVolumeClaim[] {
  const claims = informers.of('persistentvolumeclaims')
  return claimNames(pod)
    .map(name => claims.find(pod.metadata.namespace ?? '', name))
    .filter(claim => claim !== undefined)
    .filter(claim => !claim.metadata.annotations?.['pv.kubernetes.io/bind-completed'])
}

const claimNames = (pod: Pod): string[] =>
  (pod.spec.volumes ?? []).flatMap(volume => claimNameOf(pod, volume) ?? [])

const isEphemeral = (pod: Pod, name: string): boolean =>
  (pod.spec.volumes ?? []).some(volume => volume.ephemeral && claimNameOf(pod, volume) === name)
