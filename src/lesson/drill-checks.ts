// What drills ask: of objects as they are, of what they were when it began, and of all that happened since. What was to hold
// all along and is broken says when, and that it cannot become true again.
import type { AnyObject } from '../kinds/object.ts'
import { isLeaving, isRolledOut, podsOf } from './checks.ts'
import type { Check, ClusterView, Course, Finding, Remembering, Watch } from './exercise.ts'

const inDefault = 'default'
const controlPlane = 'k8s-master'

/** A watch of one object by its name. */
const watchOne = <Seen>(
  resource: string,
  name: string,
  namespace: string,
  start: Seen,
  next: (seen: Seen, object: AnyObject | undefined, now: number) => Seen,
): Watch<Seen> => ({
  resources: [resource],
  start,
  next: (seen, { type, object }, view) =>
    object.metadata.name === name && (object.metadata.namespace ?? inDefault) === namespace
      ? next(seen, type === 'DELETED' ? undefined : object, view.now)
      : seen,
})

const broken = (at: number, count?: number): Finding => ({
  met: false,
  forGood: true,
  at,
  ...(count !== undefined && { count }),
})

/** The object is still the one of the beginning, and nobody has told it to go. */
export const kept = (resource: string, name: string, namespace = inDefault): Remembering => ({
  watch: watchOne(
    resource,
    name,
    namespace,
    { uid: undefined, lost: undefined } as { uid: string | undefined; lost: number | undefined },
    (seen, object, now) =>
      seen.uid === undefined
        ? { ...seen, uid: object?.metadata.uid }
        : seen.lost === undefined && (!object || isLeaving(object) || object.metadata.uid !== seen.uid)
          ? { ...seen, lost: now }
          : seen,
  ),
  check: (_, { uid, lost }) => (lost === undefined ? uid !== undefined : broken(lost)),
})

/** What `read` takes of an object is what it was at the beginning; who changed it can change it back. */
export const same = (
  resource: string,
  name: string,
  read: (object: any) => unknown,
  namespace = inDefault,
): Remembering => ({
  watch: watchOne(
    resource,
    name,
    namespace,
    undefined as AnyObject | undefined,
    (seen, object) => seen ?? object,
  ),
  check: (view, first) => {
    const now = view.get(resource, name, namespace)
    return !!first && !!now && JSON.stringify(read(now)) === JSON.stringify(read(first))
  },
})

/** What `read` takes of an object has been the same all along, and the object was never away. */
export const unchanged = (
  resource: string,
  name: string,
  read: (object: any) => unknown,
  namespace = inDefault,
): Remembering => ({
  watch: watchOne(
    resource,
    name,
    namespace,
    { first: undefined, changed: undefined } as { first?: string; changed?: number },
    ({ first, changed }, object, now) => {
      const text = object ? JSON.stringify(read(object)) : 'gone'
      return { first: first ?? text, changed: changed ?? (text === (first ?? text) ? undefined : now) }
    },
  ),
  check: (_, { first, changed }) => (changed === undefined ? first !== undefined : broken(changed)),
})

/** The object of the beginning, and the present one, side by side. */
export const compared = (
  resource: string,
  name: string,
  check: (now: AnyObject | undefined, first: AnyObject | undefined, view: ClusterView) => boolean,
  namespace = inDefault,
): Remembering => ({
  watch: watchOne(
    resource,
    name,
    namespace,
    undefined as AnyObject | undefined,
    (seen, object) => seen ?? object,
  ),
  check: (view, first) => check(view.get(resource, name, namespace), first, view),
})

/** So many steps of a course are kept, the latest ones. */
const mostPoints = 60

/** A Deployment never had fewer available replicas than that, nor was it gone. */
export const neverFewer = (name: string, least: number, namespace = inDefault): Remembering => ({
  watch: watchOne(
    'deployments',
    name,
    namespace,
    { below: undefined, points: [] } as {
      below: { at: number; count: number } | undefined
      points: Course['points']
    },
    ({ below, points }, object, now) => {
      const count: number = object?.status?.availableReplicas ?? 0
      return {
        below: below ?? (count < least ? { at: now, count } : undefined),
        points:
          points.at(-1)?.[1] === count ? points : [...points.slice(1 - mostPoints), [now, count] as const],
      }
    },
  ),
  check: (_, { below, points }) => ({
    ...(below ? broken(below.at, below.count) : { met: points.length > 0 }),
    course: { least, points },
  }),
})

