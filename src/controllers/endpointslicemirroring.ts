// The endpoint slice mirroring controller: slices for Endpoints that somebody wrote by hand, for services without a
// selector. Rules: pkg/controller/endpointslicemirroring. Left out: IPv6 and endpoints of more than 1,000 addresses.
import type { NewObject } from '../api/client.ts'
import { objectKey } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { EndpointAddress, EndpointSlice, Endpoints } from '../kinds/schema/types.ts'
import { newControllerRef } from './claim.ts'
import { type StartController, WorkQueue } from './controller.ts'
import { ignoreNotFound } from './endpoints.ts'
import { managedBy, serviceName, sliceIndex } from './endpointslice.ts'
import { isNamespaceEnding } from './pod-control.ts'
import { inSlice } from './port-order.ts'
import { triggerAnnotation } from './service-pods.ts'

const manager = 'endpointslicemirroring-controller.k8s.io'
const skipped = [
  'kubectl.kubernetes.io/last-applied-configuration',
  triggerAnnotation,
  'endpoints.kubernetes.io/over-capacity',
]

export const startEndpointSliceMirroring: StartController = context => {
  const { client, informers } = context
  const endpoints = informers.of('endpoints')
  const services = informers.of('services')
  const slices = informers.of('endpointslices.discovery.k8s.io')
  slices.addIndex('mirrored', sliceIndex(manager))
  const resource = client.resource('endpointslices.discovery.k8s.io')
  const queue = new WorkQueue(context, sync)
  const enqueue = (object: KubeObject) => queue.add(objectKey(object))
  endpoints.handle({ add: enqueue, update: (_old, object) => enqueue(object), delete: enqueue })
  services.handle({ add: enqueue, update: (_old, service) => enqueue(service), delete: enqueue })
  slices.handle({
    delete(slice) {
      for (const key of sliceIndex(manager)(slice)) queue.add(key)
    },
  })

  function sync(key: string): number {
    const source = endpoints.get(key)
    const service = services.get(key)
    const existing = slices.byIndex('mirrored', key)
    const wanted = source && service && !service.spec.selector && mirrored(source) ? slicesOf(source) : []
    try {
      for (const slice of wanted) {
        const index = existing.findIndex(each => equal(each.ports, slice.ports))
        const old = index < 0 ? undefined : existing.splice(index, 1)[0]
        if (!old) resource.create(slice)
        else if (
          !equal(old.endpoints, slice.endpoints) ||
          !equal(old.metadata.labels, slice.metadata.labels)
        ) {
          const { labels, annotations } = slice.metadata
          resource.update({
            ...old,
            endpoints: slice.endpoints,
            metadata: {
              ...old.metadata,
              ...(labels && { labels }),
              ...(annotations && { annotations }),
            },
          })
        }
      }
    } catch (error) {
      if (!isNamespaceEnding(error)) throw error
    }
    for (const { metadata } of existing)
      ignoreNotFound(() => resource.delete(metadata.namespace!, metadata.name))
    return wanted.length + 1
  }
}

function mirrored({ metadata: { labels = {}, annotations = {} } }: KubeObject): boolean {
  return (
    labels['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
    !('control-plane.alpha.kubernetes.io/leader' in annotations)
  )
}

/** One slice for each set of ports. */
function slicesOf(source: Endpoints): NewObject<EndpointSlice>[] {
  const { name, namespace, labels, annotations = {} } = source.metadata
  const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => !skipped.includes(key)))
  return (source.subsets ?? []).map(subset => {
    const convert = (ready: boolean) => (address: EndpointAddress) => ({
      addresses: [address.ip],
      conditions: { ready },
      ...(address.hostname && { hostname: address.hostname }),
      ...(address.targetRef && { targetRef: address.targetRef }),
      ...(address.nodeName && { nodeName: address.nodeName }),
    })
    return {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: { ...labels, [serviceName]: name, [managedBy]: manager },
        annotations: kept,
        ownerReferences: [newControllerRef(source)],
      },
      addressType: 'IPv4',
      endpoints: [
        ...(subset.addresses ?? []).map(convert(true)),
        ...(subset.notReadyAddresses ?? []).map(convert(false)),
      ],
      ports: inSlice((subset.ports ?? []).map(({ name: port = '', ...rest }) => ({ name: port, ...rest }))),
    }
  })
}
