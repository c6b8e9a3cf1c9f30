// What the scheduler works out of a pod once: requests, host ports, tolerations, affinity terms.
// Rules: k8s.io/component-helpers/resource PodRequests, pkg/scheduler/framework/types.go.

import { type LabelTest, selectorMatcher } from '../kinds/machinery/matchers.ts'
import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import { type HostPort, hostPortsOf } from '../kinds/pod-spec/host-ports.ts'
import type {
  Container,
  LabelSelector,
  Pod,
  PodAffinityTerm,
  PodSpec,
  Toleration,
  WeightedPodAffinityTerm,
} from '../kinds/schema/types.ts'

export interface Resources {
  /** Millicores. */
  cpu: number
  /** Bytes. */
  memory: number
  storage: number
  other: Record<string, number>
}

/** A term of pod (anti-)affinity, ready to be tested. */
export interface AffinityTerm {
  readonly topologyKey: string
  readonly matches: (pod: PodInfo) => boolean
  readonly weight: number
}

export interface PodInfo {
  readonly pod: Pod
  readonly uid: string
  readonly key: string
  readonly namespace: string
  readonly labels: Record<string, string>
  readonly priority: number
  readonly requests: Resources
  readonly usual: { cpu: number; memory: number }
  readonly hostPorts: readonly HostPort[]
  readonly tolerations: readonly Toleration[]
  readonly affinity: readonly AffinityTerm[]
  readonly antiAffinity: readonly AffinityTerm[]
  readonly preferredAffinity: readonly AffinityTerm[]
}

const known = new WeakMap<object, PodInfo>()

export function podInfo(pod: Pod): PodInfo {
  let info = known.get(pod)
  if (!info) known.set(pod, (info = makePodInfo(pod)))
  return info
}

function makePodInfo(pod: Pod): PodInfo {
  const { namespace = '', name, uid, labels = {} } = pod.metadata
  const { spec } = pod
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {}
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
  const terms = (list: (PodAffinityTerm | WeightedPodAffinityTerm)[] | undefined, sign = 1): AffinityTerm[] =>
    (list ?? []).map(each =>
      'podAffinityTerm' in each
        ? affinityTerm(each.podAffinityTerm, namespace, labels, sign * each.weight)
        : affinityTerm(each, namespace, labels, sign),
    )
  return {
    pod,
    uid: uid!,
    key: `${namespace}/${name}`,
    namespace,
    labels,
    priority: spec.priority ?? 0,
    requests: requestsOf(spec, 0, 0),
    usual: requestsOf(spec, 100, 200 * 1024 * 1024),
    hostPorts: hostPortsOf(spec),
    tolerations: spec.tolerations ?? [],
    affinity: terms(podAffinity?.[required]),
    antiAffinity: terms(podAntiAffinity?.[required]),
    preferredAffinity: [...terms(podAffinity?.[preferred]), ...terms(podAntiAffinity?.[preferred], -1)],
  }
}

/** The sum of the containers, or what the init containers need if that is more; plus the overhead. */
function requestsOf(spec: PodSpec, defaultCpu: number, defaultMemory: number): Resources {
  const read = (container: Container): Resources => {
    const { requests } = container.resources ?? {}
    const sum: Resources = { cpu: defaultCpu, memory: defaultMemory, storage: 0, other: {} }
    for (const name in requests) put(sum, name, requests[name]!)
    return sum
  }
  const total: Resources = { cpu: 0, memory: 0, storage: 0, other: {} }
  for (const container of spec.containers) each(total, read(container), (a, b) => a + b)
  if (spec.initContainers) {
    const sidecars: Resources = { cpu: 0, memory: 0, storage: 0, other: {} }
    const most: Resources = { cpu: 0, memory: 0, storage: 0, other: {} }
    for (const container of spec.initContainers) {
      const own = read(container)
      if (container.restartPolicy === 'Always') {
        each(total, own, (a, b) => a + b)
        each(sidecars, own, (a, b) => a + b)
        each(most, sidecars, Math.max)
      } else {
        each(own, sidecars, (a, b) => a + b)
        each(most, own, Math.max)
      }
    }
    each(total, most, Math.max)
  }
  const podLevel = spec.resources?.requests
  for (const name in podLevel) put(total, name, podLevel[name]!)
  for (const name in spec.overhead) {
    const more: Resources = { cpu: 0, memory: 0, storage: 0, other: {} }
    put(more, name, spec.overhead[name]!)
    each(total, more, (a, b) => a + b)
  }
  return total
}

function put(into: Resources, name: string, text: string): void {
  if (name === 'cpu') into.cpu = quantityMilliValue(text)
  else if (name === 'memory') into.memory = quantityValue(text)
  else if (name === 'ephemeral-storage') into.storage = quantityValue(text)
  else into.other[name] = quantityValue(text)
}

function each(into: Resources, from: Resources, combine: (a: number, b: number) => number): void {
  into.cpu = combine(into.cpu, from.cpu)
  into.memory = combine(into.memory, from.memory)
  into.storage = combine(into.storage, from.storage)
  for (const name in from.other) into.other[name] = combine(into.other[name] ?? 0, from.other[name]!)
}

function affinityTerm(
  term: PodAffinityTerm,
  namespace: string,
  labels: Record<string, string>,
  weight: number,
): AffinityTerm {
  const selector: LabelTest = selectorMatcher(withLabelKeys(term, labels))
  const namespaces: string[] =
    term.namespaces?.length || term.namespaceSelector ? (term.namespaces ?? []) : [namespace]
  // A namespace selector that is empty means all; labels of namespaces beyond their name are not looked at.
  const byName = term.namespaceSelector && selectorMatcher(term.namespaceSelector)
  const matches = (pod: PodInfo) =>
    (namespaces.includes(pod.namespace) || !!byName?.({ 'kubernetes.io/metadata.name': pod.namespace })) &&
    selector(pod.labels)
  return { topologyKey: term.topologyKey, matches, weight }
}

/** matchLabelKeys narrow a selector to pods with the incoming pod's own values. */
export function withLabelKeys(
  term: Pick<PodAffinityTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>,
  labels: Record<string, string>,
): LabelSelector | undefined {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term
  if (!matchLabelKeys.length && !mismatchLabelKeys.length) return labelSelector
  const more = (keys: string[], operator: string) =>
    keys.filter(key => key in labels).map(key => ({ key, operator, values: [labels[key]!] }))
  return {
    ...(labelSelector?.matchLabels && { matchLabels: labelSelector.matchLabels }),
    matchExpressions: [
      ...(labelSelector?.matchExpressions ?? []),
      ...more(matchLabelKeys, 'In'),
      ...more(mismatchLabelKeys, 'NotIn'),
    ],
  }
}
