// Rows of what pods run on and are reached by: nodes, Services, Ingresses, claims.
import { parseTime } from '../../engine/engine.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type {
  EndpointSlice,
  Ingress,
  Node,
  NodeCondition,
  PersistentVolumeClaim,
  Service,
  Taint,
} from '../../kinds/schema/types.ts'
import type { ClaimRow, IngressRow, NodeRow, ServiceRow } from './rows.ts'

const base = ({ metadata, kind }: KubeObject) => ({
  uid: metadata.uid ?? `${kind}/${metadata.namespace}/${metadata.name}`,
  namespace: metadata.namespace ?? '',
  name: metadata.name,
})

const readyOf = ({ status }: Node): NodeCondition | undefined =>
  status.conditions?.find(each => each.type === 'Ready')

/** Since when a node counts as lost, and since when its pods are tainted; undefined where it reports. */
export function lostSince(node: Node): { since: number; tainted: number | undefined } | undefined {
  const condition = readyOf(node)
  if (condition?.status !== 'Unknown') return
  const taint = node.spec.taints?.find(
    each => each.key === 'node.kubernetes.io/unreachable' && each.effect === 'NoExecute',
  )
  const tainted = taint?.timeAdded
  return {
    since: parseTime(condition.lastTransitionTime ?? node.metadata.creationTimestamp ?? ''),
    tainted: tainted ? parseTime(tainted) : undefined,
  }
}

export function nodeRow(node: Node, at: (time: number) => number): NodeRow {
  const ready = readyOf(node)
  const lost = lostSince(node)
  const taints = node.spec.taints ?? []
  const cordoned = node.spec.unschedulable === true
  const own = taints.find(
    each => each.effect !== 'PreferNoSchedule' && !/^node\.kubernetes\.io\//.test(each.key),
  )
  const controlPlane = own?.key === 'node-role.kubernetes.io/control-plane'
  const pressure = node.status.conditions?.find(
    each => each.type.endsWith('Pressure') && each.status === 'True',
  )
  return {
    row: 'node',
    ...base(node),
    word: ready?.status === 'True' ? 'Ready' : 'NotReady',
    lost: lost !== undefined,
    ...(lost
      ? { line: { say: 'nodeLost', since: at(lost.since) } }
      : pressure
        ? { line: { say: 'nodePressure', with: { type: pressure.type } } }
        : {}),
    ...(cordoned
      ? { closed: { say: 'cordoned' } }
      : controlPlane
        ? { closed: { say: 'controlPlane' } }
        : own
          ? { closed: { say: 'tainted', with: { taint: taintText(own) } } }
          : {}),
  }
}

const taintText = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}:${effect}`

/** `ready` and `total`: pods behind it, by its EndpointSlices. */
export function serviceRow(service: Service, ready: number, total: number): ServiceRow {
  const { spec } = service
  const port = spec.ports?.[0]
  const ip = spec.type === 'ExternalName' ? spec.externalName : spec.clusterIP
  const nodePort = port?.nodePort ? `:${port.nodePort}` : ''
  return {
    row: 'service',
    ...base(service),
    type: spec.type ?? 'ClusterIP',
    // An alias takes no notice of its selector.
    selects: spec.type !== 'ExternalName' && Object.keys(spec.selector ?? {}).length > 0,
    address: `${ip === 'None' ? 'None' : (ip ?? '')}${port ? `:${port.port}` : ''}${nodePort && ` ${nodePort}`}`,
    ready,
    total,
  }
}

export function ingressRow(ingress: Ingress): IngressRow {
  const rules = ingress.spec.rules ?? []
  const backends = [
    ingress.spec.defaultBackend,
    ...rules.flatMap(rule => (rule.http?.paths ?? []).map(each => each.backend)),
  ]
  const services = backends.flatMap(each => each?.service?.name ?? [])
  return {
    row: 'ingress',
    ...base(ingress),
    hosts: [...new Set(rules.map(rule => rule.host ?? '*'))].join(', '),
    services: [...new Set(services)],
  }
}

export function claimRow(claim: PersistentVolumeClaim): ClaimRow {
  return {
    row: 'claim',
    ...base(claim),
    phase: claim.status.phase ?? 'Pending',
    capacity: claim.status.capacity?.storage ?? claim.spec.resources.requests?.storage ?? '',
  }
}

/** The pods behind an EndpointSlice, by uid: whether they get requests. */
export function endpointsOf(slice: EndpointSlice): Map<string, boolean> {
  return new Map(
    (slice.endpoints ?? [])
      .filter(each => each.targetRef?.kind === 'Pod')
      .map(each => [each.targetRef?.uid ?? '', each.conditions?.ready !== false]),
  )
}
