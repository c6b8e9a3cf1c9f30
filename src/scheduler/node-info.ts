// What the scheduler knows of a node: the node, the pods on it and their sums, kept up to date pod by pod.
// Rules: pkg/scheduler/framework/types.go.

import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import { type HostPort, portsConflict } from '../kinds/pod-spec/host-ports.ts'
import type { Node } from '../kinds/schema/types.ts'
import type { PodInfo, Resources } from './pod-info.ts'

export class NodeInfo {
  node: Node
  allocatable: Resources = { cpu: 0, memory: 0, storage: 0, other: {} }
  allowedPods = 0
  /** Sums of what the pods ask for. */
  readonly requested = { cpu: 0, memory: 0, storage: 0, other: {} as Record<string, number> }
  /** The same, where every container asks for something: for scores. */
  readonly usual = { cpu: 0, memory: 0 }
  readonly pods = new Map<string, PodInfo>()
  /** Pods with (anti-)affinity to other pods. */
  readonly withAffinity = new Map<string, PodInfo>()
  readonly withAntiAffinity = new Map<string, PodInfo>()
  /** Images on the node, by each of their names, with their sizes. */
  images = new Map<string, number>()
  readonly #counts = new Map<unknown, { count: number; test: (pod: PodInfo) => boolean }>()

  constructor(node: Node) {
    this.node = node
    this.update(node)
  }

  get name(): string {
    return this.node.metadata.name
  }

  get labels(): Record<string, string> {
    return this.node.metadata.labels ?? {}
  }

  update(node: Node): void {
    this.node = node
    const { cpu, memory, pods, 'ephemeral-storage': storage, ...rest } = node.status?.allocatable ?? {}
    const other: Record<string, number> = {}
    for (const name in rest) other[name] = quantityValue(rest[name])
    this.allocatable = {
      cpu: quantityMilliValue(cpu),
      memory: quantityValue(memory),
      storage: quantityValue(storage),
      other,
    }
    this.allowedPods = quantityValue(pods)
    this.images = new Map()
    for (const { names, sizeBytes = 0 } of node.status?.images ?? []) {
      for (const name of names ?? []) this.images.set(name, sizeBytes)
    }
  }

  add(info: PodInfo): void {
    this.pods.set(info.uid, info)
    if (info.affinity.length || info.preferredAffinity.length) this.withAffinity.set(info.uid, info)
    if (info.antiAffinity.length) this.withAntiAffinity.set(info.uid, info)
    this.#count(info, 1)
  }

  remove(uid: string): PodInfo | undefined {
    const info = this.pods.get(uid)
    if (!info) return undefined
    this.pods.delete(uid)
    this.withAffinity.delete(uid)
    this.withAntiAffinity.delete(uid)
    this.#count(info, -1)
    return info
  }

  #count(info: PodInfo, sign: number): void {
    const { requests, usual } = info
    const { requested } = this
    requested.cpu += sign * requests.cpu
    requested.memory += sign * requests.memory
    requested.storage += sign * requests.storage
    for (const name in requests.other) {
      requested.other[name] = (requested.other[name] ?? 0) + sign * requests.other[name]!
    }
    this.usual.cpu += sign * usual.cpu
    this.usual.memory += sign * usual.memory
    for (const each of this.#counts.values()) if (each.test(info)) each.count += sign
  }

  /** How many pods pass a test; counted once, then kept up to date under `key`. */
  countPods(key: unknown, test: (pod: PodInfo) => boolean): number {
    let known = this.#counts.get(key)
    if (!known) {
      known = { count: 0, test }
      for (const pod of this.pods.values()) if (test(pod)) known.count++
      if (this.#counts.size > 100) this.#counts.clear()
      this.#counts.set(key, known)
    }
    return known.count
  }

  /** Is a host port taken? */
  hasPort(port: HostPort): boolean {
    for (const pod of this.pods.values())
      if (pod.hostPorts.some(other => portsConflict(other, port))) return true
    return false
  }

  /** The node as it would be without some pods: for preemption. */
  without(pods: Iterable<PodInfo>): NodeInfo {
    const copy = new NodeInfo(this.node)
    for (const pod of this.pods.values()) copy.add(pod)
    for (const pod of pods) copy.remove(pod.uid)
    return copy
  }
}
