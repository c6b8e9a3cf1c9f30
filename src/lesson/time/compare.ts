// Two worlds object by object: what is only in one of them, and where those that both have differ.
import { kinds } from '../../kinds/index.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { changedFields } from '../inspect/changes.ts'
import type { World } from '../world.ts'

export interface Difference {
  /** `deployment/web`, with its namespace where that is not the default one. */
  readonly object: string
  readonly fields: readonly string[]
}

export interface Comparison {
  readonly onlyFirst: readonly string[]
  readonly onlySecond: readonly string[]
  readonly differing: readonly Difference[]
  readonly same: number
}

const compared = new Set(
  `Namespace Pod Deployment ReplicaSet StatefulSet DaemonSet Job CronJob ReplicationController Service Ingress
  NetworkPolicy ConfigMap Secret PersistentVolume PersistentVolumeClaim HorizontalPodAutoscaler PodDisruptionBudget
  ResourceQuota LimitRange Node`.split(/\s+/),
)
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease'])
const mostFields = 12
/** What no two worlds have in common, or what says nothing of what they are. */
const unlike =
  /^(?:metadata\.(?:uid|creationTimestamp|ownerReferences|generateName)|status\.(?:conditions|podIPs?|startTime|containerStatuses\.[^.]+\.containerID))|uid/

/** Looks that change nothing. Objects are the same where kind, namespace and name are. */
export function compareWorlds(first: World, second: World): Comparison {
  const [a, b] = [objectsOf(first), objectsOf(second)]
  const differing: Difference[] = []
  let same = 0
  for (const [object, one] of a) {
    const other = b.get(object)
    if (!other) continue
    const fields = changedFields(one, other).filter(each => !unlike.test(each))
    if (fields.length) differing.push({ object, fields: fields.slice(0, mostFields) })
    else same++
  }
  return {
    onlyFirst: [...a.keys()].filter(each => !b.has(each)),
    onlySecond: [...b.keys()].filter(each => !a.has(each)),
    differing,
    same,
  }
}

function objectsOf({ cluster }: World): Map<string, KubeObject> {
  const found = new Map<string, KubeObject>()
  for (const { kind, group, version, plural } of kinds) {
    if (!compared.has(kind)) continue
    const path = `${group ? `/apis/${group}/${version}` : `/api/${version}`}/${plural}`
    const { body } = cluster.api.handle({
      method: 'GET',
      path,
      managedFields: false,
      looks: true,
      userAgent: 'lab',
    })
    for (const object of (body.items ?? []) as KubeObject[]) {
      const { namespace = '', name } = object.metadata
      if (systemNamespaces.has(namespace) || name === 'kube-root-ca.crt') continue
      const place = namespace && namespace !== 'default' ? [namespace] : []
      found.set([kind.toLowerCase(), ...place, name].join('/'), object)
    }
  }
  return found
}
