// Which pod and which container a command means (kubectl pkg/cmd/util/podcmd, polymorphichelpers/attachablepodforobject).
import { parseTime } from '../engine/engine.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { Container, ContainerStatus, EphemeralContainer, PodCondition } from '../kinds/schema/types.ts'
import type { Context } from './context.ts'
import { CommandError } from './errors.ts'
import { describeLabels, describeSelector } from './print/labels.ts'

const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container'

/** `web, tool, setup (init)`. */
function containerNames({ spec }: AnyObject): string {
  const named = (list: Container[] = [], mark = '') => list.map(c => `${c.name}${mark}`)
  return [
    ...named(spec.containers),
    ...named(spec.ephemeralContainers, ' (ephem)'),
    ...named(spec.initContainers, ' (init)'),
  ].join(', ')
}

export const allContainers = ({ spec }: AnyObject): (Container | EphemeralContainer)[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
]

/** The container of that name, or the default one, which is said on stderr where there are several. */
export function findContainer(
  ctx: Context,
  pod: AnyObject,
  wanted: string,
  quiet = false,
): Container | EphemeralContainer {
  const all = allContainers(pod)
  if (wanted) {
    const found = all.find(c => c.name === wanted)
    if (!found)
      throw new CommandError(
        `container ${wanted} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
      )
    return found
  }
  if (pod.spec.containers.length === 0)
    throw new CommandError(`pod ${pod.metadata.namespace}/${pod.metadata.name} does not have any containers`)
  const annotated = pod.metadata.annotations?.[defaultContainerAnnotation]
  if (annotated) {
    const found = all.find(c => c.name === annotated)
    if (found) return found
    if (!quiet)
      ctx.err(`Default container name ${JSON.stringify(annotated)} not found in pod ${pod.metadata.name}\n`)
  }
  const [first] = pod.spec.containers
  if (all.length > 1 && !quiet)
    ctx.err(`Defaulted container ${JSON.stringify(first.name)} out of: ${containerNames(pod)}\n`)
  return first
}

const podReady = (pod: AnyObject): PodCondition | undefined =>
  pod.status?.conditions?.find((c: PodCondition) => c.type === 'Ready' && c.status === 'True')

const restarts = (pod: AnyObject): number =>
  Math.max(0, ...(pod.status?.containerStatuses ?? []).map((s: ContainerStatus) => s.restartCount ?? 0))

/** Best first: assigned, running, ready, ready for longest, fewer restarts, older not being deleted (podutils.ActivePods, reversed). */
function byActivity(a: AnyObject, b: AnyObject): number {
  const rank = (pod: AnyObject) => ({ Running: 2, Unknown: 1 })[pod.status?.phase as 'Running'] ?? 0
  const time = (text: string | null | undefined) => (text ? parseTime(text) : 0)
  const readyAt = (pod: AnyObject) => time(podReady(pod)?.lastTransitionTime)
  return (
    Number(!!b.spec.nodeName) - Number(!!a.spec.nodeName) ||
    rank(b) - rank(a) ||
    Number(!!podReady(b)) - Number(!!podReady(a)) ||
    Number(!!a.metadata.deletionTimestamp) - Number(!!b.metadata.deletionTimestamp) ||
    (podReady(a) ? readyAt(a) - readyAt(b) : 0) ||
    restarts(a) - restarts(b) ||
    time(a.metadata.creationTimestamp) - time(b.metadata.creationTimestamp)
  )
}

/** The label selector of what has pods. */
function podSelector(object: AnyObject): string {
  const { selector } = object.spec ?? {}
  const text =
    object.kind === 'Service' || object.kind === 'ReplicationController'
      ? describeLabels(selector)
      : describeSelector(selector)
  if (!selector || text === '<none>')
    throw new CommandError(
      `invalid label selector: ${object.kind} ${JSON.stringify(object.metadata.name)} has no selector`,
    )
  return text
}

const havePods = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Service',
]

/** Go's name of an object's type. */
export const goType = ({ apiVersion, kind }: AnyObject): string =>
  `*${apiVersion.replace(/^.*\//, '')}.${kind}`

/** Pods behind an object, best first. */
export function podsBehind(ctx: Context, object: AnyObject): AnyObject[] {
  if (!havePods.includes(object.kind))
    throw new CommandError(
      `cannot get the logs from ${goType(object)}: selector for ${goType(object)} not implemented`,
    )
  const { items } = ctx.client.list(ctx.discovery.known('pods'), object.metadata.namespace!, {
    labelSelector: podSelector(object),
  })
  return [...items].sort(byActivity)
}

/** A pod itself, or the first pod of what has some; waits for one to appear. */
export function* attachablePod(ctx: Context, object: AnyObject, timeoutMs: number): Task<AnyObject> {
  if (object.kind === 'Pod') return object
  if (!havePods.includes(object.kind))
    throw new CommandError(
      `cannot attach to ${goType(object)}: selector for ${goType(object)} not implemented`,
    )
  const end = ctx.now + timeoutMs
  for (;;) {
    const [pod] = podsBehind(ctx, object)
    if (pod) return pod
    if (ctx.now >= end) throw new CommandError('timed out waiting for the condition')
    yield* sleep(500)
  }
}
