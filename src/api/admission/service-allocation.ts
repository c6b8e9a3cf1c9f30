// Cluster IPs and node ports: pkg/registry/core/service/storage/alloc.go, allocated from the upper band of their range
// first (ipallocator, portallocator). Each IP has an IPAddress object. Left out: dual stack, health check node ports.
import { type FieldError, invalid as invalidField } from '../../kinds/machinery/field-error.ts'
import type { AnyObject } from '../../kinds/object.ts'
import type { Call } from '../call.ts'
import { invalid, plainError } from '../errors.ts'
import { equalJson } from '../json.ts'
import { storeKey, type Table } from '../store.ts'
import type { Admission, Review } from './admission.ts'

const portRange = { from: 30000, to: 32767, dynamicFrom: 30086 }
const defaultRange = '20.1.0.0/16'
const addresses = 'ipaddresses.networking.k8s.io'

export const serviceAllocation: Admission = {
  name: 'ServiceAllocation',
  resources: ['services'],
  admit(review) {
    const { object, old, subresource } = review
    if (subresource) return
    if (old) keepAllocated(object, old)
    setFamilies(review)
    if (old && needsNodePorts(object.spec)) refuseTwins(object)
  },
  allocate(review) {
    const { operation, object, old, subresource } = review
    if (subresource) return
    if (operation === 'DELETE') return release(review, undefined)
    const { spec } = object
    if (needsIP(spec)) allocateIP(review)
    if (needsNodePorts(spec)) allocatePorts(review)
    if (old) release(review, object)
  },
}

const needsIP = ({ type, clusterIP }: AnyObject): boolean => type !== 'ExternalName' && clusterIP !== 'None'
const needsNodePorts = ({ type, allocateLoadBalancerNodePorts }: AnyObject): boolean =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false)

const refuse = ({ object }: Review, ...errors: FieldError[]) =>
  invalid({ group: '', kind: 'Service' }, object.metadata.name, errors)

