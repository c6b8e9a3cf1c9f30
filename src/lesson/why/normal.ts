// What looks like a symptom and is none: said when somebody asks.
import { parseTime } from '../../engine/engine.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { conditionOf, containersOf, isDone } from './facts.ts'
import type { Phrase } from './symptom.ts'
import { timeOf, type View } from './view.ts'

/** A controller or the scheduler has not had its turn yet. */
const momentMs = 2000
/** A finalizer may be worked on for so long. */
const patienceMs = 30_000

export function normal(object: AnyObject, view: View): Phrase | undefined {
  const { kind, metadata, status, spec } = object
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
  if (kind === 'Pod') {
    if (status?.phase === 'Succeeded') return say('completed')
    if (status?.phase === 'Failed' && isReplaced(object, view)) return say('replaced')
    const placed = conditionOf(object, 'PodScheduled')
    const since = placed?.status === 'True' ? placed.lastTransitionTime : metadata.creationTimestamp
    if (status?.phase === 'Pending' && !status.startTime && view.since(since) < momentMs)
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
  if (kind === 'Service' && spec.type === 'LoadBalancer' && !status?.loadBalancer?.ingress?.length)
    return view.world.cluster.loadBalancer.enabled ? undefined : say('loadBalancer')
  return undefined
}

/** A probe has had no time to fail three times. */
const isNew = (since: string | undefined, view: View): boolean => view.since(since) < patienceMs

/** Half of the grace period is over, and the program still runs: it does not listen, unless a hook still holds TERM back. */
function ignoresTerm({ kind, metadata, spec, status }: AnyObject, view: View): boolean {
  if (kind !== 'Pod') return false
  if ((spec.containers ?? []).some((each: AnyObject['spec']) => each.lifecycle?.preStop)) return false
  const grace = (metadata.deletionGracePeriodSeconds ?? 0) * 1000
  const running = (status?.containerStatuses ?? []).some((each: AnyObject['status']) => each.state?.running)
  return running && parseTime(metadata.deletionTimestamp!) - view.now < grace / 2
}

/** A failed pod whose owner has all that it wants, or has tried again since. */
function isReplaced(pod: AnyObject, view: View): boolean {
  const owner = view.owner(pod)
  if (!owner) return false
  if (owner.kind === 'Job') return (conditionOf(owner, 'Complete')?.status ?? 'False') === 'True'
  return (owner.status?.readyReplicas ?? 0) >= (owner.spec?.replicas ?? 0)
}

/** Whether containers have done their work beside others that are ready. */
function hasDonePart(pod: AnyObject): boolean {
  const all = containersOf(pod)
  return (
    all.some(each => !each.init && isDone(pod, each)) && all.every(each => each.ready || isDone(pod, each))
  )
}

/** Whether an object says of itself that it is as it is meant to be. */
export function isWell(object: AnyObject): boolean {
  const { kind, spec, status, metadata } = object
  if (metadata.deletionTimestamp) return false
  const is = (type: string): boolean => conditionOf(object, type)?.status === 'True'
  switch (kind) {
    case 'Pod':
      return status?.phase === 'Succeeded' || is('Ready') || hasDonePart(object)
    case 'Node':
      return is('Ready')
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'ReplicationController':
      return (
        (status?.readyReplicas ?? 0) >= (spec.replicas ?? 1) &&
        (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
      )
    case 'DaemonSet':
      return (status?.numberReady ?? 0) >= (status?.desiredNumberScheduled ?? 0)
    case 'Job':
      return !is('Failed')
    case 'PersistentVolumeClaim':
    case 'PersistentVolume':
      return status?.phase !== 'Pending' && status?.phase !== 'Lost' && status?.phase !== 'Failed'
    case 'HorizontalPodAutoscaler':
      return is('ScalingActive')
    default:
      return true
  }
}
