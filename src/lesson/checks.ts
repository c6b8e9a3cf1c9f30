// What the checks of exercises ask again and again, asked so that they look at the goal and not at the way: objects by what
// owns them, images by what they mean, readiness without what is on its way out, and what held all along.
import { parseTime } from '../engine/engine.ts'
import { selects } from '../kinds/machinery/labels.ts'
import { requiredNodeAffinity, tolerates } from '../kinds/machinery/node-matching.ts'
import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import { isKind, type KubeObject, type OfKind } from '../kinds/object.ts'
import type {
  Container,
  Deployment,
  LabelSelector,
  Pod,
  PodCondition,
  PodSpec,
  ResourceList,
} from '../kinds/schema/types.ts'
import { splitDocuments } from '../yaml/documents.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { ClusterView, Finding, Watch } from './exercise.ts'

/** For checks that are told of objects of several kinds. */
export { isKind, type KubeObject } from '../kinds/object.ts'

// ---- pods

/** It was told to go. */
export const isLeaving = (object: KubeObject | undefined): boolean =>
  object?.metadata.deletionTimestamp !== undefined

const readyCondition = (pod: Pod | undefined): PodCondition | undefined =>
  pod?.status.conditions?.find(each => each.type === 'Ready' && each.status === 'True')

/** Ready, and not on its way out. */
export const isReady = (pod: Pod | undefined): boolean => !isLeaving(pod) && readyCondition(pod) !== undefined

/** Since when a pod has been ready without a break, ms since 1970; undefined where it is not. */
export const readySince = (pod: Pod | undefined): number | undefined =>
  isReady(pod) ? parseTime(readyCondition(pod)?.lastTransitionTime ?? '') : undefined

/** Whether a pod has been ready for so many ms without a break, and for how long so far. */
export function steadyFor(view: ClusterView, name: string, ms: number, namespace = 'default'): Finding {
  const since = readySince(view.get('pods', name, namespace))
  const held = since === undefined ? 0 : Math.max(0, view.now - since)
  return { met: held >= ms, held: [Math.min(held, ms), ms] }
}

/** Whether an object's chain of controllers leads to this one. */
function isOwnedBy(view: ClusterView, object: KubeObject, owner: KubeObject): boolean {
  const reference = object.metadata.ownerReferences?.find(each => each.controller)
  if (!reference) return false
  if (reference.uid === owner.metadata.uid) return true
  // A pod of a Deployment belongs to a ReplicaSet, one of a CronJob to a Job.
  const between = { ReplicaSet: 'replicasets', Job: 'jobs' }[reference.kind]
  if (!between) return false
  const next = view.get(between, reference.name, object.metadata.namespace)
  return next !== undefined && isOwnedBy(view, next, owner)
}

/** The pods of a Deployment, a DaemonSet, a Job …, whatever labels they bear; those on their way out are none. */
export const podsOf = (view: ClusterView, owner: KubeObject | undefined): Pod[] =>
  owner
    ? view
        .list('pods', { namespace: owner.metadata.namespace ?? 'default' })
        .filter(pod => !isLeaving(pod) && isOwnedBy(view, pod, owner))
    : []

// ---- images

/** `nginx` → `docker.io/library/nginx:latest`: two names of one image are one. */
export function fullImage(name: string): string {
  const [, repository = name, tag = ''] = /^(.*?)((?::[^:/@]+)?(?:@.+)?)$/.exec(name) ?? []
  const [first = '', ...rest] = repository.split('/')
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first)
  const path = hasHost ? rest.join('/') : repository
  const host = hasHost && first !== 'index.docker.io' ? first : 'docker.io'
  const full = host === 'docker.io' && !path.includes('/') ? `library/${path}` : path
  return `${host}/${full}${tag || ':latest'}`
}

export const sameImage = (a: string | undefined, b: string): boolean =>
  a !== undefined && fullImage(a) === fullImage(b)

/** Images of the containers of a pod, or of the template of what makes pods. */
export const imagesOf = (object: KubeObject | undefined): string[] =>
  (podSpecOf(object)?.containers ?? []).map(each => each.image!)

// ---- the workstation

/** A document of a manifest: an object, or a list of some. */
interface Written extends Partial<KubeObject> {
  readonly items?: Written[]
}

/** The objects of a manifest in the working directory, those of a List one by one; none where it cannot be read. */
export function objectsIn(view: ClusterView, file: string): KubeObject[] {
  try {
    return splitDocuments(view.file(file) ?? '')
      .map(({ text }) => parseYaml(text) as Written | null)
      .flatMap((each): (Written | null)[] => (each?.kind === 'List' ? (each.items ?? []) : [each]))
      .filter((each): each is KubeObject => each?.metadata !== undefined)
  } catch {
    return []
  }
}

/** What is looked at of a kubeconfig. */
interface Configured {
  readonly contexts: readonly { readonly name: string; readonly context: Context }[]
  readonly clusters?: readonly { readonly name: string; readonly cluster?: { readonly server?: string } }[]
  readonly 'current-context': string
}
interface Context {
  readonly cluster: string
  readonly namespace?: string
}

const named = <T extends { readonly name: string }>(list: readonly T[], name: string | undefined) =>
  list.find(each => each.name === name)

/** The file that kubectl reads by default and the current context in it; undefined where they cannot be read. */
function configured(
  view: ClusterView,
): { readonly config: Configured; readonly context: Context } | undefined {
  try {
    const config = parseYaml(view.file('../.kube/config') ?? '') as unknown as Configured
    return { config, context: named(config.contexts, config['current-context'])!.context }
  } catch {
    return
  }
}

