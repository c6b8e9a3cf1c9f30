import type { KubeObject } from '../object.ts'
import type { Volume } from '../schema/types.ts'

/** The claim behind a volume of a pod, of its own name or as an ephemeral volume; undefined of other volumes. */
export function claimNameOf(pod: KubeObject, volume: Volume): string | undefined {
  if (volume.ephemeral) return `${pod.metadata.name}-${volume.name}`
  return volume.persistentVolumeClaim?.claimName
}

/** Why a claim that has the name of a pod's ephemeral volume is not the pod's; undefined where it is (VolumeIsForPod). */
export function foreignClaim({ metadata }: KubeObject, claim: KubeObject): string | undefined {
  const owner = claim.metadata.ownerReferences?.find(each => each.controller)
  if (owner && owner.uid === metadata.uid) return undefined
  const { namespace, name } = claim.metadata
  return `PVC ${namespace}/${name} was not created for pod ${metadata.namespace}/${metadata.name} (pod is not owner)`
}
