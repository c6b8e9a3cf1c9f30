// S2: fewer pods than replicas, and none that waits.
import { parseTime } from '../../engine/engine.ts'
import { isKind, type KubeObject, type OfKind } from '../../kinds/object.ts'
import type { Event, HorizontalPodAutoscaler } from '../../kinds/schema/types.ts'
import { creationQuestions, isOutOfTheWay } from './creation.ts'
import { describe, getYaml, inNamespace, target, templateOf, topOwner } from './facts.ts'
import { newestReplicaSet, replicaSetsOf } from './rollouts.ts'
import { type Found, symptom } from './symptom.ts'
import { timeOf, type View } from './view.ts'

/** How many pods it wants, and has. */
function countsOf(object: Maker): { wanted: number; has: number } {
  if (object.kind === 'DaemonSet')
    return { wanted: object.status.desiredNumberScheduled, has: object.status.currentNumberScheduled }
  if (object.kind === 'Job') {
    const { active = 0, succeeded = 0, failed = 0 } = object.status
    const { suspend, parallelism = 1 } = object.spec
    return { wanted: suspend ? 0 : Math.min(1, parallelism), has: active + succeeded + failed }
  }
  return { wanted: object.spec.replicas ?? 1, has: object.status.replicas }
}

const makers = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'] as const
type Maker = OfKind<(typeof makers)[number]>

/** Why its pods are not made, as the controller heard it. */
function failure(object: KubeObject, view: View): string | undefined {
  if (!isKind(object, ...makers)) return undefined
  const { wanted, has } = countsOf(object)
  if (has >= wanted) return undefined
  return view.event(object, 'FailedCreate', /([\s\S]*)/)?.[1]
}

/** Its pods were not made, and now could be: its controller tries again when its wait is over. */
export function triesAgain(object: KubeObject, view: View): boolean {
  const maker = isKind(object, 'Deployment') ? newestReplicaSet(object, view) : object
  const message = maker && failure(maker, view)
  return message !== undefined && isOutOfTheWay(message, object.metadata.namespace ?? '', view)
}

const podPath = 'spec.template.spec'

export const notCreated = symptom({
  name: 'not-created',
  several: true,
  has: object => !object.metadata.deletionTimestamp && isKind(object, ...makers, 'Deployment'),
  questions: [
    ...creationQuestions<KubeObject>((object, view) => {
      const message = failure(object, view)
      if (message === undefined) return undefined
      const owner = topOwner(object, view)
      return {
        message,
        object: owner,
        path: owner.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : podPath,
      }
    }),
    {
      number: 19,
      ask(object, view) {
        if (!isKind(object, 'Deployment') || !object.spec.paused) return undefined
        const newest = newestReplicaSet(object, view)
        const { replicas = 1 } = object.spec
        if (newest && newest.status.replicas === replicas) return undefined
        return {
          values: { name: object.metadata.name },
          shown: getYaml(object),
          cure: `kubectl rollout resume ${target(object)}`,
          field: { object, path: 'spec.paused' },
        }
      },
    },
    {
      number: 20,
      ask(object, view) {
        const node = templateOf(object)?.nodeName
        if (!node || object.kind === 'ReplicaSet' || view.find('nodes', undefined, node)) return undefined
        const field = { object, path: `${podPath}.nodeName` }
        return { values: { node }, shown: 'kubectl get nodes', field, missing: `node/${node}` }
      },
    },
    {
      number: 21,
      quiet: true,
      ask(object, view) {
        const hpa = autoscalerOf(object, view)
        const n = hpa?.status.desiredReplicas
        if (!hpa || n === undefined) return undefined
        return { values: { hpa: hpa.metadata.name, n }, shown: describe(hpa), about: [hpa] }
      },
    },
    {
      number: 22,
      ask(object, view) {
        if (!isKind(object, 'Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'))
          return undefined
        if (!autoscalerOf(object, view)) return undefined
        // The autoscaler writes by the subresource; whoever else has written it since the object is there is a second hand.
        const writers = view
          .managers(object)
          .filter(
            ({ fieldsV1, subresource }) => !subresource && (fieldsV1 as Fields)['f:spec']?.['f:replicas'],
          )
          .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1))
        const [last] = writers
        if (
          !last?.time ||
          last.time === object.metadata.creationTimestamp ||
          view.since(last.time) > recentMs
        )
          return scaledBySomebody(object, view)
        return {
          values: { manager: last.manager, time: view.clock(last.time), n: object.spec.replicas ?? 1 },
          shown: `${getYaml(object)} --show-managed-fields`,
          field: { object, path: 'spec.replicas' },
        }
      },
    },
  ],
})

/** The autoscaler has overwritten it since; that somebody was there is told by the events. */
function scaledBySomebody(object: KubeObject, view: View): Found | undefined {
  const hpa = autoscalerOf(object, view)
  const [set, another] = replicaSetsOf(object, view)
  // A rollout scales too.
  if (!hpa || !set || another) return undefined
  const sizes = view.events(hpa).flatMap(each => {
    const size = /^New size: (\d+);/.exec(each.message ?? '')?.[1]
    return size === undefined ? [] : [{ size, at: timeOf(each) }]
  })
  for (const each of view.events(object)) {
    const [, , n] = /^Scaled \w+ replica set \S+ from (\d+) to (\d+)$/.exec(each.message ?? '') ?? []
    const at = timeOf(each)
    if (
      n === undefined ||
      view.now - at > contends(each) ||
      at <= parseTime(hpa.metadata.creationTimestamp ?? '')
    )
      continue
    if (sizes.some(({ size, at: when }) => size === n && Math.abs(when - at) < sameMs)) continue
    return {
      text: '22b',
      values: { name: object.metadata.name, n, time: view.clock(at) },
      shown: `kubectl get events${inNamespace(object.metadata.namespace)} --field-selector involvedObject.name=${object.metadata.name}`,
      about: [hpa],
      field: { object, path: 'spec.replicas' },
    }
  }
  return undefined
}
const sameMs = 2500

/** For how many ms an event tells of a hand that contends: one that came every minute and has missed two does no more. */
function contends(event: Event): number {
  const { count = 1, firstTimestamp } = event
  if (count < 2 || !firstTimestamp) return recentMs
  const gap = (timeOf(event) - parseTime(firstTimestamp)) / (count - 1)
  return Math.min(recentMs, 2 * gap)
}

type Fields = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

/** What somebody wrote longer ago does not contend any more. */
const recentMs = 300_000

const autoscalerOf = ({ kind, metadata }: KubeObject, view: View): HorizontalPodAutoscaler | undefined =>
  view
    .list('horizontalpodautoscalers', metadata.namespace)
    .find(({ spec }) => spec.scaleTargetRef.kind === kind && spec.scaleTargetRef.name === metadata.name)
