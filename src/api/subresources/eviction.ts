// POST pods/NAME/eviction: a delete that keeps to the pod's disruption budget.
// pkg/registry/core/pod/storage/eviction.go.

import { isTrue } from '../../kinds/machinery/conditions.ts'
import { selects } from '../../kinds/machinery/labels.ts'
import type { ObjectMeta } from '../../kinds/object.ts'
import type { Eviction, Pod, PodDisruptionBudget } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { decodeAs } from '../decode.ts'
import { badRequest, failure, internal, success } from '../errors.ts'
import { type Stored, storeKey } from '../store.ts'
import { type DeleteOptions, deleteStored } from '../verbs/delete.ts'
import { get } from '../verbs/read.ts'
import type { SubresourceHandler } from './subresource.ts'

const budgets = 'poddisruptionbudgets.policy'

export const eviction: SubresourceHandler = {
  create(call) {
    const body = decodeAs<Eviction>(call, 'io.k8s.api.policy.v1.Eviction')
    const given = body.metadata?.name
    if (given && given !== call.name)
      throw badRequest(`name in URL does not match name in Eviction object: "${call.name}" "${given}"`)
    let stored = get(call)
    const options: DeleteOptions = { ...body.deleteOptions }
    const pod = stored.object as Pod
    if (!ignoresBudget(pod)) takeFromBudget(call, pod)
    if (!call.dryRun) stored = markDisrupted(call, stored)
    deleteStored(call, stored, options)
    return { code: 201, body: success() }
  },
}

const ignoresBudget = ({ status, metadata }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined || ['Succeeded', 'Failed', 'Pending'].includes(status.phase ?? '')

function takeFromBudget(call: Call, pod: Pod): void {
  const table = call.server.store.table(budgets)
  const matching: Stored<PodDisruptionBudget>[] = []
  for (const stored of table.list(pod.metadata.namespace))
    if (selects(stored.object.spec.selector, pod.metadata.labels)) matching.push(stored)
  if (matching.length > 1)
    throw internal(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    )
  const budget = matching[0]
  if (!budget) return
  const { metadata, spec, status } = budget.object
  if (!isTrue(pod.status, 'Ready')) {
    const policy = spec.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget'
    if (
      policy === 'AlwaysAllow' ||
      (status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0)
    )
      return
  }
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
    throw tooMany(`The disruption budget ${metadata.name} is still being processed by the server.`, 10)
  if (status.disruptionsAllowed <= 0)
    throw tooMany(
      `The disruption budget ${metadata.name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`,
    )
  if (call.dryRun) return
  const { store, engine } = call.server
  const object = {
    ...budget.object,
    metadata: { ...metadata, resourceVersion: store.nextVersion() },
    status: {
      ...status,
      disruptionsAllowed: status.disruptionsAllowed - 1,
      ...(status.disruptionsAllowed === 1 && { conditions: [exhausted(metadata, engine.timestamp)] }),
      disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: engine.timestamp },
    },
  }
  store.put(table, storeKey(metadata.namespace, metadata.name), { ...budget, object })
}

/** The condition of a budget that allows no more. */
const exhausted = ({ generation }: ObjectMeta, lastTransitionTime: string) => ({
  type: 'DisruptionAllowed',
  status: 'False',
  observedGeneration: generation,
  lastTransitionTime,
  reason: 'InsufficientPods',
  message: '',
})

function tooMany(cause: string, retryAfterSeconds?: number): Error {
  return failure(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [{ reason: 'DisruptionBudget', message: cause }],
      ...(retryAfterSeconds && { retryAfterSeconds }),
    },
  )
}

function markDisrupted(call: Call, stored: Stored): Stored {
  const { store, engine } = call.server
  const { metadata, status } = stored.object as Pod
  if (metadata.deletionTimestamp) return stored
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: engine.timestamp,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  }
  const others = (status?.conditions ?? []).filter(c => c.type !== 'DisruptionTarget')
  const object = {
    ...stored.object,
    metadata: { ...metadata, resourceVersion: store.nextVersion() },
    status: { ...status, conditions: [...others, condition] },
  }
  return store.put(call.table, storeKey(metadata.namespace, metadata.name), { ...stored, object })
}
