// The resource quota controller: recounts what a quota's namespace uses. Admission counts up on creation; this one sees
// what was deleted or finished. Rules: pkg/controller/resourcequota.

import { matchesScopes, usageOf } from '../api/admission/quota-usage.ts'
import { type Informer, objectKey } from '../api/informer.ts'
import type { Kind } from '../kinds/kind.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { addQuantities, formatQuantity, parseQuantity } from '../kinds/machinery/quantity.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'
import { type StartController, WorkQueue } from './controller.ts'
import { collectable, resourceOf } from './garbage-collector.ts'
import { isFinished } from './pods.ts'

/** What was freed is counted at once for these; the rest with the next full count (--resource-quota-sync-period). */
const resyncMs = 300_000

export const startResourceQuota: StartController = context => {
  const { client, informers, engine } = context
  const quotas = informers.of('resourcequotas')
  const resource = client.resource('resourcequotas')
  const kinds = collectable().filter(kind => kind.namespaced)
  const queue = new WorkQueue(context, sync)
  const enqueue = (quota: KubeObject) => queue.add(objectKey(quota))
  quotas.handle({
    add: enqueue,
    update(old, quota) {
      if (!equal(old.spec, quota.spec)) enqueue(quota)
    },
  })
  const freed = (object: KubeObject) => {
    for (const quota of quotas.eachByIndex('namespace', object.metadata.namespace ?? '')) enqueue(quota)
  }
  for (const kind of kinds) {
    informers.of(resourceOf(kind)).handle({
      delete: freed,
      update(old, object) {
        if (kind.plural === 'pods' && !isFinished(old as Pod) && isFinished(object as Pod)) freed(object)
      },
    })
  }
  const resync = () => {
    engine.after(resyncMs, resync, { background: true })
    for (const quota of quotas.all()) enqueue(quota)
  }
  // At the times of a controller that has run since the world began.
  engine.after(resyncMs - ((engine.now - engine.epoch) % resyncMs), resync, { background: true })

  function sync(key: string): number {
    const quota = quotas.get(key)
    if (!quota || quota.metadata.deletionTimestamp) return 1
    const hard: Record<string, string> = quota.spec.hard ?? {}
    const used: Record<string, string> = {}
    for (const name in hard) used[name] = '0'
    let looked = 1
    for (const kind of kinds) {
      if (!mayCount(kind, hard)) continue
      const cache: Informer = informers.of(resourceOf(kind))
      for (const object of cache.eachByIndex('namespace', quota.metadata.namespace!)) {
        looked++
        if (kind.plural === 'pods' && !kind.group && isFinished(object as Pod)) continue
        if (!matchesScopes(kind, quota, object)) continue
        const usage = usageOf(kind, object)
        for (const name in usage) {
          if (name in used)
            used[name] = formatQuantity(addQuantities(parseQuantity(used[name]), parseQuantity(usage[name])))
        }
      }
    }
    const status = { hard, used }
    if (!equal(quota.status, status)) resource.updateStatus({ ...quota, status })
    return looked
  }

  /** Do any of the quota's resources come from this kind? */
  function mayCount({ plural, group }: Kind, hard: Record<string, string>): boolean {
    if (`count/${plural}${group && `.${group}`}` in hard) return true
    if (group) return false
    if (plural === 'pods') return true
    if (plural in hard) return true
    return Object.keys(hard).some(
      name =>
        name.startsWith(`${plural}.`) || (plural === 'persistentvolumeclaims' && name.includes('storage')),
    )
  }
}
