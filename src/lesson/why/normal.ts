// What looks like a symptom and is none: said when somebody asks.
import { parseTime } from '../../engine/engine.ts'
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { conditionOf, containersOf, isDone } from './facts.ts'
import type { Phrase } from './symptom.ts'
import { timeOf, type View } from './view.ts'

/** A controller or the scheduler has not had its turn yet. */
const momentMs = 2000
/** A finalizer may be worked on for so long. */
const patienceMs = 30_000

export function normal(object: KubeObject, view: View): Phrase | undefined {
  const { kind, metadata } = object
  const say = (text: Phrase['text'], values: Phrase['values'] = { name: metadata.name }): Phrase => ({
    text,
    values,
  })
  if (metadata.deletionTimestamp) {
    // The stamp of a pod lies ahead: it is when the grace period ends.
    const asked = parseTime(metadata.deletionTimestamp)
    const own = kind === 'Pod' ? asked : asked + patienceMs
    return own > view.now && !ignoresTerm(object, view) ? say('leaving') : undefined
  }
  if (isKind(object, 'Pod')) {
    const { status } = object
    if (status.phase === 'Succeeded') return say('completed')
    if (status.phase === 'Failed' && isReplaced(object, view)) return say('replaced')
    const placed = conditionOf(object, 'PodScheduled')
    const since = placed?.status === 'True' ? placed.lastTransitionTime : metadata.creationTimestamp
    if (status.phase === 'Pending' && !status.startTime && view.since(since) < momentMs)
      return say('justMade')
    const starting = containersOf(object).find(each => !each.ready && !each.terminated && !each.last)
    const creating = /^(ContainerCreating|PodInitializing)$/.test(starting?.waiting?.reason ?? '')
    const events = view.events(object)
    if (creating && events[0]?.reason === 'Pulling') return say('pulling')
    const isWarned = events.some(each => each.type === 'Warning')
    if (creating && events[0] && !isWarned && view.now - timeOf(events[0]) < patienceMs)
      return say('creating')
    const silent = !events.some(each => each.reason === 'Unhealthy' || each.reason === 'Killing')
    if (
      starting?.running &&
      silent &&
      isNew(starting.running.startedAt, view) &&
      !conditionOf(object, 'Ready')?.reason?.startsWith('ReadinessGates')
    )
      return say('starting')
  }
  if (isKind(object, 'Service') && object.spec.type === 'LoadBalancer')
    if (!object.status.loadBalancer.ingress?.length)
      return view.world.cluster.loadBalancer.enabled ? undefined : say('loadBalancer')
  return undefined
}

/** A probe has had no time to fail three times. */
const isNew = (since: string | null | undefined, view: View): boolean => view.since(since) < patienceMs

/** Half of the grace period is over, and the program still runs: it does not listen, unless a hook still holds TERM back. */
function ignoresTerm(object: KubeObject, view: View): boolean {
  if (!isKind(object, 'Pod')) return false
  const { metadata, spec, status } = object
  if (spec.containers.some(each => each.lifecycle?.preStop)) return false
  const grace = (metadata.deletionGracePeriodSeconds ?? 0) * 1000
  const running = (status.containerStatuses ?? []).some(each => each.state.running)
  return running && parseTime(metadata.deletionTimestamp!) - view.now < grace / 2
}

const isReplicated = (object: KubeObject) =>
  isKind(object, 'Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController')

/** A failed pod whose owner has all that it wants, or has tried again since. */
function isReplaced(pod: Pod, view: View): boolean {
  const owner = view.owner(pod)
  if (!owner) return false
  if (owner.kind === 'Job') return (conditionOf(owner, 'Complete')?.status ?? 'False') === 'True'
  // What counts no replicas has tried again by itself.
  return !isReplicated(owner) || (owner.status.readyReplicas ?? 0) >= (owner.spec.replicas ?? 0)
}

/** Whether containers have done their work beside others that are ready. */
function hasDonePart(pod: Pod): boolean {
  const all = containersOf(pod)
  return (
    all.some(each => !each.init && isDone(pod, each)) && all.every(each => each.ready || isDone(pod, each))
  )
}

/** Whether an object says of itself that it is as it is meant to be. */
export function isWell(object: KubeObject): boolean {
  const { metadata } = object
  if (metadata.deletionTimestamp) return false
  const is = (type: string): boolean => conditionOf(object, type)?.status === 'True'
  if (isKind(object, 'Pod')) return object.status.phase === 'Succeeded' || is('Ready') || hasDonePart(object)
  if (isKind(object, 'Node')) return is('Ready')
  if (isReplicated(object)) {
    const { readyReplicas = 0, observedGeneration = 0 } = object.status
    return readyReplicas >= (object.spec.replicas ?? 1) && observedGeneration >= (metadata.generation ?? 0)
  }
  if (isKind(object, 'DaemonSet')) return object.status.numberReady >= object.status.desiredNumberScheduled
  if (isKind(object, 'Job')) return !is('Failed')
  if (isKind(object, 'PersistentVolumeClaim', 'PersistentVolume'))
    return !/^(Pending|Lost|Failed)$/.test(object.status.phase ?? '')
  return !isKind(object, 'HorizontalPodAutoscaler') || is('ScalingActive')
}
