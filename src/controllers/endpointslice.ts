// The endpoint slice controller: the addresses of a service's pods in slices of 100, each with its conditions (also of
// pods that are ending). Rules: pkg/controller/endpointslice, k8s.io/endpointslice/reconciler.go.
// Left out: IPv6, and the annotation service.kubernetes.io/topology-mode (trafficDistribution has taken its place).

import { splitKey } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { DiscoveryV1EndpointPort, Endpoint, EndpointSlice } from '../kinds/schema/types.ts'
import { newControllerRef } from './claim.ts'
import { enqueueAll, recorderFor, type StartController, WorkQueue } from './controller.ts'
import { ignoreNotFound } from './endpoints.ts'
import { isNamespaceEnding } from './pod-control.ts'
import type { Pod } from './pods.ts'
import { isReady } from './pods.ts'
import { inSlice } from './port-order.ts'
import {
  findPort,
  followPods,
  hasFixedPorts,
  hasHostname,
  isEndpoint,
  isHeadless,
  type Service,
  selectedPods,
  TriggerTimes,
  targetRef,
  withTrigger,
} from './service-pods.ts'

export const managedBy = 'endpointslice.kubernetes.io/managed-by'
export const serviceName = 'kubernetes.io/service-name'
const headless = 'service.kubernetes.io/headless'
const manager = 'endpointslice-controller.k8s.io'
const perSlice = 100

type Slice = EndpointSlice

/** Slices by the service they are for, where `by` manages them. */
export const sliceIndex = (by: string) => (slice: Slice) => {
  const { labels, namespace } = slice.metadata
  return labels?.[managedBy] === by && labels[serviceName] ? [`${namespace}/${labels[serviceName]}`] : []
}

export const startEndpointSlice: StartController = context => {
  const { client, informers } = context
  const services = informers.of('services')
  const pods = informers.of('pods')
  const nodes = informers.of('nodes')
  const slices = informers.of('endpointslices.discovery.k8s.io')
  slices.addIndex('service', sliceIndex(manager))
  const resource = client.resource('endpointslices.discovery.k8s.io')
  const recorder = recorderFor(context, 'endpoint-slice-controller')
  const triggers = new TriggerTimes()
  const queue = new WorkQueue(context, sync)
  enqueueAll(services, queue)
  followPods(pods, services, queue)
  slices.handle({
    update(old, slice) {
      // Somebody else wrote to it, or it moved to another service.
      for (const each of [old, slice])
        for (const key of sliceIndex(manager)(each)) if (changed(old, slice)) queue.add(key)
    },
    delete(slice) {
      for (const key of sliceIndex(manager)(slice)) queue.add(key)
    },
  })

  function changed(old: Slice, slice: Slice): boolean {
    return (
      old.metadata.generation !== slice.metadata.generation ||
      !equal(old.metadata.labels, slice.metadata.labels)
    )
  }

  function sync(key: string): number {
    const { namespace } = splitKey(key)
    const service = services.get(key)
    if (!service) {
      triggers.forget(key) // the slices go with their owner
      return 1
    }
    if (service.spec.type === 'ExternalName' || !service.spec.selector) return 1
    const selected = selectedPods(service, pods)
    const members = selected.filter(pod => isEndpoint(pod, true))
    const existing = slices.byIndex('service', key).filter(slice => !slice.metadata.deletionTimestamp)
    const plan = reconcile(service, members, existing, endpointOf)
    const time = triggers.of(key, service, selected)
    const write = (slice: Slice) => ({
      ...slice,
      metadata: { ...slice.metadata, annotations: withTrigger(slice.metadata.annotations, time) },
    })
    try {
      // A slice to delete is filled anew in the place of one to create.
      for (const slice of plan.create) resource.create(write(slice))
      for (const slice of plan.update) resource.update(write(slice))
      for (const { metadata } of plan.delete) ignoreNotFound(() => resource.delete(namespace, metadata.name))
    } catch (error) {
      if (isNamespaceEnding(error)) return 1
      const text = `Error updating Endpoint Slices for Service ${key}: ${(error as Error).message}`
      recorder.event(service, 'Warning', 'FailedToUpdateEndpointSlices', text)
      throw error
    }
    return members.length + 1
  }

  function endpointOf(pod: Pod, service: Service): Endpoint {
    const serving = isReady(pod)
    const terminating = !!pod.metadata.deletionTimestamp
    const zone = nodes.get(pod.spec.nodeName ?? '')?.metadata.labels?.['topology.kubernetes.io/zone']
    const ready = !!service.spec.publishNotReadyAddresses || (serving && !terminating)
    const hints = ready ? hintsOf(service, pod.spec.nodeName, zone) : undefined
    return {
      addresses: [pod.status.podIP!],
      conditions: { ready, serving, terminating },
      ...(hasHostname(pod, service) && { hostname: pod.spec.hostname }),
      targetRef: targetRef(pod),
      nodeName: pod.spec.nodeName,
      ...(zone && { zone }),
      ...(hints && { hints }),
    }
  }
}

/** trafficDistribution: whom an endpoint is meant for (k8s.io/endpointslice/trafficdist). */
function hintsOf({ spec }: Service, node: string | undefined, zone: string | undefined) {
  const distribution: string | undefined = spec.trafficDistribution
  if (!distribution) return undefined
  const hints = {
    ...(zone && { forZones: [{ name: zone }] }),
    ...(distribution === 'PreferSameNode' && node && { forNodes: [{ name: node }] }),
  }
  return Object.keys(hints).length ? hints : undefined
}

interface Plan {
  create: Slice[]
  update: Slice[]
  delete: Slice[]
}

