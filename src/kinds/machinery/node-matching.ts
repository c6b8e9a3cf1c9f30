// Which nodes a pod may use by its own words: node selector, required node affinity and tolerations of taints.
// Rules: k8s.io/component-helpers/scheduling/corev1.
import type { KubeObject } from '../object.ts'
import type { NodeSelectorTerm, PodSpec, Toleration } from '../schema/types.ts'
import { matchesMap, matchesOne } from './matchers.ts'

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
  readonly timeAdded?: string
}

/** Does one of the tolerations put up with the taint? */
export const tolerates = (tolerations: readonly Toleration[] | undefined, taint: Taint): boolean =>
  !!tolerations?.some(t => toleratesTaint(t, taint))

export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = 'Equal', value = '', effect = '' } = toleration
  if (effect && effect !== taint.effect) return false
  if (key && key !== taint.key) return false
  return operator === 'Exists' || (key !== '' && value === (taint.value ?? ''))
}

/** One node selector term: a term that says nothing matches nothing. */
export function matchesTerm({ matchExpressions, matchFields }: NodeSelectorTerm, node: KubeObject): boolean {
  if (!matchExpressions?.length && !matchFields?.length) return false
  const fields = { 'metadata.name': node.metadata.name }
  return (
    (matchExpressions ?? []).every(r => matchesOne(r, node.metadata.labels)) &&
    (matchFields ?? []).every(r => matchesOne(r, fields))
  )
}

/** The required part of a pod's affinity to nodes, as a test; undefined where it wants nothing. */
export function requiredNodeAffinity(spec: PodSpec): ((node: KubeObject) => boolean) | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const { nodeSelector } = spec
  if (!terms && !nodeSelector) return undefined
  return node =>
    matchesMap(nodeSelector, node.metadata.labels) && (!terms || terms.some(term => matchesTerm(term, node)))
}
