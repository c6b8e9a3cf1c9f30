// S9: a rollout that does not come to its end, and workloads whose pods are not ready.
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { describe, getAll, inNamespace } from './facts.ts'
import { effectOn, taintText } from './nodes.ts'
import { normal } from './normal.ts'
import { triesAgain } from './not-created.ts'
import { newestReplicaSet } from './rollouts.ts'
import { isReadyPod } from './services.ts'
import { type Found, objectOf, symptom } from './symptom.ts'
import type { View } from './view.ts'

const workloads = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController'] as const

/** How many pods are ready, and how many are wanted. */
function countsOf(object: KubeObject): { ready: number; wanted: number } {
  if (isKind(object, 'DaemonSet'))
    return { ready: object.status.numberReady, wanted: object.status.desiredNumberScheduled }
  return isKind(object, 'Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController')
    ? { ready: object.status.readyReplicas ?? 0, wanted: object.spec.replicas ?? 1 }
    : { ready: 0, wanted: 1 }
}

/** The pods that are to become ready: those of the newest version, where there are versions. */
function newest(object: KubeObject, view: View): Pod[] {
  const maker = isKind(object, 'Deployment') ? newestReplicaSet(object, view) : object
  return maker ? view.owned('pods', maker).filter(({ metadata }) => !metadata.deletionTimestamp) : []
}

/** The pods that are not ready and for which that is not how it should be; those with a reason before those without. */
const stuck = (object: KubeObject, view: View): Pod[] =>
  newest(object, view).filter(pod => !isReadyPod(pod) && !normal(pod, view))

export const rollout = symptom({
  name: 'rollout',
  has: object => isKind(object, ...workloads) && !object.metadata.deletionTimestamp,
  questions: [
    {
      number: 65,
      ask(set, view): Found | undefined {
        if (!isKind(set, 'StatefulSet') || !set.status.updateRevision) return undefined
        const { updateRevision } = set.status
        const hash = 'controller-revision-hash'
        const old = newest(set, view).find(
          pod => !isReadyPod(pod) && pod.metadata.labels?.[hash] !== updateRevision,
        )
        if (!old || normal(old, view)) return undefined
        const { name, namespace, labels } = old.metadata
        return {
          values: { pod: name, old: labels?.[hash] ?? '' },
          shown: `${getAll('pods', set)} -L ${hash}`,
          cure: `kubectl delete pod ${name}${inNamespace(namespace)}`,
          about: [old],
        }
      },
    },
    {
      number: 63,
      ask(object, view) {
        const pods = stuck(object, view)
        const [pod] = pods
        if (!pod) return undefined
        const newestSet = isKind(object, 'Deployment') ? newestReplicaSet(object, view) : undefined
        const old = newestSet
          ? view
              .owned('replicasets', object)
              .filter(each => each.metadata.uid !== newestSet.metadata.uid)
              .reduce((sum, each) => sum + (each.status.readyReplicas ?? 0), 0)
          : 0
        const { ready, wanted } = countsOf(object)
        return {
          text: old && newestSet ? '63' : '63b',
          values: {
            rs: newestSet?.metadata.name ?? '',
            pod: pod.metadata.name,
            n: old && newestSet ? old : ready,
            all: wanted,
          },
          shown: getAll(newestSet && old ? 'rs,pods' : 'pods', object),
          about: pods.slice(0, 3),
          next: objectOf(pod),
        }
      },
    },
    {
      number: 64,
      ask(object, view) {
        if (!isKind(object, 'Deployment')) return undefined
        const set = newestReplicaSet(object, view)
        if (!set || set.status.replicas >= (set.spec.replicas ?? 0)) return undefined
        if (!view.event(set, 'FailedCreate') || triesAgain(set, view)) return undefined
        return {
          values: { rs: set.metadata.name },
          shown: describe(set),
          about: [set],
          next: objectOf(set),
        }
      },
    },
    {
      number: 66,
      quiet: true,
      ask(set, view) {
        if (!isKind(set, 'DaemonSet')) return undefined
        const { spec } = set.spec.template
        const tolerations = [...(spec.tolerations ?? []), ...usualTolerations]
        const node = view.list('nodes').find(each => effectOn(each, { tolerations }))
        const taint = node && effectOn(node, { tolerations })
        if (!node || !taint) return undefined
        return {
          values: { node: node.metadata.name, taint: taintText(taint) },
          shown: `kubectl describe node ${node.metadata.name}`,
          about: [node],
          field: { object: set, path: 'spec.template.spec.tolerations' },
        }
      },
    },
  ],
})

/** What every pod of a DaemonSet tolerates without saying so (pkg/controller/daemon/util). */
const usualTolerations = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
].map(each => ({ key: `node.kubernetes.io/${each}`, operator: 'Exists' }))
