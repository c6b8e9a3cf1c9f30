// The filters of the default profile in the order in which they are asked; the first that refuses a node decides.

import { dynamicResources } from './dynamic-resources.ts'
import type { Filter } from './filter.ts'
import { nodeAffinity } from './node-affinity.ts'
import { nodeName } from './node-name.ts'
import { nodePorts } from './node-ports.ts'
import { nodeResources } from './node-resources.ts'
import { podAffinity } from './pod-affinity.ts'
import { nodeUnschedulable, taintToleration } from './taints.ts'
import { topologySpread } from './topology-spread.ts'
import { volumeBinding } from './volume-binding.ts'

export const filters: readonly Filter[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResources,
  volumeBinding,
  topologySpread,
  podAffinity,
  dynamicResources,
]
