// What the exercises of this chapter look at: what a container is given, wherever it comes from.

import { decodeBase64 } from '../../src/engine/bytes.ts'
import type {
  EnvFromSource,
  EnvVar,
  Volume,
  VolumeMount,
  VolumeProjection,
} from '../../src/kinds/schema/types.ts'
import { isLeaving, isReady, isRolledOut, podSpecOf, podsOf } from '../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../src/lesson/exercise.ts'

type AnyObject = Change['object']

/** A value and what it comes from: `ConfigMap/shop`, `Secret/db`, or `manifest` where it stands in the pod itself. */
export interface Given {
  readonly value: string
  readonly from: string
}

type Data = Readonly<Record<string, string>>

export const configMap = (view: ClusterView, name: string, namespace = 'default') =>
  view.get('configmaps', name, namespace)

export const secret = (view: ClusterView, name: string, namespace = 'default') =>
  view.get('secrets', name, namespace)

const decoded = (data: Data | undefined): Data =>
  Object.fromEntries(Object.entries(data ?? {}).map(([key, text]) => [key, decodeBase64(text) ?? '']))

const mapData = (view: ClusterView, name: string, namespace: string): Data => {
  const found = configMap(view, name, namespace)
  return { ...decoded(found?.binaryData), ...found?.data }
}

/** What a Secret holds, in plain text. */
export const secretData = (view: ClusterView, name: string, namespace = 'default'): Data =>
  decoded(secret(view, name, namespace)?.data)

/** What an environment variable of the first container has, as the kubelet puts it together. */
export function variable(
  view: ClusterView,
  object: AnyObject | undefined,
  name: string,
  namespace = 'default',
): Given | undefined {
  const { env = [], envFrom = [] } = podSpecOf(object)?.containers[0] ?? {}
  const given = (from: string, data: Data, key: string): Given | undefined =>
    Object.hasOwn(data, key) ? { from, value: data[key]! } : undefined
  const own = env.findLast(each => each.name === name)
  if (own) {
    const { configMapKeyRef: map, secretKeyRef: hidden } = own.valueFrom ?? {}
    if (map) return given(`ConfigMap/${map.name}`, mapData(view, map.name!, namespace), map.key)
    if (hidden) return given(`Secret/${hidden.name}`, secretData(view, hidden.name!, namespace), hidden.key)
    return own.valueFrom ? undefined : { from: 'manifest', value: own.value ?? '' }
  }
  for (const { prefix = '', configMapRef: map, secretRef: hidden } of envFrom.toReversed()) {
    if (!name.startsWith(prefix)) continue
    const key = name.slice(prefix.length)
    const found = map
      ? given(`ConfigMap/${map.name}`, mapData(view, map.name!, namespace), key)
      : given(`Secret/${hidden!.name}`, secretData(view, hidden!.name!, namespace), key)
    if (found) return found
  }
  return undefined
}

/** Whether everything that the first container's environment has to take from elsewhere is there: else it does not start. */
export function findsItsReferences(
  view: ClusterView,
  object: AnyObject | undefined,
  namespace = 'default',
): boolean {
  const { env = [], envFrom = [] } = podSpecOf(object)?.containers[0] ?? {}
  const whole = ({ configMapRef: map, secretRef: hidden }: EnvFromSource): boolean =>
    (map ?? hidden)!.optional === true ||
    (map ? configMap(view, map.name!, namespace) : secret(view, hidden!.name!, namespace)) !== undefined
  const single = ({ valueFrom }: EnvVar): boolean => {
    const { configMapKeyRef: map, secretKeyRef: hidden } = valueFrom ?? {}
    const reference = map ?? hidden
    if (!reference || reference.optional === true) return true
    const data = map ? mapData(view, map.name!, namespace) : secretData(view, hidden!.name!, namespace)
    return Object.hasOwn(data, reference.key)
  }
  return envFrom.every(whole) && env.every(single)
}

/** What stands at a path of the first container, if a ConfigMap or a Secret puts it there. */
export function fileAt(
  view: ClusterView,
  object: AnyObject | undefined,
  path: string,
  namespace = 'default',
): Given | undefined {
  const spec = podSpecOf(object)
  const mounts = spec?.containers[0]?.volumeMounts ?? []
  const covers = ({ mountPath }: VolumeMount) => path === mountPath || path.startsWith(`${mountPath}/`)
  const mount = mounts.filter(covers).sort((a, b) => b.mountPath.length - a.mountPath.length)[0]
  if (!mount) return undefined
  const below = path.slice(mount.mountPath.length).replace(/^\//, '')
  const inside = [mount.subPath, below].filter(Boolean).join('/')
  const volume = spec?.volumes?.find(each => each.name === mount.name)
  const sources: readonly Pick<VolumeProjection & Volume, 'configMap' | 'secret'>[] = volume?.projected
    ?.sources ?? [volume ?? {}]
  for (const { configMap: map, secret: hidden } of sources) {
    const source = map ?? hidden
    if (!source) continue
    const name = (map ? map.name : (hidden!.secretName ?? hidden!.name))!
    const key = source.items ? source.items.find(each => each.path === inside)?.key : inside
    const data = map ? mapData(view, name, namespace) : secretData(view, name, namespace)
    if (key !== undefined && Object.hasOwn(data, key))
      return { value: data[key]!, from: `${map ? 'ConfigMap' : 'Secret'}/${name}` }
  }
  return undefined
}

export const deployment = (view: ClusterView, name: string, namespace = 'default') =>
  view.get('deployments', name, namespace)

/** A Deployment is complete, and its pods are all ready. */
export const runs = (view: ClusterView, name: string, replicas = 1): boolean => {
  const found = deployment(view, name)
  return (
    found !== undefined &&
    isRolledOut(found) &&
    found.spec.replicas! >= replicas &&
    podsOf(view, found).filter(isReady).length === found.spec.replicas
  )
}

/** A pod that is there to stay, and ready. */
export const readyPod = (view: ClusterView, name: string, namespace = 'default') => {
  const found = view.get('pods', name, namespace)
  return !isLeaving(found) && isReady(found) ? found : undefined
}
