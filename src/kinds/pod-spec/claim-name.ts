import type { AnyObject } from '../object.ts'

/** The claim behind a volume of a pod, of its own name or as an ephemeral volume; undefined of other volumes. */
export function claimNameOf(pod: AnyObject, volume: any): string | undefined {
  if (volume.ephemeral) return `${pod.metadata.name}-${volume.name}`
  return volume.persistentVolumeClaim?.claimName
}
