// What drills ask of objects as they are.
import type {
  ConfigMap,
  ConfigMapKeySelector,
  Container,
  ContainerStatus,
  EndpointSlice,
  EnvVar,
} from '../../kinds/schema/types.ts'
import { isRolledOut, podsOf } from '../checks.ts'
import type { ClusterView, Remembering } from '../exercise.ts'
import { all, same } from './history.ts'

const inDefault = 'default'
const controlPlane = 'k8s-master'

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
    pod.status?.containerStatuses?.every((each: ContainerStatus) => each.restartCount === 0),
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
  const slices: readonly Partial<EndpointSlice>[] = view.list('endpointslices', { namespace, labels })
  const ready = slices
    .filter(each => each.ports?.some(one => (port === undefined ? one.port : one.port === port)))
    .flatMap(each => each.endpoints ?? [])
    .filter(each => each.conditions?.ready)
  return [...new Set<string>(ready.map(each => each.targetRef?.name ?? ''))].sort()
}

/** A container of the template of a Deployment; the first where no number is given. */
export const containerOf = (
  view: ClusterView,
  name: string,
  namespace = inDefault,
  index = 0,
): Container | undefined => view.get('deployments', name, namespace)?.spec.template.spec.containers[index]

/** An entry of the environment of a Deployment's first container. */
export const variableOf = (
  view: ClusterView,
  name: string,
  variable: string,
  namespace = inDefault,
): EnvVar | undefined => containerOf(view, name, namespace)?.env?.find(each => each.name === variable)

/**
 * The ConfigMap that a variable of a container comes from, by `env` or `envFrom`, and its value there; undefined where it
 * comes from elsewhere, is not there, or need not be.
 */
export function fromConfigMap(
  view: ClusterView,
  container: Container | undefined,
  variable: string,
): { readonly map: ConfigMap; readonly value: string } | undefined {
  const entry = container?.env?.findLast(each => each.name === variable)
  const keys: (ConfigMapKeySelector | undefined)[] = entry
    ? [entry.valueFrom?.configMapKeyRef]
    : (container?.envFrom ?? []).toReversed().flatMap(({ prefix = '', configMapRef }) => {
        const key = variable.startsWith(prefix) && variable.slice(prefix.length)
        return configMapRef && key ? [{ ...configMapRef, key }] : []
      })
  for (const key of keys) {
    if (!key || key.optional) continue
    const map = view.get('configmaps', key.name ?? '')
    const value = map?.data?.[key.key]
    if (map && value !== undefined) return { map, value }
  }
  return
}
