// Cluster IPs and node ports: pkg/registry/core/service/storage/alloc.go, allocated from the upper band of their range
// first (ipallocator, portallocator). Each IP has an IPAddress object. Values are chosen before the validation, which
// looks at them, and taken after it. Left out: dual stack.
import { type FieldError, invalid as invalidField } from '../../kinds/machinery/field-error.ts'
import type { IPAddress, Service } from '../../kinds/schema/types.ts'
import { needsHealthCheck, needsNodePorts, nodePortRange, outOfRange } from '../../kinds/service.ts'
import { setFamilies } from '../../kinds/service-addresses.ts'
import type { Call } from '../call.ts'
import { ApiError, invalid, plainError } from '../errors.ts'
import { equalJson } from '../json.ts'
import type { Table } from '../store.ts'
import type { AdmissionOf, Review as AnyReview } from './admission.ts'

type Review = AnyReview<Service>

/** Where ports are taken from that nobody asked for by number. */
const dynamicFrom = 30086
const defaultRange = '20.1.0.0/16'
const addresses = 'ipaddresses.networking.k8s.io'

export const serviceAllocation: AdmissionOf<'services'> = {
  name: 'ServiceAllocation',
  resources: ['services'],
  admit(review) {
    if (review.subresource) return
    try {
      choose(review)
    } catch (error) {
      // Without a name it does not come to that: the validation says so.
      const { name, generateName } = review.object.metadata
      if (name || generateName || !(error instanceof ApiError)) throw error
    }
  },
  allocate(review) {
    const { call, operation, object, old, subresource } = review
    if (subresource || call.dryRun) return
    const address = operation === 'DELETE' ? undefined : object.spec.clusterIP
    const before = old?.spec.clusterIP
    if (address === before) return
    if (address && address !== 'None') keepAddress(call, object, address)
    if (before && before !== 'None') releaseAddress(call, before)
  },
}

function choose(review: Review): void {
  const { object, old } = review
  const { spec } = object
  if (old) keepAllocated(object, old)
  chooseFamilies(review)
  if (spec.type !== 'ExternalName' && spec.clusterIP !== 'None') chooseIP(review)
  if (needsNodePorts(spec)) choosePorts(review)
  if (needsHealthCheck(spec)) chooseHealthCheckPort(review)
}

/** A service that is to get a name has it by the time that it is refused. */
function refuse({ call, object }: Review, ...errors: FieldError[]): Error {
  const { name, generateName = '' } = object.metadata
  return invalid(
    { group: '', kind: 'Service' },
    name || generateName + call.server.engine.random.suffix(5),
    errors,
  )
}

