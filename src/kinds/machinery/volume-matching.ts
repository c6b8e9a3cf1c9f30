// Which volume a claim may have: pkg/controller/volume/persistentvolume and component-helpers' FindMatchingVolume.
import type { KubeObject } from '../object.ts'
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../schema/types.ts'
import { selectorMatcher } from './matchers.ts'
import { matchesTerm } from './node-matching.ts'
import { parseQuantity } from './quantity.ts'

/** The storage class of a claim or a volume; '' is none. */
export const storageClassOf = ({ metadata, spec }: PersistentVolume | PersistentVolumeClaim): string =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? ''

/** What a volume holds, in billionths of a byte, as quantities are compared. */
const volumeCapacity = (volume: PersistentVolume): bigint => parseQuantity(volume.spec.capacity?.storage).nano

/** Whether a volume is kept for this claim, by its name or bound to it already. */
export function isVolumeFor(volume: PersistentVolume, { metadata }: KubeObject): boolean {
  const ref = volume.spec.claimRef
  if (ref?.name !== metadata.name || ref?.namespace !== metadata.namespace) return false
  return !ref.uid || ref.uid === metadata.uid
}

/** Whether a volume can be reached from a node. */
export function volumeReaches(volume: PersistentVolume, node: Node): boolean {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms
  return !terms || terms.some(term => matchesTerm(term, node))
}

/** Why a volume is not what a claim asks for; undefined where it is. */
export function volumeMismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (volumeCapacity(volume) < parseQuantity(claim.spec.resources?.requests?.storage).nano)
    return 'requested PV is too small'
  if (storageClassOf(volume) !== storageClassOf(claim)) return 'storageClassName does not match'
  if ((volume.spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem'))
    return 'incompatible volumeMode'
  const modes = volume.spec.accessModes ?? []
  if (!(claim.spec.accessModes ?? []).every(mode => modes.includes(mode))) return 'incompatible accessMode'
  return undefined
}

export const volumeFits = (
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
  byName: boolean,
): boolean =>
  !volumeMismatch(volume, claim) &&
  (byName || !claim.spec.selector || selectorMatcher(claim.spec.selector)(volume.metadata.labels))

/** The smallest free volume that has what the claim asks for; one that is kept for it goes first. */
export function findVolume(
  volumes: Iterable<PersistentVolume>,
  claim: PersistentVolumeClaim,
  { onlyReserved = false, usable = () => true }: FindVolumeOptions = {},
): PersistentVolume | undefined {
  let best: PersistentVolume | undefined
  for (const volume of volumes) {
    const reserved = !!volume.spec.claimRef && isVolumeFor(volume, claim)
    if (volume.spec.claimRef ? !reserved : volume.status?.phase !== 'Available') continue
    if (volume.metadata.deletionTimestamp || !volumeFits(volume, claim, reserved)) continue
    // What is kept for the claim is what it gets, or nothing.
    if (reserved) return usable(volume) ? volume : undefined
    if (onlyReserved || !usable(volume)) continue
    const [size, least] = [volumeCapacity(volume), best && volumeCapacity(best)]
    const isFirst = best && volume.metadata.name < best.metadata.name
    if (least === undefined || size < least || (size === least && isFirst)) best = volume
  }
  return best
}

export interface FindVolumeOptions {
  /** Nothing but what is kept for the claim: others wait until its pod has a node. */
  readonly onlyReserved?: boolean
  readonly usable?: (volume: PersistentVolume) => boolean
}
