// NodeAffinity: the node selector and the required node affinity of a pod.
// Rules: k8s.io/component-helpers/scheduling/corev1/nodeaffinity.
import { matchesMap, matchesOne } from '../../kinds/machinery/matchers.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { type Filter, unresolvable } from './filter.ts'

/** One node selector term: a term that says nothing matches nothing. */
export function matchesTerm({ matchExpressions, matchFields }: AnyObject['spec'], node: AnyObject): boolean {
  if (!matchExpressions?.length && !matchFields?.length) return false
  const fields = { 'metadata.name': node.metadata.name }
  return (
    (matchExpressions ?? []).every((r: any) => matchesOne(r, node.metadata.labels)) &&
    (matchFields ?? []).every((r: any) => matchesOne(r, fields))
  )
}

/** The required part of a pod's affinity to nodes, as a test; undefined where it wants nothing. */
export function requiredNodeAffinity(spec: AnyObject['spec']): ((node: AnyObject) => boolean) | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const { nodeSelector } = spec
  if (!terms && !nodeSelector) return undefined
  return node =>
    matchesMap(nodeSelector, node.metadata.labels) &&
    (!terms || terms.some((term: AnyObject['spec']) => matchesTerm(term, node)))
}

export const nodeAffinity: Filter = {
  name: 'NodeAffinity',
  wakes: ['node'],
  prepare({ pod }) {
    const fits = requiredNodeAffinity(pod.spec)
    if (!fits) return undefined
    return ({ node }) =>
      fits(node) ? undefined : unresolvable("node(s) didn't match Pod's node affinity/selector")
  },
}
