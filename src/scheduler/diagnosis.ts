// Why a pod fits on no node, and how the scheduler says so.
import type { Filter, Rejection } from './filters/filter.ts'
import type { NodeInfo } from './node-info.ts'

/** Why a pod fits nowhere: by node, or (a text) for all of them. */
export interface Diagnosis {
  readonly rejections: Map<NodeInfo, Rejection>
  readonly preFilter: string | undefined
  readonly refusedBy: Set<Filter>
}

/** FitError: how many nodes refuse, by reason. */
export function fitError(total: number, { rejections, preFilter }: Diagnosis): string {
  const head = `0/${total} nodes are available:`
  if (preFilter !== undefined) return `${head} ${preFilter}.`
  return `${head} ${reasonCounts([...rejections.values()].flatMap(r => r.reasons))}.`
}

export function reasonCounts(reasons: Iterable<string>): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ')
}