/** Where kubectl goes by the file that it reads by default: the server of the current context's cluster. */
export function configuredServer(view: ClusterView): string | undefined {
  const { config, context } = configured(view) ?? {}
  return named(config?.clusters ?? [], context?.cluster)?.cluster?.server
}

/** The namespace that kubectl uses when none is given; undefined where it has no context. */
export function configuredNamespace(view: ClusterView): string | undefined {
  const found = configured(view)
  return found && (found.context.namespace || 'default')
}

// ---- resources

interface Amounts {
  readonly cpu: number
  readonly memory: number
}

const amounts = ({ cpu, memory }: ResourceList = {}): Amounts => ({
  cpu: cpu === undefined ? 0 : quantityMilliValue(cpu),
  memory: memory === undefined ? 0 : quantityValue(memory),
})

/** What a container may use, in millicores and bytes; 0 where there is no limit. */
export const limitsOf = (container: Pick<Container, 'resources'> | undefined): Amounts =>
  amounts(container?.resources?.limits)

/** What is reserved for a container, in millicores and bytes; 0 where nothing is. */
export const requestsOf = (container: Pick<Container, 'resources'> | undefined): Amounts =>
  amounts(container?.resources?.requests)

// ---- what makes pods

/** What has a template of pods at `spec.template`. */
const makers = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
  'Job',
] as const
type Maker = OfKind<Exclude<(typeof makers)[number], 'ReplicationController'>>

/** The spec of a pod, or that of the pods which a Deployment, a Job, a CronJob … makes; one of a manifest need not be whole. */
export const podSpecOf = (object: KubeObject | undefined): PodSpec | undefined =>
  isKind(object, 'Pod')
    ? object.spec
    : isKind(object, 'CronJob')
      ? object.spec?.jobTemplate?.spec?.template?.spec
      : isKind(object, ...makers)
        ? object.spec?.template?.spec
        : undefined

/** Its pods tolerate this taint. */
export const toleratesTaint = (owner: Maker | undefined, taint: Parameters<typeof tolerates>[1]): boolean =>
  tolerates(owner?.spec.template.spec.tolerations, taint)

/** The nodes whose labels its pods accept, by selector and required affinity; taints are another matter. */
export function nodesFor(view: ClusterView, owner: Maker | undefined): string[] {
  const fits = owner && requiredNodeAffinity(owner.spec.template.spec)
  return view
    .list('nodes')
    .filter(node => !fits || fits(node))
    .map(({ metadata }) => metadata.name)
}

/** A label selector, as objects have it, takes in the pods that this makes. */
export const selectsPodsOf = (selector: LabelSelector, owner: Maker | undefined): boolean =>
  owner !== undefined && selects(selector, owner.spec.template.metadata?.labels)

/** A Deployment whose controller has seen the newest spec, and whose replicas are all of it and available. */
export function isRolledOut(deployment: Deployment | undefined): boolean {
  if (!deployment || isLeaving(deployment)) return false
  const { spec, status, metadata } = deployment
  const wanted = spec.replicas ?? 1
  return (
    status.observedGeneration === metadata.generation &&
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted
  )
}

// ---- what held all along: watches, and what checks make of them

/** Several watches side by side: what each has seen, under its name. */
export function watching<T extends Readonly<Record<string, Watch>>>(
  watches: T,
): Watch<{ readonly [K in keyof T]: T[K]['start'] }> {
  const names = Object.keys(watches)
  return {
    resources: [...new Set(names.flatMap(name => watches[name]!.resources))],
    start: Object.fromEntries(names.map(name => [name, watches[name]!.start])) as never,
    next: (seen: Readonly<Record<string, unknown>>, change, view) =>
      Object.fromEntries(
        names.map(name => {
          const { resources, next } = watches[name]!
          return [name, resources.includes(change.resource) ? next(seen[name], change, view) : seen[name]]
        }),
      ) as never,
  }
}

/** The uid of the first object of a name: who deletes it and makes it anew has another one. */
export const firstUid = (
  resource: string,
  name: string,
  namespace = 'default',
): Watch<string | undefined> => ({
  resources: [resource],
  start: undefined,
  next: (seen, { object }) =>
    seen ??
    (object.metadata.name === name && object.metadata.namespace === namespace ? object.metadata.uid : seen),
})

/** Since when something has held without a break, ms since 1970; asked at every change of the resources. */
export const since = (
  resources: readonly string[],
  holds: (view: ClusterView) => boolean,
): Watch<number | undefined> => ({
  resources,
  start: undefined,
  next: (seen, _, view) => (holds(view) ? (seen ?? view.now) : undefined),
})

/** What `since` has seen, held against so many ms. */
export function heldFor(view: ClusterView, seen: number | undefined, ms: number): Finding {
  const held = seen === undefined ? 0 : view.now - seen
  return { met: held >= ms, held: [Math.min(held, ms), ms] }
}

export interface Fewest {
  readonly count: number
  readonly at: number
}

/** The smallest number of something that was ever seen, and when; while it is undefined nothing is counted. */
export const fewest = (
  resources: readonly string[],
  count: (view: ClusterView) => number | undefined,
): Watch<Fewest | undefined> => ({
  resources,
  start: undefined,
  next: (seen, _, view) => {
    const now = count(view)
    return now === undefined || (seen && seen.count <= now) ? seen : { count: now, at: view.now }
  },
})

/** What `fewest` has seen was never less than that; without anything counted it is not met. */
export const neverBelow = (seen: Fewest | undefined, least: number): Finding =>
  !seen || seen.count >= least ? { met: seen !== undefined } : { met: false, forGood: true, ...seen }
