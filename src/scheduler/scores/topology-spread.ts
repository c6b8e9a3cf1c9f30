// PodTopologySpread: pods of a set far from each other. A pod that says nothing is spread by the system's defaults, over
// nodes and zones, together with the pods of its services and its controller. Rules: plugins/podtopologyspread/scoring.go.
import { dictionary, ownValue } from '../../engine/dictionary.ts'
import { matchesMap, selectorMatcher } from '../../kinds/machinery/matchers.ts'
import type { ReplicaSet, ReplicationController, StatefulSet } from '../../kinds/schema/types.ts'
import { type Constraint, constraintsOf, countMatching } from '../filters/topology-spread.ts'
import type { NodeInfo } from '../node-info.ts'
import type { PodInfo } from '../pod-info.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Score } from './score.ts'

const hostname = 'kubernetes.io/hostname'

export const topologySpread: Score = {
  name: 'PodTopologySpread',
  weight: 2,
  of(pod, nodes, snapshot) {
    const own = !!pod.pod.spec.topologySpreadConstraints?.length
    const constraints = own ? constraintsOf(pod, 'ScheduleAnyway') : defaultConstraints(pod, snapshot)
    if (constraints.length === 0) return undefined
    const ignored = (node: NodeInfo) => own && !constraints.every(c => c.key in node.labels)
    const valued = nodes.filter(node => !ignored(node))
    const counts = constraints.map(c => {
      const values = new Map<string, number>()
      if (c.key !== hostname) for (const node of valued) values.set(ownValue(node.labels, c.key) ?? '', 0)
      return values
    })
    for (const [i, c] of constraints.entries()) {
      if (c.key === hostname || (counts[i]!.size === 1 && counts[i]!.has(''))) continue
      for (const node of snapshot.list) {
        const value = ownValue(node.labels, c.key) ?? ''
        const before = counts[i]!.get(value)
        if (before === undefined || ignored(node) || !c.includes(node)) continue
        counts[i]!.set(value, before + countMatching(node, c, pod.namespace))
      }
    }
    const weights = constraints.map((c, i) =>
      Math.log((c.key === hostname ? valued.length : counts[i]!.size) + 2),
    )
    const scores = nodes.map(node => {
      if (ignored(node)) return -1
      let score = 0
      for (const [i, c] of constraints.entries()) {
        const value = ownValue(node.labels, c.key)
        if (value === undefined) continue
        const count = c.key === hostname ? countMatching(node, c, pod.namespace) : counts[i]!.get(value)!
        score += count * weights[i]! + c.maxSkew - 1
      }
      return Math.round(score)
    })
    let least = Number.MAX_SAFE_INTEGER
    let most = 0
    for (const score of scores) {
      if (score < 0) continue
      least = Math.min(least, score)
      most = Math.max(most, score)
    }
    return scores.map(score => {
      if (score < 0) return 0
      return most === 0 ? 100 : Math.trunc((100 * (most + least - score)) / most)
    })
  },
}

/** Selectors by what they are made of, so that counts of nodes can be remembered from pod to pod. */
const known = new WeakMap<object, Map<string, Constraint[]>>()

function defaultConstraints(pod: PodInfo, snapshot: Snapshot): Constraint[] {
  const tests: ((labels: Record<string, string> | undefined) => boolean)[] = []
  let identity = pod.namespace
  for (const service of snapshot.services.eachByIndex('namespace', pod.namespace)) {
    const { selector } = service.spec
    if (!selector || !matchesMap(selector, pod.labels)) continue
    tests.push(labels => matchesMap(selector, labels))
    identity += ` ${service.metadata.uid}`
  }
  const ref = pod.pod.metadata.ownerReferences?.find(o => o.controller)
  const resource = ref && controllers[ref.kind]
  const owner: Owner | undefined = resource && snapshot.informers.of(resource).find(pod.namespace, ref.name)
  if (owner) {
    if (owner.kind === 'ReplicationController') {
      const { selector } = owner.spec
      tests.push(labels => matchesMap(selector, labels))
    } else tests.push(selectorMatcher(owner.spec.selector))
    identity += ` ${owner.metadata.uid}`
  }
  if (tests.length === 0) return []
  let constraints = known.get(snapshot)?.get(identity)
  if (!constraints) {
    const selector: Constraint['selector'] = labels => tests.every(test => test(labels))
    const common = { selector, identity, minDomains: 1, includes: () => true }
    constraints = [
      { ...common, key: hostname, maxSkew: 3 },
      { ...common, key: 'topology.kubernetes.io/zone', maxSkew: 5 },
    ]
    if (!known.has(snapshot)) known.set(snapshot, new Map())
    known.get(snapshot)!.set(identity, constraints)
  }
  return constraints
}

type Owner = ReplicaSet | StatefulSet | ReplicationController
type OwnerResource = 'replicasets.apps' | 'statefulsets.apps' | 'replicationcontrollers'

const controllers: Readonly<Record<string, OwnerResource>> = dictionary({
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  ReplicationController: 'replicationcontrollers',
})
