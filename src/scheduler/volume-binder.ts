// Claims of a class that waits for a consumer get their volume when their pod gets a node: the filter asks which nodes
// have one, and before the pod is bound the volume is given to the claim, or a provisioner is told the node.
// Rules: plugins/volumebinding/binder.go. Left out: scores by capacity, allowedTopologies, CSIStorageCapacity.

import { expectRefusal } from '../api/errors.ts'
import type { Informers } from '../api/informer.ts'
import { parseQuantity } from '../kinds/machinery/quantity.ts'
import { findVolume, storageClassOf, volumeReaches } from '../kinds/machinery/volume-matching.ts'
import { claimReference } from '../kinds/persistentvolumeclaim.ts'
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../kinds/schema/types.ts'
import type { SchedulerContext } from './scheduler.ts'

/** What each claim is to get: a volume that is there, or one that its class's provisioner makes. */
interface Given {
  readonly claim: PersistentVolumeClaim
  readonly volume: PersistentVolume | undefined
}
type Plan = readonly Given[]

const noProvisioner = 'kubernetes.io/no-provisioner'
const selectedNode = 'volume.kubernetes.io/selected-node'
/** An estimate: how often it looks whether the claims are bound. */
const pollMs = 1000
/** VolumeBindingTimeoutSeconds, as documented. */
const timeoutMs = 600_000

const asked = ({ spec }: PersistentVolumeClaim): bigint =>
  parseQuantity(spec.resources?.requests?.storage).nano

/** For a node: what its claims would get there, or why there is nothing. */
export function findVolumes(
  claims: readonly PersistentVolumeClaim[],
  informers: Informers,
): (node: Node) => Plan | string {
  const volumes = informers.of('persistentvolumes')
  const classes = informers.of('storageclasses.storage.k8s.io')
  // The smallest first, so that none takes a volume that a larger one needs.
  const ordered = [...claims].sort((a, b) => Number(asked(a) - asked(b)))
  return node => {
    const plan: Given[] = []
    const usable = (volume: PersistentVolume): boolean =>
      !plan.some(each => each.volume === volume) && volumeReaches(volume, node)
    for (const claim of ordered) {
      const chosen = claim.metadata.annotations?.[selectedNode]
      if (chosen && chosen !== node.metadata.name) return noVolume
      const volume = chosen ? undefined : findVolume(volumes.all(), claim, { usable })
      if (!volume && classes.get(storageClassOf(claim))?.provisioner === noProvisioner) return noVolume
      plan.push({ claim, volume })
    }
    return plan
  }
}

const noVolume = "node(s) didn't find available persistent volumes to bind"

export interface Binding {
  /** Whether the pod still counts on the node. */
  readonly isWanted: () => boolean
  readonly done: () => void
  readonly failed: (why: string) => void
}

/** Gives the claims what was found for them, and looks every second whether they are bound. */
export function bindVolumes(
  { client, informers, engine }: SchedulerContext,
  claims: readonly PersistentVolumeClaim[],
  node: Node,
  { isWanted, done, failed }: Binding,
): void {
  const plan = findVolumes(claims, informers)(node)
  if (typeof plan === 'string') {
    failed(`binding volumes: ${plan}`)
    return
  }
  try {
    plan.forEach(give)
  } catch (error) {
    expectRefusal(error)
    failed(`binding volumes: ${(error as Error).message}`)
    return
  }
  const until = engine.now + timeoutMs
  const background = plan.some(each => !each.volume)
  const look = (): void => {
    if (!isWanted()) return
    const found = informers.of('persistentvolumeclaims')
    const isBound = claims.every(
      ({ metadata: { namespace = '', name } }) =>
        found.find(namespace, name)?.metadata.annotations?.['pv.kubernetes.io/bind-completed'],
    )
    if (isBound) done()
    else if (engine.now >= until) failed('binding volumes: context deadline exceeded')
    else engine.after(pollMs, look, { background })
  }
  engine.after(pollMs, look, { background })

  function give({ claim, volume }: Given): void {
    const { uid } = claim.metadata
    if (!volume) {
      const annotations = { ...claim.metadata.annotations, [selectedNode]: node.metadata.name }
      client
        .resource('persistentvolumeclaims')
        .update({ ...claim, metadata: { ...claim.metadata, annotations } })
      return
    }
    if (volume.spec.claimRef?.uid === uid) return
    const claimRef = claimReference(claim)
    const annotations = { ...volume.metadata.annotations, 'pv.kubernetes.io/bound-by-controller': 'yes' }
    client.resource('persistentvolumes').update({
      ...volume,
      metadata: { ...volume.metadata, annotations },
      spec: { ...volume.spec, claimRef },
    })
  }
}
