// The faults in the order of the panel, what each is done to, and how one is written as a command.
import type { Cluster } from '../../cluster/cluster.ts'
import type { Fault } from '../../cluster/fault.ts'

export type FaultType = Fault['type']

/** What a fault is done to: the name of its first value. */
const targets = {
  'node-lost': 'node',
  'kubelet-stopped': 'node',
  'container-killed': 'pod',
  'memory-leak': 'pod',
  'registry-down': 'host',
  'rate-limit': 'host',
  'dns-broken': 'how',
  'etcd-down': undefined,
  'slow-disk': 'node',
} as const satisfies Record<FaultType, string | undefined>

export const faultTypes = Object.keys(targets) as readonly FaultType[]
export const isFaultType = (text: string): text is FaultType => Object.hasOwn(targets, text)
export const targetOf = (type: FaultType): 'node' | 'pod' | 'host' | 'how' | undefined => targets[type]
/** It is over as soon as it is done: there is nothing to repair. */
export const isMomentary = (type: FaultType): boolean => type === 'container-killed'
/** Without a target it is done to all. */
export const mayBeAll = (type: FaultType): boolean => type === 'slow-disk' || type === 'registry-down'

const registries = ['docker.io', 'registry.k8s.io', 'quay.io', 'ghcr.io']
const ways = ['crash', 'servfail', 'silent']

interface PodChoice {
  readonly namespace: string
  readonly pod: string
}

/** Pods with a container that runs, those of the cluster itself last. */
function podChoices(cluster: Cluster): PodChoice[] {
  const all = [...cluster.kubelets.values()].flatMap(({ workers }) =>
    [...workers].map(({ pod }) => ({ namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name })),
  )
  const own = ({ namespace }: PodChoice) => Number(namespace === 'kube-system')
  return all.sort((a, b) => own(a) - own(b) || (a.pod < b.pod ? -1 : 1))
}

/** What a kind of fault can be done to in this world. Pods of other namespaces than default as `namespace/pod`. */
export function choicesOf(type: FaultType, cluster: Cluster): string[] {
  switch (targets[type]) {
    case 'node':
      return [...cluster.kubelets.keys()]
    case 'pod':
      return podChoices(cluster).map(({ namespace, pod }) =>
        namespace === 'default' ? pod : `${namespace}/${pod}`,
      )
    case 'host':
      return registries
    case 'how':
      return ways
    default:
      return []
  }
}

/** What a fault is done to, as a command names it; '' where it is all, or nothing. */
export function targetText(fault: Fault): string {
  const { node, host, how, namespace = 'default', pod } = fault as Partial<Record<string, string>>
  if (pod) return namespace === 'default' ? pod : `${namespace}/${pod}`
  return node ?? host ?? how ?? ''
}

/** `node-lost k8s-node1`, as it is typed behind `fault` and `fault repair`. */
export function faultText(fault: Fault): string {
  const { factor, mebibytesPerSecond, container } = fault as Partial<Record<string, string | number>>
  const more = Object.entries({ container, factor, mebibytesPerSecond }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  )
  return [fault.type, targetText(fault), ...more].filter(Boolean).join(' ')
}
