// Which NetworkPolicy keeps a connection between two pods back, by the rules that the network itself goes by.
import { selects } from '../../kinds/machinery/labels.ts'
import type { NetworkPolicy, Pod } from '../../kinds/schema/types.ts'
import { PolicyTable } from '../../network/policies.ts'
import type { View } from './view.ts'

type Direction = 'Ingress' | 'Egress'

/** The first policy that selects one of both and, as far as they go, lets nothing of this through; the server's first. */
export function blocking(
  caller: Pod,
  server: Pod,
  port: number,
  view: View,
): { policy: NetworkPolicy; direction: Direction } | undefined {
  const from = peerOf(caller)
  const to = peerOf(server)
  const open = (policies: readonly NetworkPolicy[]): boolean =>
    new PolicyTable({
      policies: {
        size: policies.length,
        eachByIndex: (_, namespace) => policies.filter(each => each.metadata.namespace === namespace),
      },
      namespaces: () => ({ get: (name: string) => view.find('namespaces', undefined, name) }),
    }).allows(from, to, port, 'TCP')
  for (const [direction, pod] of [
    ['Ingress', server],
    ['Egress', caller],
  ] as const) {
    const { namespace, labels = {} } = pod.metadata
    const own = view
      .list('networkpolicies', namespace)
      .filter(each => typesOf(each).includes(direction) && selects(each.spec.podSelector ?? {}, labels))
      // For this direction alone.
      .map(policy => ({ policy, alone: { ...policy, spec: { ...policy.spec, policyTypes: [direction] } } }))
    if (!own.length || open(own.map(each => each.alone))) continue
    // The one that comes nearest: it has rules, where another forbids everything.
    const rules = ({ spec }: NetworkPolicy) =>
      (direction === 'Ingress' ? spec.ingress : spec.egress)?.length ?? 0
    const [nearest] = own.map(each => each.policy).sort((a, b) => rules(b) - rules(a))
    if (nearest) return { policy: nearest, direction }
  }
  return undefined
}

const typesOf = ({ spec }: NetworkPolicy): string[] =>
  spec.policyTypes ?? ['Ingress', ...(spec.egress ? ['Egress'] : [])]

/** Apart from each other, so that a node's way to its own pods plays no part. */
const peerOf = (pod: Pod) => ({ pod, node: pod.spec.nodeName ?? '', address: pod.status?.podIP ?? '' })