/** normalizeClusterIPs and patchAllocatedValues: the two fields follow each other, and what an update leaves out stays. */
function keepAllocated({ spec }: AnyObject, { spec: old }: AnyObject): void {
  if (!spec.clusterIPs?.length && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs
  if (spec.clusterIP !== old.clusterIP && equalJson(spec.clusterIPs, old.clusterIPs)) {
    if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP]
    else delete spec.clusterIPs
  }
  if (needsIP(old) && needsIP(spec)) {
    spec.clusterIP ||= old.clusterIP
    if (!spec.clusterIPs?.length && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs
  }
  if (!needsNodePorts(old) || !needsNodePorts(spec)) return
  const given = new Set(spec.ports?.map((p: AnyObject) => p.nodePort))
  const used = new Set(old.ports?.map((p: AnyObject) => p.nodePort).filter((port: number) => given.has(port)))
  const byName = new Map<string, number>((old.ports ?? []).map((p: AnyObject) => [p.name ?? '', p.nodePort]))
  for (const port of spec.ports ?? []) {
    const before = byName.get(port.name ?? '')
    if (!port.nodePort && before && !used.has(before)) port.nodePort = before
  }
}

/** initIPFamilyFields, on a cluster with IPv4 alone. */
function setFamilies(review: Review): void {
  const { spec } = review.object
  if (spec.type === 'ExternalName') return
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP]
  if (spec.clusterIP === 'None' && !Object.keys(spec.selector ?? {}).length) {
    if (!spec.ipFamilies?.length)
      spec.ipFamilies = spec.ipFamilyPolicy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6']
    spec.ipFamilyPolicy ??= spec.ipFamilies.length > 1 ? 'RequireDualStack' : 'SingleStack'
    return
  }
  const errors: FieldError[] = []
  if (spec.ipFamilyPolicy === 'RequireDualStack')
    errors.push(
      invalidField(
        'spec.ipFamilyPolicy',
        spec.ipFamilyPolicy,
        'this cluster is not configured for dual-stack services',
      ),
    )
  for (const [i, family] of (spec.ipFamilies ?? []).entries())
    if (family !== 'IPv4')
      errors.push(invalidField(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster'))
  if (errors.length) throw refuse(review, ...errors)
  if (!spec.ipFamilies?.length) spec.ipFamilies = ['IPv4']
  spec.ipFamilyPolicy ??= 'SingleStack'
}

function allocateIP(review: Review): void {
  const { call, object, old } = review
  const { spec } = object
  const { store, engine } = call.server
  const taken = (ip: string) => store.table(addresses).get(ip) !== undefined
  const range = parseRange(call)
  if (spec.clusterIP) {
    if (old?.spec.clusterIP === spec.clusterIP) return
    const ip = ipNumber(spec.clusterIP)
    const why =
      ip === undefined || ip <= range.base || ip >= range.base + range.size - 1
        ? 'the provided network does not match the current range'
        : taken(spec.clusterIP)
          ? 'provided IP is already allocated'
          : ''
    if (why)
      throw refuse(
        review,
        invalidField('spec.clusterIPs', spec.clusterIPs, `failed to allocate IP ${spec.clusterIP}: ${why}`),
      )
  } else {
    const reserved = Math.min(Math.max(16, range.size / 16), 256)
    do spec.clusterIP = ipText(range.base + engine.random.between(reserved, range.size - 2))
    while (taken(spec.clusterIP))
    spec.clusterIPs = [spec.clusterIP]
  }
  if (!call.dryRun) keepAddress(call, object)
}

function keepAddress({ server }: Call, { metadata, spec }: AnyObject): void {
  const { store, engine } = server
  const name: string = spec.clusterIP
  const object = {
    kind: 'IPAddress',
    apiVersion: 'networking.k8s.io/v1',
    metadata: {
      name,
      uid: engine.random.uuid(),
      resourceVersion: store.nextVersion(),
      generation: 1,
      creationTimestamp: engine.timestamp,
      labels: {
        'ipaddress.kubernetes.io/ip-family': 'IPv4',
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: { parentRef: { resource: 'services', namespace: metadata.namespace, name: metadata.name } },
  } as AnyObject
  store.put(store.table(addresses), name, { object, managed: undefined })
}

/** Node ports in use, by `TCP/30000`. */
const portIndexes = new WeakMap<Table, Map<string, string>>()

function portsInUse({ table }: Call): Map<string, string> {
  let index = portIndexes.get(table)
  if (index) return index
  index = new Map()
  portIndexes.set(table, index)
  const ports = index
  const add = (service: AnyObject) => {
    const { namespace, name } = service.metadata
    for (const { nodePort, protocol } of service.spec.ports ?? [])
      if (nodePort) ports.set(portKey(protocol, nodePort), storeKey(namespace, name))
  }
  for (const { object } of table.list()) add(object)
  table.observe((old, now) => {
    for (const { nodePort, protocol } of old?.spec.ports ?? [])
      if (nodePort) ports.delete(portKey(protocol, nodePort))
    if (now) add(now)
  })
  return ports
}
const portKey = (protocol: string | undefined, port: number) => `${protocol ?? 'TCP'}/${port}`

function allocatePorts(review: Review): void {
  const { call, object } = review
  const { metadata, spec } = object
  const own = storeKey(metadata.namespace, metadata.name)
  const inUse = portsInUse(call)
  const { random } = call.server.engine
  const mine = new Set<string>()
  for (const [i, port] of (spec.ports ?? []).entries()) {
    const field = `spec.ports[${i}].nodePort`
    if (port.nodePort) {
      const { from, to } = portRange
      if (port.nodePort < from || port.nodePort > to)
        throw refuse(
          review,
          invalidField(
            field,
            port.nodePort,
            `provided port is not in the valid range. The range of valid ports is ${from}-${to}`,
          ),
        )
      const user = inUse.get(portKey(port.protocol, port.nodePort))
      if (user && user !== own)
        throw refuse(review, invalidField(field, port.nodePort, 'provided port is already allocated'))
    } else {
      // One number for all protocols of a port, as the real allocator prefers.
      const twin = spec.ports.find(
        (p: AnyObject) => p.port === port.port && p.nodePort && p.protocol !== port.protocol,
      )
      if (twin && !inUse.has(portKey(port.protocol, twin.nodePort))) port.nodePort = twin.nodePort
      else
        do port.nodePort = random.between(portRange.dynamicFrom, portRange.to)
        while (
          ['TCP', 'UDP', 'SCTP'].some(
            p => inUse.has(portKey(p, port.nodePort)) || mine.has(portKey(p, port.nodePort)),
          )
        )
    }
    const key = portKey(port.protocol, port.nodePort)
    mine.add(key)
  }
}

/** An update finds one node port given twice before anything else does. */
function refuseTwins({ spec }: AnyObject): void {
  const seen = new Set<string>()
  for (const { nodePort, protocol = 'TCP' } of spec.ports ?? []) {
    const key = portKey(protocol, nodePort)
    if (nodePort && seen.has(key)) throw plainError(`duplicate nodePort: {${protocol} ${nodePort}}`)
    seen.add(key)
  }
}

/** Gives back the address that the service no longer has. */
function release({ call, old }: Review, now: AnyObject | undefined): void {
  const before = old?.spec.clusterIP
  if (!before || before === 'None' || before === now?.spec.clusterIP || call.dryRun) return
  const { store } = call.server
  const table = store.table(addresses)
  const stored = table.get(before)
  if (!stored) return
  const metadata = { ...stored.object.metadata, resourceVersion: store.nextVersion() }
  store.remove(table, before, { ...stored, object: { ...stored.object, metadata } as AnyObject })
}

function parseRange({ server }: Call): { base: number; size: number } {
  const found = server.lookup('servicecidrs.networking.k8s.io', undefined, 'kubernetes')?.spec.cidrs?.[0]
  const [ip = '', bits = ''] = String(found ?? defaultRange).split('/')
  return { base: ipNumber(ip) ?? 0, size: 2 ** (32 - Number(bits)) }
}

function ipNumber(ip: string): number | undefined {
  const parts = ip.split('.').map(Number)
  return parts.length === 4 && parts.every(p => p >= 0 && p < 256)
    ? parts.reduce((sum, part) => sum * 256 + part, 0)
    : undefined
}
const ipText = (n: number): string => [24, 16, 8, 0].map(shift => Math.floor(n / 2 ** shift) % 256).join('.')
