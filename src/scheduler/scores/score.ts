// What a score is: for a pod and the nodes it fits, a number of each node (more is better), brought to 0…100.
import type { NodeInfo } from '../node-info.ts'
import type { PodInfo } from '../pod-info.ts'
import type { Snapshot } from '../snapshot.ts'

export interface Score {
  readonly name: string
  readonly weight: number
  /** The score of each of the nodes, in their order; undefined where the plugin has nothing to say about the pod. */
  of(pod: PodInfo, nodes: readonly NodeInfo[], snapshot: Snapshot): number[] | undefined
}

/** helper.DefaultNormalizeScore: the highest becomes 100; `reverse`: the lowest. */
export function normalize(scores: number[], reverse: boolean): number[] {
  let most = 0
  for (const score of scores) if (score > most) most = score
  if (most === 0) return reverse ? scores.map(() => 100) : scores
  return scores.map(score => {
    const scaled = Math.trunc((100 * score) / most)
    return reverse ? 100 - scaled : scaled
  })
}
