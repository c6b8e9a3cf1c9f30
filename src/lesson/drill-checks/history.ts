// What drills ask of all that happened since their beginning. What was to hold all along and is broken says when, and that it
// cannot become true again.
import type { ObjectOf } from '../../kinds/object.ts'
import { isLeaving } from '../checks.ts'
import type { Check, ClusterView, Course, Finding, Remembering, Watch } from '../exercise.ts'

const inDefault = 'default'

/** A watch of one object by its name. */
const watchOne = <Resource extends string, Seen>(
  resource: Resource,
  name: string,
  namespace: string,
  start: Seen,
  next: (seen: Seen, object: ObjectOf<Resource> | undefined, now: number) => Seen,
): Watch<Seen> => ({
  resources: [resource],
  start,
  next: (seen, { type, object }, view) =>
    object.metadata.name === name && (object.metadata.namespace ?? inDefault) === namespace
      ? next(seen, type === 'DELETED' ? undefined : (object as ObjectOf<Resource>), view.now)
      : seen,
})

/** What was to hold all along was broken then. */
export const broken = (at: number, count?: number): Finding => ({
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
export const same = <Resource extends string>(
  resource: Resource,
  name: string,
  read: (object: ObjectOf<Resource>) => unknown,
  namespace = inDefault,
): Remembering => ({
  watch: watchOne(
    resource,
    name,
    namespace,
    undefined as ObjectOf<Resource> | undefined,
    (seen, object) => seen ?? object,
  ),
  check: (view, first) => {
    const now = view.get(resource, name, namespace)
    return !!first && !!now && JSON.stringify(read(now)) === JSON.stringify(read(first))
  },
})

/** What `read` takes of an object has been the same all along, and the object was never away. */
export const unchanged = <Resource extends string>(
  resource: Resource,
  name: string,
  read: (object: ObjectOf<Resource>) => unknown,
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
export const compared = <Resource extends string>(
  resource: Resource,
  name: string,
  check: (
    now: ObjectOf<Resource> | undefined,
    first: ObjectOf<Resource> | undefined,
    view: ClusterView,
  ) => boolean,
  namespace = inDefault,
): Remembering => ({
  watch: watchOne(
    resource,
    name,
    namespace,
    undefined as ObjectOf<Resource> | undefined,
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
      const count = object?.status.availableReplicas ?? 0
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
export const neverDeleted = <Resource extends string>(
  resource: Resource,
  looks: (object: ObjectOf<Resource>, view: ClusterView) => boolean,
): Remembering => ({
  watch: {
    resources: [resource],
    start: undefined as number | undefined,
    next: (at, { type, object }, view) =>
      at ?? (type === 'DELETED' && looks(object as ObjectOf<Resource>, view) ? view.now : undefined),
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
