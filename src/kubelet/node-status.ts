// The node's sign of life: its lease, renewed every 10 s (pkg/kubelet/nodestatus and component-helpers' lease controller),
// and its status, every 5 min where nothing changed. These go on for ever and so are background work.
import { expectRefusal } from '../api/errors.ts'
import { formatMicroTime } from '../engine/engine.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { NodeCondition } from '../kinds/schema/types.ts'
import type { Kubelet } from './kubelet.ts'

/** A quarter of nodeLeaseDurationSeconds, and nodeStatusReportFrequency, as documented. */
const leaseMs = 10_000
const statusMs = 300_000

export class Heartbeat {
  readonly #kubelet: Kubelet
  #stopped = false
  #cordoned = false
  /** Why the node is not ready. */
  #notReady: string | undefined

  constructor(kubelet: Kubelet) {
    this.#kubelet = kubelet
    const { engine, random } = kubelet
    engine.after(random.below(leaseMs), () => this.#renew(), { background: true })
    engine.after(random.below(statusMs), () => this.#report(), { background: true })
  }

  /** The node is silent from now on. */
  stop(): void {
    this.#stopped = true
  }

  /** A kubelet's process was started: its first words (BirthCry of kubelet.go). */
  announce(): void {
    this.#tell('Starting', 'Starting kubelet.')
    this.#tell(
      'CgroupV1',
      'cgroup v1 detected. cgroup v1 support is deprecated and will be removed in a future release. Please migrate to cgroup v2. More information at https://git.k8s.io/enhancements/keps/sig-node/5573-remove-cgroup-v1',
      'Warning',
    )
    this.#tell('InvalidDiskCapacity', 'invalid capacity 0 on image filesystem', 'Warning')
  }

  /** Is its node ready, as far as the kubelet itself knows? `problem`: why it is not. */
  setReady(problem?: string): void {
    const { client, name } = this.#kubelet
    this.#notReady = problem
    if (this.#stopped) return
    const nodes = client.resource('nodes')
    this.#quietly(() => {
      const node = nodes.find('', name)
      if (!node) return
      const known = node.status.conditions ?? []
      const before = known.find(c => c.type === 'Ready')
      const ready = this.#ready(before)
      if (ready.status === before?.status) return
      const conditions = before ? known.map(c => (c === before ? ready : c)) : [...known, ready]
      this.#tellStatus(problem ? 'NodeNotReady' : 'NodeReady')
      nodes.updateStatus({ ...node, status: { ...node.status, conditions } })
    })
    if (problem)
      this.#kubelet.journal.log(
        'E',
        'kubelet.go:2561',
        () => `"Skipping pod synchronization" err="${problem}"`,
      )
  }

  /** The condition as it is to be, from what it was, if it was there. */
  #ready(condition?: NodeCondition): NodeCondition {
    const status = this.#notReady ? 'False' : 'True'
    const now = this.#kubelet.engine.timestamp
    return {
      ...condition,
      type: 'Ready',
      status,
      reason: this.#notReady ? 'KubeletNotReady' : 'KubeletReady',
      message: this.#notReady ?? healthy.Ready!.message,
      lastHeartbeatTime: now,
      ...(status !== condition?.status && { lastTransitionTime: now }),
    }
  }

  /** It speaks again; a new process tells in any case what it finds its node to be. */
  resume(isNew: boolean): void {
    if (!this.#stopped) return
    this.#stopped = false
    if (isNew) {
      this.#tell('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods')
      for (const type of reported.slice(0, -1)) this.#tellStatus(healthy[type]!.event)
    }
    this.#renew()
    this.#report()
  }

  #tell(reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    const { recorder, name } = this.#kubelet
    recorder.event({ kind: 'Node', name, apiVersion: 'v1' }, type, reason, message)
  }

  #tellStatus(event: string): void {
    this.#tell(event, `Node ${this.#kubelet.name} status is now: ${event}`)
  }

  #renew(): void {
    if (this.#stopped) return
    const { client, engine, name } = this.#kubelet
    engine.after(leaseMs, () => this.#renew(), { background: true })
    const leases = client.resource('leases.coordination.k8s.io')
    this.#quietly(() => {
      const lease = leases.find('kube-node-lease', name)
      const renewTime = formatMicroTime(engine.now)
      const node = client.resource('nodes').find('', name)
      if (lease) leases.update({ ...lease, spec: { ...lease.spec, renewTime } })
      // It belongs to the node; without one it is not made (component-helpers/apimachinery/lease/controller.go).
      else if (node)
        leases.create({
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { name, namespace: 'kube-node-lease', ownerReferences: [ownerOf(node)] },
          spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
        })
      // Every sync of the status offers what somebody added to the node's capacity (extended resources).
      this.#noteCordon(!!node?.spec?.unschedulable)
      const { capacity = {}, allocatable = {} } = node?.status ?? {}
      if (Object.keys(capacity).some(resource => !(resource in allocatable))) this.#putStatus()
    })
  }

  /** recordNodeSchedulableEvent: the kubelet tells of a cordon with the next sync of its status. */
  #noteCordon(cordoned: boolean): void {
    if (cordoned === this.#cordoned) return
    this.#cordoned = cordoned
    this.#tellStatus(cordoned ? 'NodeNotSchedulable' : 'NodeSchedulable')
  }

  #report(): void {
    if (this.#stopped) return
    this.#kubelet.engine.after(statusMs, () => this.#report(), { background: true })
    this.#putStatus()
  }

  #putStatus(): void {
    const { client, engine, name } = this.#kubelet
    const nodes = client.resource('nodes')
    this.#quietly(() => {
      const node = nodes.find('', name)
      if (!node) return
      const now = engine.timestamp
      const before = node.status.conditions ?? []
      // What somebody took away comes back; setters.go tells of all but its being ready.
      const missing = reported.filter(type => !before.some(c => c.type === type))
      const all = [...before, ...missing.map((type): NodeCondition => ({ type, status: 'Unknown' }))]
      const conditions = all.map((c): NodeCondition => {
        if (c.type === 'Ready' && this.#notReady) return this.#ready(c)
        // After a silence the node controller had set its conditions to Unknown.
        const status = c.status === 'Unknown' ? (c.type === 'Ready' ? 'True' : 'False') : c.status
        const changed = status !== c.status && healthy[c.type]
        return {
          ...c,
          status,
          lastHeartbeatTime: now,
          ...(changed && { lastTransitionTime: now, reason: changed.reason, message: changed.message }),
        }
      })
      for (const type of reported)
        if (
          all.some(c => c.type === type && c.status === 'Unknown') &&
          !(type === 'Ready' && missing.includes(type))
        )
          this.#tellStatus(healthy[type]!.event)
      const allocatable = { ...node.status.capacity, ...node.status.allocatable }
      nodes.updateStatus({ ...node, status: { ...node.status, allocatable, conditions } })
    })
  }

  /** The API may be away for a while. */
  #quietly(call: () => void): void {
    try {
      call()
    } catch (error) {
      expectRefusal(error) // The next beat comes.
    }
  }
}

const state = (reason: string, message: string, event = reason.replace('Kubelet', 'Node')) => ({
  reason,
  message,
  event,
})
const healthy: Readonly<Record<string, ReturnType<typeof state>>> = {
  MemoryPressure: state('KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
  DiskPressure: state('KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
  PIDPressure: state('KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
  Ready: state('KubeletReady', 'kubelet is posting ready status', 'NodeReady'),
}
const reported = Object.keys(healthy)

/** As the owner of what goes with it, and goes when it goes. */
export const ownerOf = ({ metadata }: KubeObject) => ({
  apiVersion: 'v1',
  kind: 'Node',
  name: metadata.name,
  uid: metadata.uid!,
})

/** Of a node that has just been found to be well. */
export const healthyConditions = (now: string) =>
  Object.entries(healthy).map(([type, { reason, message }]) => ({
    type,
    status: type === 'Ready' ? 'True' : 'False',
    reason,
    message,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  }))
