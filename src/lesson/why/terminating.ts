// S14: an object that was deleted and does not go.
import { parseTime } from '../../engine/engine.ts'
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { conditionOf, describe, getField, getYaml, isOver } from './facts.ts'
import { isReadyNode } from './nodes.ts'
import { objectOf, symptom } from './symptom.ts'
import type { View } from './view.ts'

/** Finalizers that something here takes care of. */
const known =
  /^(kubernetes\.io\/|foregroundDeletion$|orphan$|batch\.kubernetes\.io\/|service\.kubernetes\.io\/|external-)/

/** What protects a volume or claim as long as it is in use. */
const protection = 'kubernetes.io/pvc-protection'

const users = (claim: KubeObject, view: View): Pod[] =>
  view
    .list('pods', claim.metadata.namespace)
    .filter(
      pod =>
        !isOver(pod) &&
        (pod.spec.volumes ?? []).some(each => each.persistentVolumeClaim?.claimName === claim.metadata.name),
    )

export const terminating = symptom({
  name: 'terminating',
  has: ({ metadata }) => !!metadata.deletionTimestamp,
  questions: [
    {
      number: 82,
      ask(namespace, view) {
        if (namespace.kind !== 'Namespace') return undefined
        if (conditionOf(namespace, 'NamespaceFinalizersRemaining')?.status !== 'True') return undefined
        const left = held(namespace.metadata.name, view)
        const [first] = left
        if (!first) return undefined
        const f = first.metadata.finalizers![0]!
        const same = left.filter(each => each.kind === first.kind && each.metadata.finalizers?.includes(f))
        return {
          values: { n: same.length, kind: first.kind, f, names: same.map(each => each.metadata.name) },
          shown: getYaml(namespace),
          about: same,
        }
      },
    },
    {
      number: 85,
      ask(claim, view) {
        if (claim.kind !== 'PersistentVolumeClaim' || !claim.metadata.finalizers?.includes(protection))
          return undefined
        const [pod] = users(claim, view)
        return pod && { values: { pod: pod.metadata.name }, shown: describe(claim), about: [pod] }
      },
    },
    {
      number: 83,
      ask(pod, view) {
        const node = isKind(pod, 'Pod') ? view.find('nodes', undefined, pod.spec.nodeName ?? '') : undefined
        if (!node || isReadyNode(node)) return undefined
        return {
          values: { node: node.metadata.name },
          shown: 'kubectl get nodes',
          about: [node],
          next: objectOf(node),
        }
      },
    },
    {
      number: 84,
      ask(pod, view) {
        if (!isKind(pod, 'Pod') || parseTime(pod.metadata.deletionTimestamp!) <= view.now) return undefined
        const running = (pod.status.containerStatuses ?? []).some(each => each.state.running)
        if (!running) return undefined
        return {
          values: { deadline: view.clock(pod.metadata.deletionTimestamp!) },
          shown: getYaml(pod),
          field: { object: pod, path: 'spec.terminationGracePeriodSeconds' },
        }
      },
    },
    {
      number: 81,
      ask(object) {
        const [f] = object.metadata.finalizers ?? []
        if (!f) return undefined
        return {
          values: { f, c: { text: known.test(f) ? 'runs' : 'unknownController' } },
          shown: getField(object, 'metadata.finalizers'),
          field: { object, path: 'metadata.finalizers' },
        }
      },
    },
  ],
})

/** What is left in a namespace with a finalizer. */
const held = (namespace: string, view: View): KubeObject[] =>
  view.everything(namespace).filter(({ metadata }) => metadata.finalizers?.length)
