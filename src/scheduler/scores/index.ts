// The scores of the default profile.
import { nodeAffinity, podAffinity } from './affinity.ts'
import { imageLocality } from './image-locality.ts'
import { balancedAllocation, leastAllocated } from './resources.ts'
import type { Score } from './score.ts'
import { taints } from './taints.ts'
import { topologySpread } from './topology-spread.ts'

export const scores: readonly Score[] = [
  taints,
  nodeAffinity,
  leastAllocated,
  topologySpread,
  podAffinity,
  balancedAllocation,
  imageLocality,
]
