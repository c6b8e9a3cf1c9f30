// The pod garbage collector: pods whose node is gone, pods that were deleted before they had a node, and finished pods
// beyond the threshold. Rules: pkg/controller/podgc.
import type { PodStatus } from '../kinds/schema/types.ts'
import { attempt, type StartController } from './controller.ts'
import { ignoreNotFound } from './endpoints.ts'
import { isFinished, type Pod } from './pods.ts'

/** gcCheckPeriod of gc_controller.go. */
const periodMs = 20_000
/** Nodes get this time to come back, as their object may be made anew (quarantineTime of gc_controller.go). */
const quarantineMs = 40_000
const threshold = 12_500

export const startPodGc: StartController = context => {
  const { client, informers, engine } = context
  const pods = informers.of('pods')
  const nodes = informers.of('nodes')
  pods.addIndex('node', pod => (pod.spec.nodeName ? [pod.spec.nodeName] : []))
  const resource = client.resource('pods')
  /** Nodes that are gone, and since when. */
  const lost = new Map<string, number>()
  const doomed = new Set<string>()
  let finished = 0
  const key = (pod: Pod) => `${pod.metadata.namespace}/${pod.metadata.name}`
  const note = (pod: Pod) => {
    if (pod.metadata.deletionTimestamp && !pod.spec.nodeName) doomed.add(key(pod))
  }
  pods.handle({
    add(pod) {
      note(pod)
      if (isFinished(pod)) finished++
      if (pod.spec.nodeName && !nodes.get(pod.spec.nodeName)) lost.set(pod.spec.nodeName, engine.now)
    },
    update(old, pod) {
      note(pod)
      if (!isFinished(old) && isFinished(pod)) finished++
    },
    delete(pod) {
      doomed.delete(key(pod))
      if (isFinished(pod)) finished--
    },
  })
  nodes.handle({ delete: node => lost.set(node.metadata.name, engine.now) })
  const look = () => {
    engine.after(periodMs, look, { background: true })
    if (!context.process.running) return
    for (const [name, since] of lost) {
      if (nodes.get(name)) lost.delete(name)
      else if (engine.now - since >= quarantineMs) {
        const orphans = pods.byIndex('node', name)
        if (orphans.filter(pod => !attempt(context, key(pod), () => removeOrphan(pod))).length === 0)
          lost.delete(name)
      }
    }
    for (const id of doomed) {
      const pod = pods.get(id)
      const isDue = pod?.metadata.deletionTimestamp && !pod.spec.nodeName
      if (!isDue || attempt(context, id, () => remove(pod))) doomed.delete(id)
    }
    if (finished > threshold) {
      const done = pods.list().filter(isFinished)
      done.sort((a, b) => (a.metadata.creationTimestamp! < b.metadata.creationTimestamp! ? -1 : 1))
      for (const pod of done.slice(0, done.length - threshold)) attempt(context, key(pod), () => remove(pod))
    }
  }
  engine.after(periodMs, look, { background: true })

  function removeOrphan(pod: Pod): void {
    if (!isFinished(pod)) {
      const condition = {
        type: 'DisruptionTarget',
        observedGeneration: pod.metadata.generation,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: engine.timestamp,
        reason: 'DeletionByPodGC',
        message: 'PodGC: node no longer exists',
      }
      patch(pod, { phase: 'Failed', conditions: [condition] })
    }
    remove(pod)
  }

  function patch({ metadata: { namespace = '', name } }: Pod, status: PodStatus): void {
    ignoreNotFound(() => resource.patch(namespace, name, 'strategic', { status }, { subresource: 'status' }))
  }

  function remove({ metadata: { namespace = '', name } }: Pod): void {
    ignoreNotFound(() => resource.delete(namespace, name, { gracePeriodSeconds: 0 }))
  }
}
