// S2: fewer pods than replicas, and none that waits.
import { parseTime } from '../../engine/engine.ts'
import type { AnyObject } from '../../kinds/object.ts'
import type { Event } from '../../kinds/schema/types.ts'
import { creationQuestions, isOutOfTheWay } from './creation.ts'
import { describe, getYaml, hasTemplate, inNamespace, target, topOwner } from './facts.ts'
import { newestReplicaSet, replicaSetsOf } from './rollouts.ts'
import { type Found, symptom } from './symptom.ts'
import { timeOf, type View } from './view.ts'

/** How many pods it wants, and has. */
function countsOf({ kind, spec, status }: AnyObject): { wanted: number; has: number } {
  if (kind === 'DaemonSet')
    return { wanted: status?.desiredNumberScheduled ?? 0, has: status?.currentNumberScheduled ?? 0 }
  if (kind === 'Job') {
    const done = (status?.active ?? 0) + (status?.succeeded ?? 0) + (status?.failed ?? 0)
    return { wanted: spec.suspend ? 0 : Math.min(1, spec.parallelism ?? 1), has: done }
  }
  return { wanted: spec?.replicas ?? 1, has: status?.replicas ?? 0 }
}

const makers = /^(ReplicaSet|StatefulSet|DaemonSet|Job|ReplicationController)$/

/** Why its pods are not made, as the controller heard it. */
function failure(object: AnyObject, view: View): string | undefined {
  if (!makers.test(object.kind)) return undefined
  const { wanted, has } = countsOf(object)
  if (has >= wanted) return undefined
  return view.event(object, 'FailedCreate', /([\s\S]*)/)?.[1]
}

/** Its pods were not made, and now could be: its controller tries again when its wait is over. */
export function triesAgain(object: AnyObject, view: View): boolean {
  const maker = object.kind === 'Deployment' ? newestReplicaSet(object, view) : object
  const message = maker && failure(maker, view)
  return message !== undefined && isOutOfTheWay(message, object.metadata.namespace ?? '', view)
}

const podPath = 'spec.template.spec'

export const notCreated = symptom({
  name: 'not-created',
  several: true,
  has: ({ kind, metadata }) => !metadata.deletionTimestamp && (makers.test(kind) || kind === 'Deployment'),
  questions: [
    ...creationQuestions<AnyObject>((object, view) => {
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
        if (object.kind !== 'Deployment' || !object.spec.paused) return undefined
        const newest = newestReplicaSet(object, view)
        const { replicas = 1 } = object.spec
        if (newest && newest.status?.replicas === replicas) return undefined
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
        const node = hasTemplate(object) ? object.spec.template.spec.nodeName : undefined
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
        const n = hpa?.status?.desiredReplicas
        if (!hpa || n === undefined) return undefined
        return { values: { hpa: hpa.metadata.name, n }, shown: describe(hpa), about: [hpa] }
      },
    },
    {
      number: 22,
      ask(object, view) {
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
          values: { manager: last.manager, time: view.clock(last.time), n: object.spec.replicas },
          shown: `${getYaml(object)} --show-managed-fields`,
          field: { object, path: 'spec.replicas' },
        }
      },
    },
  ],
})

/** The autoscaler has overwritten it since; that somebody was there is told by the events. */
function scaledBySomebody(object: AnyObject, view: View): Found | undefined {
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

const autoscalerOf = ({ kind, metadata }: AnyObject, view: View): AnyObject | undefined =>
  view
    .list('horizontalpodautoscalers', metadata.namespace)
    .find(({ spec }) => spec.scaleTargetRef?.kind === kind && spec.scaleTargetRef?.name === metadata.name)
