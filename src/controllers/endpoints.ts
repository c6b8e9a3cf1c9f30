// The endpoints controller: for each service with a selector the addresses of its pods, ready and not.
// Rules: pkg/controller/endpoint/endpoints_controller.go. Left out: IPv6, the cut at 1,000 addresses is kept.

import { isNotFound } from '../api/errors.ts'
import { splitKey } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { Endpoints } from '../kinds/schema/types.ts'
import { enqueueAll, recorderFor, type StartController, WorkQueue } from './controller.ts'
import { isNamespaceEnding } from './pod-control.ts'
import type { Pod } from './pods.ts'
import { isReady } from './pods.ts'
import { inEndpoints } from './port-order.ts'
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
import { type Endpoint, inAddressOrder, type Port, repack, type Subset } from './subsets.ts'

const managedBy = 'endpoints.kubernetes.io/managed-by'
const headless = 'service.kubernetes.io/headless'
const overCapacity = 'endpoints.kubernetes.io/over-capacity'
const capacity = 1000

export const startEndpoints: StartController = context => {
  const { client, informers } = context
  const services = informers.of('services')
  const pods = informers.of('pods')
  const endpoints = informers.of('endpoints')
  const resource = client.resource('endpoints')
  const recorder = recorderFor(context, 'endpoint-controller')
  const triggers = new TriggerTimes()
  const queue = new WorkQueue(context, sync)
  enqueueAll(services, queue)
  followPods(pods, services, queue)
  // Endpoints that somebody deletes come back.
  endpoints.handle({ delete: object => queue.add(`${object.metadata.namespace}/${object.metadata.name}`) })

  function sync(key: string): number {
    const { namespace, name } = splitKey(key)
    const service = services.get(key)
    if (!service) {
      triggers.forget(key)
      if (endpoints.get(key)) ignoreNotFound(() => resource.delete(namespace, name))
      return 1
    }
    if (service.spec.type === 'ExternalName' || !service.spec.selector) return 1
    const selected = selectedPods(service, pods)
    const members = selected.filter(pod => isEndpoint(pod, !!service.spec.publishNotReadyAddresses))
    const time = triggers.of(key, service, selected)
    const { subsets, truncated } = subsetsOf(service, members)
    const current = endpoints.get(key)
    const labels: Record<string, string> = { ...service.metadata.labels, [managedBy]: 'endpoint-controller' }
    delete labels[headless]
    if (isHeadless(service)) labels[headless] = ''
    if (
      current &&
      equal(inOrder(current.subsets), subsets) &&
      equal(current.metadata.labels, labels) &&
      overCapacity in (current.metadata.annotations ?? {}) === truncated
    ) {
      return members.length + 1
    }
    const { [overCapacity]: _, ...annotations } = withTrigger(current?.metadata.annotations, time)
    if (truncated) annotations[overCapacity] = 'truncated'
    const metadata = current
      ? { ...current.metadata, labels, annotations }
      : { name, namespace, labels, annotations }
    const wanted: Endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets }
    try {
      if (current) resource.update(wanted)
      else resource.create(wanted)
    } catch (error) {
      if (isNamespaceEnding(error)) return 1
      const { message } = error as Error
      if (current) {
        recorder.event(
          wanted,
          'Warning',
          'FailedToUpdateEndpoint',
          `Failed to update endpoint ${key}: ${message}`,
        )
      } else {
        const text = `Failed to create endpoint for service ${key}: ${message}`
        recorder.event(wanted, 'Warning', 'FailedToCreateEndpoint', text)
      }
      throw error
    }
    return members.length + 1
  }
}

export function ignoreNotFound(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

function portsOf(service: Service, pod: Pod): Port[] {
  const ports: Port[] = []
  for (const port of service.spec.ports ?? []) {
    const number = findPort(pod, port)
    if (number === undefined) continue
    const { name, protocol, appProtocol } = port
    ports.push({ ...(name && { name }), port: number, protocol, ...(appProtocol && { appProtocol }) })
  }
  return inEndpoints(ports)
}

/** The addresses of the pods by the ports that they offer. */
function subsetsOf(service: Service, pods: readonly Pod[]): { subsets: Subset[]; truncated: boolean } {
  const found: Endpoint[] = []
  let last: Port[] | undefined
  for (const pod of pods) {
    // Where no port is looked up by its name, all pods have the same.
    if (!last || !hasFixedPorts(service)) last = portsOf(service, pod)
    if (last.length === 0 && service.spec.ports?.length) continue
    const address = {
      ip: pod.status.podIP!,
      ...(hasHostname(pod, service) && { hostname: pod.spec.hostname }),
      nodeName: pod.spec.nodeName,
      targetRef: targetRef(pod),
    }
    const ready = !!service.spec.publishNotReadyAddresses || isReady(pod)
    found.push({ address, ready, ports: last })
  }
  const endpoints = inAddressOrder(found)
  // Where there are too many, those that are ready stay.
  if (endpoints.length > capacity) endpoints.sort((a, b) => Number(b.ready) - Number(a.ready))
  return { subsets: repack(endpoints.slice(0, capacity)), truncated: endpoints.length > capacity }
}

/** Subsets as this controller writes them: the order of ports means nothing. */
const inOrder = (subsets: Subset[] | undefined): Subset[] | undefined =>
  subsets?.map(subset => ({ ...subset, ...(subset.ports && { ports: inEndpoints(subset.ports) }) }))
