// Taints and tolerations: NodeUnschedulable (a cordoned node is as one with a taint) and TaintToleration.
import { type Taint, tolerates } from '../../kinds/machinery/node-matching.ts'
import type { PodInfo } from '../pod-info.ts'
import { type Filter, unresolvable } from './filter.ts'

/** The first taint that keeps new pods away and is not tolerated. */
export const untolerated = (pod: PodInfo, taints: readonly Taint[] | undefined): Taint | undefined =>
  taints?.find(taint => taint.effect !== 'PreferNoSchedule' && !tolerates(pod.tolerations, taint))

const cordon: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

export const nodeUnschedulable: Filter = {
  name: 'NodeUnschedulable',
  wakes: { node: node => !node.spec?.unschedulable },
  prepare(pod) {
    if (tolerates(pod.tolerations, cordon)) return undefined
    return ({ node }) => (node.spec?.unschedulable ? unresolvable('node(s) were unschedulable') : undefined)
  },
}

export const taintToleration: Filter = {
  name: 'TaintToleration',
  wakes: { node: (node, pod) => !untolerated(pod, node.spec?.taints) },
  prepare: pod => node =>
    untolerated(pod, node.node.spec?.taints) ? unresolvable('node(s) had untolerated taint(s)') : undefined,
}