export function reconcile(
  service: Service,
  pods: readonly Pod[],
  existing: readonly Slice[],
  endpointOf: (pod: Pod, service: Service) => Endpoint,
): Plan {
  const plan: Plan = { create: [], update: [], delete: [] }
  const groups = new Map<
    string,
    { ports: DiscoveryV1EndpointPort[]; wanted: Map<string, Endpoint>; existing: Slice[] }
  >()
  const group = (ports: DiscoveryV1EndpointPort[]) => {
    const key = JSON.stringify(ports.map(p => [p.name ?? '', p.port, p.protocol, p.appProtocol]).sort())
    let found = groups.get(key)
    if (!found) groups.set(key, (found = { ports, wanted: new Map(), existing: [] }))
    return found
  }
  const fixed = hasFixedPorts(service)
  let last: ReturnType<typeof group> | undefined
  for (const pod of pods) {
    if (!last || !fixed) last = group(portsOf(service, pod))
    last.wanted.set(pod.metadata.uid!, endpointOf(pod, service))
  }
  for (const slice of existing) {
    const owned = slice.metadata.ownerReferences?.some(o => o.uid === service.metadata.uid)
    if (owned) group(slice.ports ?? []).existing.push(slice)
    else plan.delete.push(slice)
  }
  for (const each of groups.values()) {
    if (each.wanted.size > 0) fillSlices(service, each, plan)
    else plan.delete.push(...each.existing)
  }
  if (existing.length === plan.delete.length && plan.create.length === 0) {
    // A service without pods has one slice that says so.
    const placeholder = newSlice(service, [])
    const [only] = plan.delete
    const isPlaceholder = !!only && !only.endpoints?.length && !only.ports?.length
    if (
      plan.delete.length === 1 &&
      isPlaceholder &&
      equal(only.metadata.labels, placeholder.metadata.labels)
    ) {
      plan.delete = []
    } else plan.create.push(placeholder)
  }
  replaceDeleted(plan)
  return plan
}

/** finalize: slices to delete are written over with those to create, as long as there are both. */
function replaceDeleted(plan: Plan): void {
  while (plan.create.length && plan.delete.length) {
    const slice = plan.create.pop()!
    const { metadata } = plan.delete.pop()!
    const { labels, ownerReferences } = slice.metadata
    plan.update.push({ ...slice, metadata: { ...metadata, labels, ownerReferences } as Slice['metadata'] })
  }
}

function fillSlices(
  service: Service,
  {
    ports,
    wanted,
    existing,
  }: { ports: DiscoveryV1EndpointPort[]; wanted: Map<string, Endpoint>; existing: Slice[] },
  plan: Plan,
): void {
  const toUpdate: Slice[] = []
  const unchanged: Slice[] = []
  for (const slice of existing) {
    const kept: Endpoint[] = []
    let changed = false
    for (const endpoint of slice.endpoints ?? []) {
      const uid = endpoint.targetRef?.uid
      const next = wanted.get(uid!)
      if (!next) continue
      kept.push(next)
      if (!equal(next, endpoint)) changed = true
      wanted.delete(uid!)
    }
    const labels = labelsOf(service)
    const relabelled = !equal(labels, slice.metadata.labels)
    if (kept.length === 0 && slice.endpoints?.length) plan.delete.push(slice)
    else if (changed || relabelled || kept.length !== (slice.endpoints?.length ?? 0)) {
      toUpdate.push({ ...slice, metadata: { ...slice.metadata, labels }, endpoints: kept })
    } else unchanged.push(slice)
  }
  const rest = [...wanted.values()]
  const fill = (slice: Slice) => slice.endpoints.push(...rest.splice(0, perSlice - slice.endpoints.length))
  toUpdate.sort((a, b) => b.endpoints.length - a.endpoints.length)
  for (const slice of toUpdate) fill(slice)
  while (rest.length > 0) {
    const open = rest.length < perSlice ? roomiest(unchanged, rest.length) : undefined
    if (open) {
      unchanged.splice(unchanged.indexOf(open), 1)
      const slice = { ...open, endpoints: [...(open.endpoints ?? [])] }
      fill(slice)
      toUpdate.push(slice)
    } else {
      const slice = newSlice(service, ports)
      fill(slice)
      plan.create.push(slice)
    }
  }
  plan.update.push(...toUpdate)
}

/** The fullest slice that still takes all. */
function roomiest(slices: readonly Slice[], count: number): Slice | undefined {
  let best: Slice | undefined
  for (const slice of slices) {
    const size = slice.endpoints?.length ?? 0
    if (size + count <= perSlice && size >= (best?.endpoints?.length ?? 0)) best = slice
  }
  return best
}

function portsOf(service: Service, pod: Pod): DiscoveryV1EndpointPort[] {
  const ports: DiscoveryV1EndpointPort[] = []
  for (const port of service.spec.ports ?? []) {
    const number = findPort(pod, port)
    if (number === undefined) continue
    const { name = '', protocol, appProtocol } = port
    ports.push({ name, protocol, port: number, ...(appProtocol && { appProtocol }) })
  }
  return inSlice(ports)
}

function labelsOf(service: Service): Record<string, string> {
  const labels = { ...service.metadata.labels }
  delete labels[headless]
  if (isHeadless(service)) labels[headless] = ''
  return { ...labels, [managedBy]: manager, [serviceName]: service.metadata.name }
}

function newSlice(service: Service, ports: DiscoveryV1EndpointPort[]): Slice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${service.metadata.name}-`,
      namespace: service.metadata.namespace!,
      labels: labelsOf(service),
      ownerReferences: [newControllerRef(service)],
    } as unknown as Slice['metadata'],
    addressType: 'IPv4',
    endpoints: [],
    ports,
  }
}
