// NodeResourcesFit (the least allocated node) and NodeResourcesBalancedAllocation (CPU and memory alike).
// Rules: plugins/noderesources/{least_allocated,balanced_allocation}.go.
import type { NodeInfo } from '../node-info.ts'
import type { Score } from './score.ts'

export const leastAllocated: Score = {
  name: 'NodeResourcesFit',
  weight: 1,
  of: ({ usual }, nodes) =>
    nodes.map(({ allocatable, usual: used }) => {
      const cpu = left(used.cpu + usual.cpu, allocatable.cpu)
      const memory = left(used.memory + usual.memory, allocatable.memory)
      return Math.trunc((cpu + memory) / 2)
    }),
}

const left = (wanted: number, offered: number): number =>
  offered === 0 || wanted > offered ? 0 : Math.trunc(((offered - wanted) * 100) / offered)

export const balancedAllocation: Score = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  of({ requests }, nodes) {
    if (!requests.cpu && !requests.memory) return undefined
    return nodes.map(node => {
      const balance = balanceOf(node, requests.cpu, requests.memory) - balanceOf(node, 0, 0)
      return 50 + Math.trunc((50 + balance) / 2)
    })
  },
}

/** 100 where both are used to the same part; their standard deviation less where not. */
function balanceOf({ allocatable, requested }: NodeInfo, cpu: number, memory: number): number {
  const part = (wanted: number, offered: number) => (offered ? Math.min(1, wanted / offered) : 0)
  const a = part(requested.cpu + cpu, allocatable.cpu)
  const b = part(requested.memory + memory, allocatable.memory)
  return Math.trunc((1 - Math.abs(a - b) / 2) * 100)
}
