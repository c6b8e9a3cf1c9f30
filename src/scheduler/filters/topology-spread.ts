// PodTopologySpread: pods of a set spread over the values of a node label. Rules: plugins/podtopologyspread.
import { ownValue } from '../../engine/dictionary.ts'
import { type LabelTest, selectorMatcher } from '../../kinds/machinery/matchers.ts'
import { requiredNodeAffinity } from '../../kinds/machinery/node-matching.ts'
import type { Pod, TopologySpreadConstraint } from '../../kinds/schema/types.ts'
import type { NodeInfo } from '../node-info.ts'
import { type PodInfo, withLabelKeys } from '../pod-info.ts'
import { always, type Filter, type Hint, rejected, unresolvable } from './filter.ts'
import { untolerated } from './taints.ts'

export interface Constraint {
  readonly key: string
  readonly maxSkew: number
  readonly minDomains: number
  readonly selector: LabelTest
  /** What counts of nodes are remembered under. */
  readonly identity: unknown
  readonly includes: (node: NodeInfo) => boolean
}

export function constraintsOf(pod: PodInfo, action: string): Constraint[] {
  const list: TopologySpreadConstraint[] = pod.pod.spec.topologySpreadConstraints ?? []
  return list
    .filter(c => c.whenUnsatisfiable === action)
    .map(c => {
      const affinity = c.nodeAffinityPolicy === 'Ignore' ? undefined : requiredNodeAffinity(pod.pod.spec)
      const honorsTaints = c.nodeTaintsPolicy === 'Honor'
      const selector = selectorMatcher(withLabelKeys(c, pod.labels))
      return {
        key: c.topologyKey,
        maxSkew: c.maxSkew,
        minDomains: c.minDomains ?? 1,
        selector,
        identity: selector,
        includes: ({ node }: NodeInfo) =>
          (!affinity || affinity(node)) && !(honorsTaints && untolerated(pod, node.spec?.taints)),
      }
    })
}

export const countMatching = (
  node: NodeInfo,
  { selector, identity }: Constraint,
  namespace: string,
): number =>
  node.countPods(
    identity,
    pod => pod.namespace === namespace && !pod.pod.metadata.deletionTimestamp && selector(pod.labels),
  )

/** A pod of the same namespace that one of the constraints counts. */
const concerns: Hint<Pod> = ({ metadata: { namespace, labels } }, pod) =>
  namespace === pod.namespace && constraintsOf(pod, 'DoNotSchedule').some(c => c.selector(labels))

export const topologySpread: Filter = {
  name: 'PodTopologySpread',
  wakes: { node: always, pod: concerns, 'pod-gone': concerns },
  prepare(pod, { list }) {
    const constraints = constraintsOf(pod, 'DoNotSchedule')
    if (constraints.length === 0) return undefined
    const counts = constraints.map(() => new Map<string, number>())
    for (const node of list) {
      if (!constraints.every(c => c.key in node.labels)) continue
      for (const [i, c] of constraints.entries()) {
        if (!c.includes(node)) continue
        const value = ownValue(node.labels, c.key)!
        counts[i]!.set(value, (counts[i]!.get(value) ?? 0) + countMatching(node, c, pod.namespace))
      }
    }
    const least = constraints.map((c, i) =>
      counts[i]!.size < c.minDomains ? 0 : Math.min(...counts[i]!.values(), Number.MAX_SAFE_INTEGER),
    )
    return node => {
      for (const [i, c] of constraints.entries()) {
        const value = ownValue(node.labels, c.key)
        const message = "node(s) didn't match pod topology spread constraints"
        if (value === undefined) return unresolvable(`${message} (missing required label)`)
        const self = c.selector(pod.labels) ? 1 : 0
        const skew = (counts[i]!.get(value) ?? 0) + self - least[i]!
        if (skew > c.maxSkew) return rejected(message)
      }
      return undefined
    }
  },
}
