// NetworkPolicy as a network plugin enforces it: a pod that no policy selects takes and makes every connection; one that
// is selected only those that some rule allows. What comes from the pod's own node (probes) is never held back.
// Rules: https://kubernetes.io/docs/concepts/services-networking/network-policies/.
import type { Informer, Informers } from '../api/informer.ts'
import { selects } from '../kinds/machinery/labels.ts'
import type {
  Container,
  ContainerPort,
  Namespace,
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Pod,
} from '../kinds/schema/types.ts'
import { inRange, parseAddress, parseCidr } from './addresses.ts'
import type { Host } from './host.ts'

type Direction = 'Ingress' | 'Egress'

/** Where the rules come from: the policies there are, and namespaces by name. */
export interface PolicySource {
  readonly policies: Pick<Informer<NetworkPolicy>, 'size' | 'eachByIndex'>
  readonly namespaces: () => Pick<Informer<Namespace>, 'get'>
}

/** What a rule looks at: a pod, or an address without one. */
export type Peer = Pick<Host, 'pod' | 'node' | 'address'>

export const policiesOf = (informers: Informers): PolicySource => ({
  policies: informers.of('networkpolicies.networking.k8s.io'),
  namespaces: () => informers.of('namespaces'),
})

export class PolicyTable {
  readonly #policies: PolicySource['policies']
  readonly #namespaces: PolicySource['namespaces']

  constructor({ policies, namespaces }: PolicySource) {
    this.#policies = policies
    this.#namespaces = namespaces
  }

  /** May `from` open a connection to a port of `to`? */
  allows(from: Peer, to: Peer, port: number, protocol: string): boolean {
    if (this.#policies.size === 0 || from === to) return true
    if (!from.pod && from.node === to.node && from.node !== '') return true
    return (
      this.#open('Egress', from, to, to, port, protocol) &&
      this.#open('Ingress', to, from, to, port, protocol)
    )
  }

  #open(
    direction: Direction,
    subject: Peer,
    peer: Peer,
    server: Peer,
    port: number,
    protocol: string,
  ): boolean {
    const pod = subject.pod
    if (!pod) return true
    const { namespace = '', labels = {} } = pod.metadata
    let selected = false
    for (const { spec } of this.#policies.eachByIndex('namespace', namespace)) {
      const types = spec.policyTypes ?? ['Ingress', ...(spec.egress ? ['Egress'] : [])]
      if (!types.includes(direction) || !selects(spec.podSelector ?? {}, labels)) continue
      selected = true
      const rules: (NetworkPolicyIngressRule & NetworkPolicyEgressRule)[] =
        (direction === 'Ingress' ? spec.ingress : spec.egress) ?? []
      for (const rule of rules) {
        const peers = (direction === 'Ingress' ? rule.from : rule.to) ?? []
        const isPeer = peers.length === 0 || peers.some(p => this.#matchesPeer(p, peer, namespace))
        if (isPeer && matchesPort(rule.ports ?? [], server, port, protocol)) return true
      }
    }
    return !selected
  }

  #matchesPeer(rule: NetworkPolicyPeer, peer: Peer, namespace: string): boolean {
    if (rule.ipBlock) {
      const address = parseAddress(peer.address)
      const { cidr, except = [] } = rule.ipBlock
      return inRange(parseCidr(cidr), address) && !except.some(e => inRange(parseCidr(e), address))
    }
    const pod = peer.pod
    if (!pod) return false
    const own = pod.metadata.namespace ?? ''
    const inNamespace = rule.namespaceSelector
      ? selects(rule.namespaceSelector, this.#namespaces().get(own)?.metadata.labels ?? {})
      : own === namespace
    return inNamespace && (!rule.podSelector || selects(rule.podSelector, pod.metadata.labels ?? {}))
  }
}

function matchesPort(
  ports: readonly NetworkPolicyPort[],
  server: Peer,
  port: number,
  protocol: string,
): boolean {
  if (ports.length === 0) return true
  return ports.some(({ port: wanted, endPort, protocol: spoken = 'TCP' }) => {
    if (spoken !== protocol) return false
    if (wanted === undefined) return true
    if (typeof wanted === 'number')
      return endPort === undefined ? port === wanted : port >= wanted && port <= endPort
    return namedPorts(server.pod, wanted, protocol).includes(port)
  })
}

/** Numbers of a port's name for a protocol; init containers that go on running (sidecars) have ports too. */
const namedPorts = (pod: Pod | undefined, name: string, protocol: string): number[] =>
  [...(pod?.spec.containers ?? []), ...(pod?.spec.initContainers ?? [])]
    .flatMap((c: Container) => c.ports ?? [])
    .filter((p: ContainerPort) => p.name === name && (p.protocol ?? 'TCP') === protocol)
    .map((p: ContainerPort) => p.containerPort)
