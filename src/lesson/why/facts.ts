// What several symptoms ask of objects: containers with their states, conditions, commands that show or mend something.
import { dictionary } from '../../engine/dictionary.ts'
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Container, Pod, PodSpec } from '../../kinds/schema/types.ts'
import { replicaSetsOf } from './rollouts.ts'
import type { View } from './view.ts'

/** A container of a pod with its status and where it stands in the spec. */
export interface ContainerFacts {
  readonly spec: Container
  readonly name: string
  readonly image: string
  readonly init: boolean
  /** `spec.containers[0]` */
  readonly path: string
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt?: string | null }
  readonly terminated?: Terminated
  /** How its run before ended. */
  readonly last?: Terminated
  readonly restarts: number
  readonly ready: boolean
}

export interface Terminated {
  readonly exitCode: number
  readonly reason?: string
  readonly message?: string
  readonly startedAt?: string | null
  readonly finishedAt?: string | null
}

export function containersOf({ spec, status }: Pod): ContainerFacts[] {
  const facts = (
    list: 'initContainers' | 'containers',
    states: 'initContainerStatuses' | 'containerStatuses',
  ) =>
    (spec[list] ?? []).map((container, index): ContainerFacts => {
      const found = status[states]?.find(each => each.name === container.name)
      return {
        spec: container,
        name: container.name,
        image: container.image ?? '',
        init: list === 'initContainers',
        path: `spec.${list}[${index}]`,
        ...found?.state,
        ...(found?.lastState?.terminated && { last: found.lastState.terminated }),
        restarts: found?.restartCount ?? 0,
        ready: found?.ready ?? false,
      }
    })
  return [...facts('initContainers', 'initContainerStatuses'), ...facts('containers', 'containerStatuses')]
}

/** Whether a container has done its work and is not to be started again. */
export const isDone = ({ spec }: Pod, { terminated, init }: ContainerFacts): boolean =>
  terminated?.exitCode === 0 && (init || (spec.restartPolicy ?? 'Always') !== 'Always')

/** It has ended for good. */
export const isOver = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed'

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly lastTransitionTime?: string | null
}

/** What has conditions, whatever else it is. */
interface Conditioned extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] }
}

export const conditionsOf = ({ status }: Conditioned): readonly Condition[] => status?.conditions ?? []

export const conditionOf = (object: Conditioned, type: string): Condition | undefined =>
  conditionsOf(object).find(each => each.type === type)

/** `-n shop`, where that is not the default. */
export const inNamespace = (namespace: string | undefined): string =>
  namespace && namespace !== 'default' ? ` -n ${namespace}` : ''

/** ` web -n shop` */
const named = ({ metadata }: KubeObject): string => `${metadata.name}${inNamespace(metadata.namespace)}`

const wordOf = ({ kind }: KubeObject): string => shortWords[kind] ?? kind.toLowerCase()
const shortWords: Readonly<Record<string, string>> = dictionary({
  PersistentVolumeClaim: 'pvc',
  PersistentVolume: 'pv',
  HorizontalPodAutoscaler: 'hpa',
  PodDisruptionBudget: 'pdb',
  Namespace: 'namespace',
})

export const describe = (object: KubeObject): string => `kubectl describe ${wordOf(object)} ${named(object)}`
export const getYaml = (object: KubeObject): string =>
  `kubectl get ${wordOf(object)} ${named(object)} -o yaml`
export const getRow = (object: KubeObject): string => `kubectl get ${wordOf(object)} ${named(object)}`
/** Objects of a resource where the asked one is: `kubectl get pods -n shop`. */
export const getAll = (resource: string, { metadata }: KubeObject): string =>
  `kubectl get ${resource}${inNamespace(metadata.namespace)}`
/** One field of an object by itself. */
export const getField = (object: KubeObject, path: string): string =>
  `kubectl get ${wordOf(object)} ${named(object)} -o jsonpath='{.${path}}'`

export const labelsText = (labels: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

/** The object that the reader would change: that which the pod's template stands in, or the pod itself. */
export function topOwner(object: KubeObject, view: View): KubeObject {
  for (let each = object; ; ) {
    const owner = view.owner(each)
    if (!owner) return each
    each = owner
  }
}

/** `deployment/web -n shop`, for commands that change a template. */
export const target = (object: KubeObject): string =>
  `${wordOf(object)}/${object.metadata.name}${inNamespace(object.metadata.namespace)}`

/** Of those that are templates for pods. */
export const hasTemplate = (object: KubeObject): boolean => templateOf(object) !== undefined

/** The spec of the pods that it makes by a template of its own. */
export const templateOf = (object: KubeObject): PodSpec | undefined =>
  isKind(object, 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job')
    ? object.spec.template?.spec
    : undefined

/** The way back, where the pod is of a Deployment's newest version and there is one before. */
export function undo(pod: KubeObject, view: View): { readonly back?: string } {
  const owner = topOwner(pod, view)
  if (!isKind(owner, 'Deployment')) return {}
  const [newest, before] = replicaSetsOf(owner, view)
  if (!before || view.owner(pod)?.metadata.uid !== newest?.metadata.uid) return {}
  return { back: `kubectl rollout undo ${target(owner)}` }
}

/** The last line of a container's log, cut where it is long. */
export const lastLine = (
  pod: KubeObject,
  container: string,
  previous: boolean,
  view: View,
): string | undefined => cut(view.log(pod, container, previous)?.at(-1))

/** The last line that speaks of a fault, where it is not the very last one. */
export function faultLine(
  pod: KubeObject,
  container: string,
  previous: boolean,
  view: View,
): string | undefined {
  const lines = view.log(pod, container, previous) ?? []
  const index = lines.findLastIndex(each =>
    /error|fatal|panic|cannot|can't|fail|denied|refused|exception/i.test(each),
  )
  return index < 0 || index === lines.length - 1 ? undefined : cut(lines[index])
}

const cut = (line: string | undefined): string | undefined =>
  line && line.trim().length > longestLine ? `${line.trim().slice(0, longestLine)}…` : line?.trim()
const longestLine = 120