/** Nothing was deleted that looked so when it went. */
export const neverDeleted = (
  resource: string,
  looks: (object: any, view: ClusterView) => boolean,
): Remembering => ({
  watch: {
    resources: [resource],
    start: undefined as number | undefined,
    next: (at, { type, object }, view) =>
      at ?? (type === 'DELETED' && looks(object, view) ? view.now : undefined),
  },
  check: (_, at) => at === undefined || broken(at),
})

/** All of them: what the first says that does not hold. */
export function all(...parts: readonly (Check | Remembering)[]): Remembering {
  const watches = parts.map(each => (typeof each === 'function' ? undefined : each.watch))
  const findings = (view: ClusterView, seen: readonly unknown[]) =>
    parts.map((each, i) => (typeof each === 'function' ? each : each.check)(view, seen[i]))
  return {
    watch: {
      resources: [...new Set(watches.flatMap(each => each?.resources ?? []))],
      start: watches.map(each => each?.start),
      next: (seen: readonly unknown[], change, view) =>
        seen.map((one, i) => {
          const watch = watches[i]
          return watch?.resources.includes(change.resource) ? watch.next(one, change, view) : one
        }),
    },
    check: (view, seen) => {
      const all = findings(view, seen)
      const unmet = all.filter(each => (typeof each === 'object' ? !each.met : !each))
      // What cannot be mended is said first.
      const said = unmet.find(each => typeof each === 'object' && each.forGood) ?? unmet[0]
      if (unmet.length) return said
      return all.find(each => typeof each === 'object' && each.course) ?? true
    },
  }
}

// ---- users

/** Who has not asked for so long asks no more. */
const silentMs = 15_000
const enough = 5

/** The latest requests of a client were all answered, by way of this Service where one is named; they go on. */
export const served =
  (client: string, { count = enough, by }: { readonly count?: number; readonly by?: string } = {}): Check =>
  view => {
    const { recent } = view.requests(client)
    const bad = recent.findLastIndex(each => !each.good || (by !== undefined && !each.by.includes(by)))
    const good = Math.min(count, recent.length - 1 - bad)
    const asks = (recent.at(-1)?.at ?? 0) > view.now - silentMs
    return { met: good === count && asks, score: [good, count] }
  }

/** What a pod's containers run, and where the names lead that they ask for. */
const program = ({ spec }: any) => [
  spec.containers.map(({ image, command, args, env }: any) => [image, command, args, env]),
  spec.hostAliases,
  spec.dnsPolicy,
  spec.dnsConfig,
  spec.hostNetwork,
]

/** A pod of `default` asks what it asked at the beginning, of whom it asked: users are not swapped for happier ones. */
export const asksTheSame = (pod: string): Remembering => same('pods', pod, program)

/** The users' latest requests were all answered: those of this pod, which is what it was. */
export const usersServed = (pod = 'visitor'): Remembering => all(asksTheSame(pod), served(`default/${pod}`))

/** None of the latest requests of a client was answered; they go on. */
export const unserved =
  (client: string, count = enough): Check =>
  view => {
    const last = view.requests(client).recent.slice(-count)
    return last.length === count && last.every(each => !each.good) && last.at(-1)!.at > view.now - silentMs
  }

/** No request of a client has ever been answered since the beginning. */
export const neverServed =
  (client: string): Check =>
  view => {
    const { firstSuccess } = view.requests(client)
    return firstSuccess === undefined || broken(firstSuccess)
  }

/** No request of a client has failed since the beginning. */
export const noFailure =
  (client: string): Check =>
  view => {
    const { firstFailure } = view.requests(client)
    return firstFailure === undefined || broken(firstFailure)
  }

