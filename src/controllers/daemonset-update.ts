// A rolling update of a daemon set: which pods go now, and on which nodes one of the new template begins beside the old
// one, so that no more are missing or too many than the strategy allows. Rules: pkg/controller/daemon/update.go.
import { scaledValue } from '../kinds/machinery/int-or-percent.ts'
import type { DaemonSet } from '../kinds/schema/types.ts'
import { isUpdated } from './daemonset-pod.ts'
import type { Pod } from './pods.ts'

/** `placed`: its pods by node, also the nodes that have none yet; `desired`: on so many nodes there is to be one. */
export function updatePlan(
  set: DaemonSet,
  placed: ReadonlyMap<string, readonly Pod[]>,
  desired: number,
  hash: string,
  isAvailable: (pod: Pod) => boolean,
): { readonly surplus: Pod[]; readonly missing: string[] } {
  const { maxSurge = 0, maxUnavailable = 1 } = set.spec.updateStrategy.rollingUpdate ?? {}
  const surge = scaledValue(maxSurge, desired, true)
  let unavailable = scaledValue(maxUnavailable, desired, true)
  if (desired > 0 && !surge && !unavailable) unavailable = 1
  const toDelete: Pod[] = []
  const candidates: Pod[] = []
  const newNodes: string[] = []
  const candidateNodes: string[] = []
  let lacking = 0
  let surging = 0
  for (const [node, list] of placed) {
    const alive = list.filter(pod => !pod.metadata.deletionTimestamp)
    const fresh = alive.filter(pod => isUpdated(pod, set, hash))
    const stale = alive.filter(pod => !isUpdated(pod, set, hash))
    const [newPod] = fresh
    const [oldPod] = stale
    if (fresh.length > 1 || stale.length > 1) {
      lacking++
      surging++
    } else if (surge === 0) {
      if (!!newPod === !!oldPod) lacking++
      else if (newPod) lacking += isAvailable(newPod) ? 0 : 1
      else if (!isAvailable(oldPod!)) {
        toDelete.push(oldPod!)
        lacking++
      } else if (lacking < unavailable) candidates.push(oldPod!)
    } else if (oldPod) {
      if (newPod) {
        if (isAvailable(newPod)) toDelete.push(oldPod)
        else surging++
      } else if (!isAvailable(oldPod)) newNodes.push(node)
      else if (surging < surge) candidateNodes.push(node)
    }
  }
  toDelete.push(...candidates.slice(0, Math.max(0, unavailable - lacking)))
  if (surge > 0) newNodes.push(...candidateNodes.slice(0, Math.max(0, surge - surging)))
  return { surplus: toDelete, missing: newNodes }
}
