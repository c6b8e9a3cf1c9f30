// Nodes as those see them who look for a place on one.
import { tolerates } from '../../kinds/machinery/node-matching.ts'
import type { Node, PodSpec, Taint } from '../../kinds/schema/types.ts'
import type { View } from './view.ts'

export const isReadyNode = ({ status }: Node): boolean =>
  status.conditions?.find(each => each.type === 'Ready')?.status === 'True'

const master = 'node-role.kubernetes.io/control-plane'
const cordoned = 'node.kubernetes.io/unschedulable'

/** The nodes that work is meant for; all of them where that is none. */
export function workersOf(view: View): readonly Node[] {
  const all = view.list('nodes')
  const workers = all.filter(({ metadata }) => metadata.labels?.[master] === undefined)
  return workers.length ? workers : all
}

/** The first taint of a node that keeps a pod away; a cordon is told apart from the taint that goes with it. */
export const effectOn = (node: Node, spec: Pick<PodSpec, 'tolerations'>): Taint | undefined =>
  node.spec.taints?.find(
    taint =>
      taint.effect !== 'PreferNoSchedule' && taint.key !== cordoned && !tolerates(spec.tolerations, taint),
  )

export const taintText = ({ key, value, effect }: Taint): string =>
  `${key}${value ? `=${value}` : ''}:${effect}`
