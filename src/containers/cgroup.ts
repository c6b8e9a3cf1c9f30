// What a container sees of its own limits: the memory and cpu controllers of its control group (version 1, as the
// reference cluster has it) under /sys/fs/cgroup.
import { type FindNode, VirtualFiles, type VirtualNode } from '../engine/virtual-files.ts'

export interface CgroupFacts {
  /** Bytes; undefined where there is no limit. */
  readonly memoryLimit: () => number | undefined
  readonly memoryUsage: () => number
  /** Millicores. */
  readonly cpuLimit: () => number | undefined
  readonly cpuRequest: () => number
}

/** What the kernel says of a controller without a limit: the largest number of whole pages. */
const unlimited = '9223372036854771712'
const periodUs = 100_000

export function cgroupFiles(facts: CgroupFacts, now: () => number): VirtualFiles {
  const number = (value: () => string | number): VirtualNode => ({ text: () => `${value()}\n` })
  const nodes: Record<string, VirtualNode> = {
    '/memory/memory.limit_in_bytes': number(() => facts.memoryLimit() ?? unlimited),
    '/memory/memory.usage_in_bytes': number(facts.memoryUsage),
    '/cpu/cpu.cfs_period_us': number(() => periodUs),
    '/cpu/cpu.cfs_quota_us': number(() => {
      const limit = facts.cpuLimit()
      return limit === undefined ? -1 : Math.round((limit * periodUs) / 1000)
    }),
    // MilliCPUToShares of the kubelet: 1024 shares a core, two at least.
    '/cpu/cpu.shares': number(() => Math.max(2, Math.floor((facts.cpuRequest() * 1024) / 1000))),
  }
  const find: FindNode = path => {
    if (nodes[path]) return nodes[path]
    const prefix = path === '/' ? '/' : `${path}/`
    const below = Object.keys(nodes).filter(name => name.startsWith(prefix))
    if (below.length === 0) return undefined
    return { names: () => new Set(below.map(name => name.slice(prefix.length).split('/')[0]!)) }
  }
  return new VirtualFiles(find, now)
}
