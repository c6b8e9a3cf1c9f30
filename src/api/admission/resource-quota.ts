// ResourceQuota: refuses what would exceed a quota of the namespace and counts what it lets through.
// k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go; evaluators: pkg/quota/v1/evaluator/core.
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  subtractQuantities,
} from '../../kinds/machinery/quantity.ts'
import type { ResourceQuota } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { type Stored, storeKey } from '../store.ts'
import { type Admission, type Review, refuse } from './admission.ts'
import { matchesScopes, mustSpecify, usageOf } from './quota-usage.ts'

type Quantities = Record<string, string>

export const resourceQuota: Admission = {
  name: 'ResourceQuota',
  validate(review) {
    const { call, operation, object, old, subresource } = review
    const { namespace } = object.metadata
    if (operation === 'DELETE' || subresource || !namespace) return
    const quotas = call.server.store.table('resourcequotas')
    if (quotas.count(namespace) === 0 || (call.resource.table === 'resourcequotas' && operation === 'UPDATE'))
      return
    const delta = increase(usageOf(call.resource, object), old && usageOf(call.resource, old))
    if (!delta) return
    const writes: [Stored<ResourceQuota>, Quantities][] = []
    for (const stored of quotas.list(namespace)) {
      const used = usedAfter(review, stored.object, delta)
      if (used) writes.push([stored, used])
    }
    if (!call.dryRun) for (const [stored, used] of writes) count(call, stored, used)
  },
}

/** What the object adds; undefined where it takes nothing more than before. */
function increase(now: Quantities, before: Quantities | undefined): Quantities | undefined {
  if (!before) return Object.keys(now).length ? now : undefined
  const delta: Quantities = {}
  for (const name in now) {
    const more = subtractQuantities(parseQuantity(now[name]), parseQuantity(before[name] ?? '0'))
    if (more.nano > 0n) delta[name] = formatQuantity(more)
  }
  return Object.keys(delta).length ? delta : undefined
}

/** The quota's new usage; undefined where it does not count this object. Throws where it is exceeded. */
function usedAfter(review: Review, quota: ResourceQuota, delta: Quantities): Quantities | undefined {
  const { call, object, operation } = review
  const hard: Quantities = quota.status?.hard ?? {}
  const { name } = quota.metadata
  const relevant = Object.keys(quota.spec.hard ?? {}).filter(key => key in delta)
  const constrained = Object.keys(quota.spec.hard ?? {})
  if (!matchesScopes(call.resource, quota, object)) return undefined
  if (operation === 'CREATE') {
    const missing = mustSpecify(call.resource, object, constrained)
    if (missing) throw refuse(review, `failed quota: ${name}: must specify ${missing}`)
  }
  if (!relevant.length) return undefined
  const used: Quantities = quota.status?.used ?? {}
  const unknown = relevant.filter(key => used[key] === undefined || hard[key] === undefined)
  if (unknown.length)
    throw refuse(review, `status unknown for quota: ${name}, resources: ${unknown.sort().join(',')}`)
  const after: Quantities = { ...used }
  const exceeded: string[] = []
  for (const key of relevant.sort()) {
    after[key] = formatQuantity(addQuantities(parseQuantity(used[key]), parseQuantity(delta[key])))
    if (parseQuantity(delta[key]).nano > 0n && compareQuantities(after[key]!, hard[key]!) > 0)
      exceeded.push(key)
  }
  if (exceeded.length) {
    const list = (quantities: Quantities) => exceeded.map(key => `${key}=${quantities[key]}`).join(',')
    throw refuse(
      review,
      `exceeded quota: ${name}, requested: ${list(delta)}, used: ${list(used)}, limited: ${list(hard)}`,
    )
  }
  return relevant.some(key => parseQuantity(delta[key]).nano !== 0n) ? after : undefined
}

/** Writes the status at once, so that the next request sees it. */
function count({ server }: Call, stored: Stored<ResourceQuota>, used: Quantities): void {
  const { metadata, status } = stored.object
  const table = server.store.table('resourcequotas')
  const object = {
    ...stored.object,
    metadata: { ...metadata, resourceVersion: server.store.nextVersion() },
    status: { ...status, used },
  }
  server.store.put(table, storeKey(metadata.namespace, metadata.name), { ...stored, object })
}
