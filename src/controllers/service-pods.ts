// What the two controllers of endpoints share: which pods belong to a service, when that changes, and which time a
// change is blamed on. Rules: pkg/controller/util/endpoint, k8s.io/endpointslice/util.

import { type Informer, objectKey } from '../api/informer.ts'
import { findCondition } from '../kinds/machinery/conditions.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { matchesMap } from '../kinds/machinery/matchers.ts'
import type { Service, ServicePort } from '../kinds/schema/types.ts'
import type { WorkQueue } from './controller.ts'
import { isFinished, isReady, type Pod } from './pods.ts'

export type { Service }

/** Queues the services that a pod belongs to whenever the pod comes, goes or changes in what endpoints tell of it. */
export function followPods(pods: Informer<Pod>, services: Informer<Service>, queue: WorkQueue): void {
  const enqueue = (pod: Pod) => {
    for (const service of services.eachByIndex('namespace', pod.metadata.namespace ?? '')) {
      const { selector } = service.spec
      if (selector && matchesMap(selector, pod.metadata.labels)) queue.add(objectKey(service))
    }
  }
  pods.handle({
    add: enqueue,
    update(old, pod) {
      const relabelled =
        old.metadata.labels !== pod.metadata.labels && !equal(old.metadata.labels, pod.metadata.labels)
      if (relabelled) enqueue(old)
      if (relabelled || endpointChanged(old, pod)) enqueue(pod)
    },
    delete: enqueue,
  })
}

function endpointChanged(old: Pod, pod: Pod): boolean {
  return (
    !!old.metadata.deletionTimestamp !== !!pod.metadata.deletionTimestamp ||
    isReady(old) !== isReady(pod) ||
    isFinished(old) !== isFinished(pod) ||
    old.status?.podIP !== pod.status?.podIP ||
    old.spec.nodeName !== pod.spec.nodeName ||
    old.spec.hostname !== pod.spec.hostname ||
    old.spec.subdomain !== pod.spec.subdomain
  )
}

/** All pods that a service selects. */
export function selectedPods(service: Service, pods: Informer<Pod>): Pod[] {
  const found: Pod[] = []
  const { selector } = service.spec
  for (const pod of pods.eachByIndex('namespace', service.metadata.namespace ?? '')) {
    if (matchesMap(selector, pod.metadata.labels)) found.push(pod)
  }
  return found
}

/** Does the pod have an address and still run (or end, where those are asked for too)? */
export const isEndpoint = (pod: Pod, withTerminating: boolean): boolean =>
  !!pod.status?.podIP && !isFinished(pod) && (withTerminating || !pod.metadata.deletionTimestamp)

export const targetRef = ({ metadata: { namespace, name, uid } }: Pod) => ({
  kind: 'Pod',
  namespace,
  name,
  uid,
})

export const hasHostname = ({ spec, metadata }: Pod, service: Service): boolean =>
  !!spec.hostname &&
  spec.subdomain === service.metadata.name &&
  metadata.namespace === service.metadata.namespace

/** The number of a service port's target on a pod; undefined where a name is not found there. */
export function findPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort
  if (typeof target === 'number') return target
  const sidecars = (pod.spec.initContainers ?? []).filter(c => c.restartPolicy === 'Always')
  for (const container of [...pod.spec.containers, ...sidecars]) {
    for (const { name, protocol, containerPort } of container.ports ?? []) {
      if (name === target && (protocol ?? 'TCP') === port.protocol) return containerPort
    }
  }
  return undefined
}

/** Are the service's target ports all numbers, the same for each pod? */
export const hasFixedPorts = ({ spec }: Service): boolean =>
  (spec.ports ?? []).every(port => typeof port.targetPort === 'number')

export const isHeadless = (service: Service): boolean =>
  !service.spec.clusterIP || service.spec.clusterIP === 'None'

export const triggerAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time'

const readyTime = (pod: Pod): string | undefined =>
  findCondition(pod.status, 'Ready')?.lastTransitionTime ?? undefined

/** When what a change of endpoints answers to happened: the earliest of the pods that changed since the last time. */
export class TriggerTimes {
  readonly #last = new Map<string, { service: string; pods: Map<string, string> }>()

  of(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const last = this.#last.get(key)
    const times = last?.pods ?? new Map<string, string>()
    let earliest: string | undefined
    const note = (time: string, before: string) => {
      if (time > before && (earliest === undefined || time < earliest)) earliest = time
    }
    const seen: Pod[] = []
    for (const pod of pods) {
      const time = readyTime(pod)
      if (!time) continue
      seen.push(pod)
      const before = times.get(pod.metadata.name)
      if (before === time) continue
      note(time, before ?? '')
      times.set(pod.metadata.name, time)
    }
    const created = service.metadata.creationTimestamp!
    note(created, last?.service ?? '')
    // Pods that are gone are forgotten.
    const known = times.size === seen.length
    const kept = known ? times : new Map(seen.map(pod => [pod.metadata.name, readyTime(pod)!]))
    this.#last.set(key, { service: created, pods: kept })
    return earliest
  }

  forget(key: string): void {
    this.#last.delete(key)
  }
}

/** The annotations with the time of the change, or without where nothing is known to have caused it. */
export function withTrigger(annotations: Record<string, string> | undefined, time: string | undefined) {
  const { [triggerAnnotation]: _, ...others } = annotations ?? {}
  return time ? { ...others, [triggerAnnotation]: time } : others
}
