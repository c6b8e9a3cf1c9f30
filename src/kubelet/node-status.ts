// The node's sign of life: its lease, renewed every 10 s (pkg/kubelet/nodestatus and component-helpers' lease controller),
// and its status, every 5 min where nothing changed. These go on for ever and so are background work.
import { formatMicroTime } from '../engine/engine.ts'
import type { Kubelet } from './kubelet.ts'

const leaseMs = 10_000
const statusMs = 300_000

export class Heartbeat {
  readonly #kubelet: Kubelet
  #stopped = false
  #cordoned = false

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

  /** It speaks again. */
  resume(): void {
    if (!this.#stopped) return
    this.#stopped = false
    this.#renew()
    this.#report()
  }

  #renew(): void {
    if (this.#stopped) return
    const { client, engine, name } = this.#kubelet
    const leases = client.resource('leases.coordination.k8s.io')
    this.#quietly(() => {
      const lease = leases.find('kube-node-lease', name)
      const renewTime = formatMicroTime(engine.now)
      if (lease) leases.update({ ...lease, spec: { ...lease.spec, renewTime } })
      else
        leases.create({
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { name, namespace: 'kube-node-lease' },
          spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
        } as any)
      // Every sync of the status offers what somebody added to the node's capacity (extended resources).
      const node = client.resource('nodes').find('', name)
      this.#noteCordon(!!node?.spec?.unschedulable)
      const { capacity = {}, allocatable = {} } = node?.status ?? {}
      if (Object.keys(capacity).some(resource => !(resource in allocatable))) this.#putStatus()
    })
    engine.after(leaseMs, () => this.#renew(), { background: true })
  }

  /** recordNodeSchedulableEvent: the kubelet tells of a cordon with the next sync of its status. */
  #noteCordon(cordoned: boolean): void {
    if (cordoned === this.#cordoned) return
    this.#cordoned = cordoned
    const { recorder, name } = this.#kubelet
    const reason = cordoned ? 'NodeNotSchedulable' : 'NodeSchedulable'
    const about = { kind: 'Node', name, apiVersion: 'v1' }
    recorder.event(about, 'Normal', reason, `Node ${name} status is now: ${reason}`)
  }

  #report(): void {
    if (this.#stopped) return
    this.#putStatus()
    this.#kubelet.engine.after(statusMs, () => this.#report(), { background: true })
  }

  #putStatus(): void {
    const { client, engine, name } = this.#kubelet
    const nodes = client.resource('nodes')
    this.#quietly(() => {
      const node = nodes.find('', name)
      if (!node) return
      const now = engine.timestamp
      const conditions = (node.status.conditions ?? []).map((c: any) => {
        // After a silence the node controller had set its conditions to Unknown.
        const status = c.status === 'Unknown' ? (c.type === 'Ready' ? 'True' : 'False') : c.status
        const changed = status !== c.status && healthy[c.type]
        return {
          ...c,
          status,
          lastHeartbeatTime: now,
          ...(changed && { lastTransitionTime: now, reason: changed[0], message: changed[1] }),
        }
      })
      const allocatable = { ...node.status.capacity, ...node.status.allocatable }
      nodes.updateStatus({ ...node, status: { ...node.status, allocatable, conditions } })
    })
  }

  /** The API may be away for a while. */
  #quietly(call: () => void): void {
    try {
      call()
    } catch {
      // The next beat comes.
    }
  }
}

const healthy: Readonly<Record<string, readonly [string, string]>> = {
  MemoryPressure: ['KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  DiskPressure: ['KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  PIDPressure: ['KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  Ready: ['KubeletReady', 'kubelet is posting ready status'],
}
