// Taints and tolerations: NodeUnschedulable (a cordoned node is as one with a taint) and TaintToleration.
import type { PodInfo } from '../pod-info.ts'
import { type Filter, unresolvable } from './filter.ts'

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

/** corev1helpers.ToleratesTaint. */
export function tolerates(tolerations: readonly any[], taint: Taint): boolean {
  return tolerations.some(({ key = '', operator = 'Equal', value = '', effect = '' }) => {
    if (effect && effect !== taint.effect) return false
    if (key && key !== taint.key) return false
    return operator === 'Exists' || (key !== '' && value === (taint.value ?? ''))
  })
}

/** The first taint that keeps new pods away and is not tolerated. */
export const untolerated = (pod: PodInfo, taints: readonly Taint[] | undefined): Taint | undefined =>
  taints?.find(taint => taint.effect !== 'PreferNoSchedule' && !tolerates(pod.tolerations, taint))

const cordon: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

export const nodeUnschedulable: Filter = {
  name: 'NodeUnschedulable',
  wakes: ['node'],
  prepare(pod) {
    if (tolerates(pod.tolerations, cordon)) return undefined
    return ({ node }) => (node.spec?.unschedulable ? unresolvable('node(s) were unschedulable') : undefined)
  },
}

export const taintToleration: Filter = {
  name: 'TaintToleration',
  wakes: ['node'],
  prepare: pod => node =>
    untolerated(pod, node.node.spec?.taints) ? unresolvable('node(s) had untolerated taint(s)') : undefined,
}