// ---- what there is

/** A Deployment is rolled out, and wants a pod at all. */
export function rolledOut(
  view: ClusterView,
  name: string,
  { namespace = inDefault, replicas }: { readonly namespace?: string; readonly replicas?: number } = {},
): boolean {
  const deployment = view.get('deployments', name, namespace)
  const wanted = deployment?.spec.replicas ?? 1
  return wanted > 0 && (replicas === undefined || wanted === replicas) && isRolledOut(deployment)
}

/** A StatefulSet has all its pods available, and none of an older revision. */
export function setRolledOut(view: ClusterView, name: string, replicas: number): boolean {
  const set = view.get('statefulsets', name)
  if (!set) return false
  const { spec, status, metadata } = set
  return (
    status?.observedGeneration === metadata.generation &&
    [spec.replicas, status.replicas, status.updatedReplicas, status.availableReplicas].every(
      each => each === replicas,
    ) &&
    status.currentRevision === status.updateRevision
  )
}

/** No container of a Deployment's pods has been restarted. */
export const neverRestarted = (view: ClusterView, name: string): boolean =>
  podsOf(view, view.get('deployments', name)).every(pod =>
    pod.status?.containerStatuses?.every((each: any) => each.restartCount === 0),
  )

/** Names of the pods of a Deployment, in order. */
export const podNames = (view: ClusterView, name: string, namespace = inDefault): string[] =>
  podsOf(view, view.get('deployments', name, namespace))
    .map(each => each.metadata.name)
    .sort()

/** No pod of a Deployment is on the control plane's node, and that keeps others out as it did at the beginning. */
export const offControlPlane = (name: string): Remembering =>
  all(
    same('nodes', controlPlane, ({ spec }) => spec.taints),
    view => podsOf(view, view.get('deployments', name)).every(each => each.spec.nodeName !== controlPlane),
  )

const byController = 'endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io'

/**
 * Names of a Service's ready endpoints that have a port (this one, where it is named), each once, in order; not those that
 * somebody wrote by hand.
 */
export function endpointNames(
  view: ClusterView,
  service: string,
  namespace = inDefault,
  port?: number,
): string[] {
  const labels = `kubernetes.io/service-name=${service},${byController}`
  const slices: any[] = [...view.list('endpointslices', { namespace, labels })]
  const ready = slices
    .filter(each => each.ports?.some((one: any) => (port === undefined ? one.port : one.port === port)))
    .flatMap(each => each.endpoints ?? [])
    .filter(each => each.conditions?.ready)
  return [...new Set<string>(ready.map(each => each.targetRef?.name ?? ''))].sort()
}

/** A container of the template of a Deployment; the first where no number is given. */
export const containerOf = (view: ClusterView, name: string, namespace = inDefault, index = 0): any =>
  view.get('deployments', name, namespace)?.spec.template.spec.containers[index]

/** An entry of the environment of a Deployment's first container. */
export const variableOf = (view: ClusterView, name: string, variable: string, namespace = inDefault): any =>
  containerOf(view, name, namespace)?.env?.find((each: any) => each.name === variable)

/**
 * The ConfigMap that a variable of a container comes from, by `env` or `envFrom`, and its value there; undefined where it
 * comes from elsewhere, is not there, or need not be.
 */
export function fromConfigMap(
  view: ClusterView,
  container: any,
  variable: string,
): { readonly map: AnyObject; readonly value: string } | undefined {
  const entry = container?.env?.findLast((each: any) => each.name === variable)
  const keys: any[] = entry
    ? [entry.valueFrom?.configMapKeyRef]
    : (container?.envFrom ?? []).toReversed().flatMap(({ prefix = '', configMapRef }: any) => {
        const key = variable.startsWith(prefix) && variable.slice(prefix.length)
        return configMapRef && key ? [{ ...configMapRef, key }] : []
      })
  for (const key of keys) {
    const map = key && !key.optional && view.get('configmaps', key.name)
    const value = map?.data?.[key.key]
    if (value !== undefined) return { map, value }
  }
  return
}