/** normalizeClusterIPs and patchAllocatedValues: the two fields follow each other, and what an update leaves out stays. */
function keepAllocated({ spec }: Service, { spec: old }: Service): void {
  if (!spec.clusterIPs?.length && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs
  if (spec.clusterIP !== old.clusterIP && equalJson(spec.clusterIPs, old.clusterIPs)) {
    if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP]
    else delete spec.clusterIPs
  }
  if (old.type !== 'ExternalName' && spec.type !== 'ExternalName') {
    spec.clusterIP ||= old.clusterIP
    if (!spec.clusterIPs?.length && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs
  }
  if (needsHealthCheck(old) && needsHealthCheck(spec)) spec.healthCheckNodePort ||= old.healthCheckNodePort
  if (!needsNodePorts(old) || !needsNodePorts(spec)) return
  const given = new Set(spec.ports?.map(p => p.nodePort))
  const used = new Set(old.ports?.map(p => p.nodePort).filter(port => given.has(port)))
  const byName = new Map((old.ports ?? []).map(p => [p.name ?? '', p.nodePort]))
  for (const port of spec.ports ?? []) {
    const before = byName.get(port.name ?? '')
    if (!port.nodePort && before && !used.has(before)) port.nodePort = before
  }
}

/** initIPFamilyFields. */
function chooseFamilies(review: Review): void {
  const faults = setFamilies(review.object.spec, review.old?.spec)
  if (faults.length) throw refuse(review, ...faults)
}

function chooseIP(review: Review): void {
  const { call, object, old } = review
  const { spec } = object
  // Only a service that had no address can get one; the validation refuses other changes.
  if (old && old.spec.type !== 'ExternalName') return
  const { store, engine } = call.server
  const taken = (ip: string) => store.table(addresses).get(ip) !== undefined
  const range = parseRange(call)
  if (spec.clusterIP) {
    const ip = ipNumber(spec.clusterIP)
    const outside = call.dryRun
      ? `the provided IP (${spec.clusterIP}) is not in the valid range. The range of valid IPs is ${range.text}`
      : 'the provided network does not match the current range'
    const why =
      ip === undefined || ip <= range.base || ip >= range.base + range.size - 1
        ? outside
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
}

function keepAddress({ server }: Call, { metadata }: Service, name: string): void {
  const { store, engine } = server
  const object: IPAddress = {
    kind: 'IPAddress',
    apiVersion: 'networking.k8s.io/v1',
    metadata: {
      name,
      uid: engine.random.uuid(),
      resourceVersion: store.nextVersion(),
      creationTimestamp: engine.timestamp,
      labels: {
        'ipaddress.kubernetes.io/ip-family': 'IPv4',
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: { parentRef: { resource: 'services', namespace: metadata.namespace, name: metadata.name } },
  }
  store.put(store.table(addresses), name, { object, managed: undefined })
}

/** Node ports in use. The allocator knows numbers alone: one of TCP is not free for UDP. */
const portIndexes = new WeakMap<Table<Service>, Set<number>>()

const nodePorts = ({ spec }: Service): number[] => [
  ...(spec.ports ?? []).flatMap(({ nodePort }) => nodePort || []),
  ...(spec.healthCheckNodePort ? [spec.healthCheckNodePort] : []),
]

function portsInUse({ server }: Call): Set<number> {
  const table = server.store.table('services')
  let index = portIndexes.get(table)
  if (index) return index
  index = new Set([...table.list()].flatMap(({ object }) => nodePorts(object)))
  portIndexes.set(table, index)
  const ports = index
  table.observe((old, now) => {
    if (old) for (const port of nodePorts(old)) ports.delete(port)
    if (now) for (const port of nodePorts(now)) ports.add(port)
  })
  return ports
}

/** Why the number cannot be had. A dry run does not look at the range. */
function portFault({ call }: Review, port: number, mine: ReadonlySet<number>): string | undefined {
  const { from, to } = nodePortRange
  if (!call.dryRun && (port < from || port > to)) return outOfRange
  return portsInUse(call).has(port) || mine.has(port) ? 'provided port is already allocated' : undefined
}

function freePort({ call }: Review, mine: ReadonlySet<number>): number {
  const inUse = portsInUse(call)
  let port: number
  do port = call.server.engine.random.between(dynamicFrom, nodePortRange.to)
  while (inUse.has(port) || mine.has(port))
  return port
}

/** initNodePorts and updateNodePorts: one number for all protocols of a port; an update asks for each port alone. */
function choosePorts(review: Review): void {
  const { object, old } = review
  const ports = object.spec.ports ?? []
  const kept = new Set(old ? nodePorts(old) : [])
  const mine = new Set<number>()
  const byPort = new Map<number, number>()
  const seen = new Set<string>()
  const take = (port: number, i: number) => {
    if (kept.has(port) || (old && mine.has(port))) return
    const fault = portFault(review, port, mine)
    if (fault) throw refuse(review, invalidField(`spec.ports[${i}].nodePort`, port, fault))
    mine.add(port)
  }
  for (const [i, port] of ports.entries()) {
    const shared = old ? undefined : byPort.get(port.port)
    if (shared === undefined) {
      port.nodePort = (old ? port : ports.find(p => p.port === port.port && p.nodePort))?.nodePort
      if (port.nodePort) take(port.nodePort, i)
      else mine.add((port.nodePort = freePort(review, mine)))
      byPort.set(port.port, port.nodePort)
    } else if (!port.nodePort) port.nodePort = shared
    else if (port.nodePort !== shared) take(port.nodePort, i)
    const key = `{${port.protocol ?? 'TCP'} ${port.nodePort}}`
    if (old && seen.has(key)) throw plainError(`duplicate nodePort: ${key}`)
    seen.add(key)
  }
}

function chooseHealthCheckPort(review: Review): void {
  const { object, old } = review
  const { spec } = object
  const port = spec.healthCheckNodePort
  if (port && port === old?.spec.healthCheckNodePort) return
  const mine = new Set(nodePorts({ ...object, spec: { ...spec, healthCheckNodePort: 0 } }))
  const fault = port && portFault(review, port, mine)
  if (fault) throw plainError(`failed to allocate requested HealthCheck NodePort ${port}: ${fault}`)
  if (!port) spec.healthCheckNodePort = freePort(review, mine)
}

/** Gives back an address that its service no longer has. */
function releaseAddress({ server: { store } }: Call, address: string): void {
  const table = store.table(addresses)
  const stored = table.get(address)
  if (!stored) return
  const metadata = { ...stored.object.metadata, resourceVersion: store.nextVersion() }
  store.remove(table, address, { ...stored, object: { ...stored.object, metadata } })
}

function parseRange({ server }: Call): { base: number; size: number; text: string } {
  const found = server.lookup('servicecidrs.networking.k8s.io', undefined, 'kubernetes')?.spec.cidrs?.[0]
  const text = String(found ?? defaultRange)
  const [ip = '', bits = ''] = text.split('/')
  return { base: ipNumber(ip) ?? 0, size: 2 ** (32 - Number(bits)), text }
}

function ipNumber(ip: string): number | undefined {
  const parts = ip.split('.').map(Number)
  return parts.length === 4 && parts.every(p => p >= 0 && p < 256)
    ? parts.reduce((sum, part) => sum * 256 + part, 0)
    : undefined
}
const ipText = (n: number): string => [24, 16, 8, 0].map(shift => Math.floor(n / 2 ** shift) % 256).join('.')
