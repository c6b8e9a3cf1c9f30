// What a filter is: it may work something out for a pod first (PreFilter), then says of a node why the pod cannot run
// there. Rejections that no eviction can cure are unresolvable.
import type { KubeObject } from '../../kinds/object.ts'
import type { Node, Pod } from '../../kinds/schema/types.ts'
import type { NodeInfo } from '../node-info.ts'
import type { PodInfo } from '../pod-info.ts'
import type { Snapshot } from '../snapshot.ts'

export interface Rejection {
  readonly reasons: readonly string[]
  readonly unresolvable: boolean
}

export type NodeTest = (node: NodeInfo) => Rejection | undefined

/** What may happen that makes a rejected pod worth another try: a node, a placed pod or storage came, changed or went. */
export type Wake = keyof WokenBy
/** The object of each event: a node, a pod, or something that stores. */
export interface WokenBy {
  node: Node
  pod: Pod
  'pod-gone': Pod
  'pod-smaller': Pod
  storage: KubeObject
}

/** Queueing hints: may the event with this object help the pod? */
export type Hint<T> = (object: T, pod: PodInfo) => boolean

export interface Filter {
  readonly name: string
  /** The events after which a pod that this filter refused is tried again. */
  readonly wakes: { readonly [Event in Wake]?: Hint<WokenBy[Event]> }
  /** The test of nodes for a pod; undefined: it fits everywhere; a text: it fits nowhere, for this reason. */
  prepare(pod: PodInfo, snapshot: Snapshot): NodeTest | string | undefined
}

export const unresolvable = (...reasons: string[]): Rejection => ({ reasons, unresolvable: true })
export const rejected = (...reasons: string[]): Rejection => ({ reasons, unresolvable: false })

export const always: Hint<unknown> = () => true
