// Nodes as those see them who look for a place on one.
import { type Taint, tolerates } from '../../kinds/machinery/node-matching.ts'
import type { AnyObject } from '../../kinds/object.ts'
import type { View } from './view.ts'

export const isReadyNode = ({ status }: AnyObject): boolean =>
  status?.conditions?.find((each: AnyObject['status']) => each.type === 'Ready')?.status === 'True'

const master = 'node-role.kubernetes.io/control-plane'
const cordoned = 'node.kubernetes.io/unschedulable'

/** The nodes that work is meant for; all of them where that is none. */
export function workersOf(view: View): readonly AnyObject[] {
  const all = view.list('nodes')
  const workers = all.filter(({ metadata }) => metadata.labels?.[master] === undefined)
  return workers.length ? workers : all
}

/** The first taint of a node that keeps a pod away; a cordon is told apart from the taint that goes with it. */
export const effectOn = (node: AnyObject, spec: AnyObject['spec']): Taint | undefined =>
  ((node.spec?.taints ?? []) as Taint[]).find(
    taint =>
      taint.effect !== 'PreferNoSchedule' && taint.key !== cordoned && !tolerates(spec.tolerations, taint),
  )

export const taintText = ({ key, value, effect }: Taint): string =>
  `${key}${value ? `=${value}` : ''}:${effect}`
