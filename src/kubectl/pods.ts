// Which pod and which container a command means (kubectl pkg/cmd/util/podcmd, polymorphichelpers/attachablepodforobject).
import { parseTime } from '../engine/engine.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { KnownObject, KubeObject } from '../kinds/object.ts'
import type { Container, EphemeralContainer, Pod, PodCondition } from '../kinds/schema/types.ts'
import type { Context } from './context.ts'
import { CommandError } from './errors.ts'
import { describeLabels, describeSelector } from './print/labels.ts'

const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container'

/** `web, tool, setup (init)`. */
function containerNames({ spec }: Pod): string {
  const named = (list: Container[] = [], mark = '') => list.map(c => `${c.name}${mark}`)
  return [
    ...named(spec.containers),
    ...named(spec.ephemeralContainers, ' (ephem)'),
    ...named(spec.initContainers, ' (init)'),
  ].join(', ')
}

export const allContainers = ({ spec }: Pod): (Container | EphemeralContainer)[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
  ...(spec.ephemeralContainers ?? []),
]

/** The container of that name, or the default one, which is said on stderr where there are several. */
export function findContainer(
  ctx: Context,
  pod: Pod,
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
  const [first] = pod.spec.containers
  if (!first)
    throw new CommandError(`pod ${pod.metadata.namespace}/${pod.metadata.name} does not have any containers`)
  const annotated = pod.metadata.annotations?.[defaultContainerAnnotation]
  if (annotated) {
    const found = all.find(c => c.name === annotated)
    if (found) return found
    if (!quiet)
      ctx.err(`Default container name ${JSON.stringify(annotated)} not found in pod ${pod.metadata.name}\n`)
  }
  if (all.length > 1 && !quiet)
    ctx.err(`Defaulted container ${JSON.stringify(first.name)} out of: ${containerNames(pod)}\n`)
  return first
}

const podReady = ({ status }: Pod): PodCondition | undefined =>
  status.conditions?.find(c => c.type === 'Ready' && c.status === 'True')

const restarts = ({ status }: Pod): number =>
  Math.max(0, ...(status.containerStatuses ?? []).map(s => s.restartCount))

/** Best first: assigned, running, ready, ready for longest, fewer restarts, older not being deleted (podutils.ActivePods, reversed). */
function byActivity(a: Pod, b: Pod): number {
  const rank = ({ status: { phase } }: Pod) => (phase === 'Running' ? 2 : phase === 'Unknown' ? 1 : 0)
  const time = (text: string | null | undefined) => (text ? parseTime(text) : 0)
  const readyAt = (pod: Pod) => time(podReady(pod)?.lastTransitionTime)
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

/** The label selector of what has pods (SelectorsForObject); throws where it can have none. */
function podSelector(object: KnownObject): string {
  switch (object.kind) {
    case 'Service':
      if (!Object.keys(object.spec.selector ?? {}).length)
        throw new CommandError(
          `invalid service '${object.metadata.name}': Service is defined without a selector`,
        )
      return describeLabels(object.spec.selector)
    case 'ReplicationController':
      return describeLabels(object.spec.selector, '')
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return describeSelector(object.spec.selector).replace(/^<none>$/, '')
    default:
      throw new CommandError(`selector for ${goType(object)} not implemented`)
  }
}

export const isPod = (object: KubeObject): object is Pod =>
  object.apiVersion === 'v1' && object.kind === 'Pod'

/** Go's name of an object's type. */
export const goType = ({ apiVersion, kind }: KubeObject): string =>
  `*${apiVersion.replace(/^.*\//, '')}.${kind}`

/** Pods behind an object, best first; `doing` is what cannot be done with one that has none: `attach to`. */
export function podsBehind(ctx: Context, object: KnownObject, doing: string): Pod[] {
  let labelSelector: string
  try {
    labelSelector = podSelector(object)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(`cannot ${doing} ${goType(object)}: ${error.message}`)
  }
  const { items } = ctx.client.list(ctx.discovery.known('pods'), object.metadata.namespace!, {
    labelSelector,
  })
  return [...items].sort(byActivity)
}

/** A pod itself, or the first pod of what has some; waits for one to appear. */
export function* attachablePod(ctx: Context, object: KnownObject, timeoutMs: number): Task<Pod> {
  if (object.kind === 'Pod') return object
  const end = ctx.now + timeoutMs
  for (;;) {
    const [pod] = podsBehind(ctx, object, 'attach to')
    if (pod) return pod
    if (ctx.now >= end) throw new CommandError('timed out waiting for the condition')
    yield* sleep(500)
  }
}
