// What the pieces of the map share while they are drawn.
import type { MapWords } from '../../../../i18n/lab/map.en.ts'
import type { OwnerRow, PodRow } from '../../../worker/protocol.ts'

export interface Drawing {
  readonly t: MapWords
  /** Virtual ms since the world's start, now. */
  elapsed: number
  /** The Service whose plugs are shown: uid. */
  service: string | undefined
  owner(uid: string): OwnerRow | undefined
  /** Opens an object's card: `pod/default/web-1`. */
  open(object: string): void
}

/** Where a pod's band comes from: its owner's hue, hatched where it is made from an older template. */
export function bandClass(drawing: Drawing, pod: PodRow): string {
  const owner = drawing.owner(pod.owner)
  if (!owner) return 'band none'
  const old = owner.current !== '' && pod.revision !== owner.current
  return `band hue-${owner.hue % 4}${owner.hue > 3 ? ' again' : ''}${old ? ' old' : ''}`
}

export const hueClass = ({ hue }: OwnerRow): string => `hue-${hue % 4}${hue > 3 ? ' again' : ''}`
export const podPath = ({ namespace, name }: PodRow): string => `pod/${namespace}/${name}`
