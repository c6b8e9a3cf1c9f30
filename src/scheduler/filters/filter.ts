// What a filter is: it may work something out for a pod first (PreFilter), then says of a node why the pod cannot run
// there. Rejections that no eviction can cure are unresolvable.
import type { NodeInfo } from '../node-info.ts'
import type { PodInfo } from '../pod-info.ts'
import type { Snapshot } from '../snapshot.ts'

export interface Rejection {
  readonly reasons: readonly string[]
  readonly unresolvable: boolean
}

export type NodeTest = (node: NodeInfo) => Rejection | undefined

/** What has to change before a rejected pod is worth another try. */
export type Wake = 'node' | 'pod-gone' | 'pod' | 'storage'

export interface Filter {
  readonly name: string
  readonly wakes: readonly Wake[]
  /** The test of nodes for a pod; undefined: it fits everywhere; a text: it fits nowhere, for this reason. */
  prepare(pod: PodInfo, snapshot: Snapshot): NodeTest | string | undefined
}

export const unresolvable = (...reasons: string[]): Rejection => ({ reasons, unresolvable: true })
export const rejected = (...reasons: string[]): Rejection => ({ reasons, unresolvable: false })
