// What a lesson can break: a registry, a node, the disk, the name service, etcd, a container. Each fault acts where the
// real one would (the pull, the wire, the kubelet, the store); what follows from it is left to the cluster.
import type { Server } from '../api/server.ts'
import type { Container } from '../containers/container.ts'
import type { Registry } from '../containers/registry.ts'
import type { Engine } from '../engine/engine.ts'
import type { Kubelet } from '../kubelet/kubelet.ts'
import type { ClusterNetwork } from '../network/cluster-network.ts'
import type { Fault, Target } from './fault.ts'

export interface FaultContext {
  readonly engine: Engine
  readonly api: Server
  readonly network: ClusterNetwork
  readonly registry: Registry
  readonly kubelets: ReadonlyMap<string, Kubelet>
}

interface Broken {
  readonly fault: Fault
  /** The engine's time, ms. */
  readonly since: number
}

/** An estimate of how often a fault goes on. */
const tickMs = 1000
/** CoreDNS finds out that its configuration is no good: an estimate. */
const crashMs = 300

export class Faults {
  readonly #context: FaultContext
  readonly #active = new Map<string, Broken & { readonly end: () => void }>()

  constructor(context: FaultContext) {
    this.#context = context
  }

  /** What is broken now, and since when. */
  get broken(): readonly Broken[] {
    return [...this.#active.values()]
  }

  /** What is broken now. */
  get active(): Fault[] {
    return [...this.#active.values()].map(({ fault }) => fault)
  }

  /** Breaks something; it stays broken until `end`. The same fault again changes nothing. */
  begin(fault: Fault): void {
    const key = keyOf(fault)
    if (this.#active.has(key)) return
    const end = this.#begin(fault)
    if (end) this.#active.set(key, { fault, since: this.#context.engine.now, end })
  }

  /** Repairs it. */
  end(fault: Fault): void {
    const key = keyOf(fault)
    this.#active.get(key)?.end()
    this.#active.delete(key)
  }

  /** What is broken now stays so and is told no more: a drill's, which only the cluster's own means can repair. */
  seal(): void {
    this.#active.clear()
  }

  /** Does it; answers with how to undo it, if that can be. */
  #begin(fault: Fault): (() => void) | undefined {
    const { api, network, registry, kubelets } = this.#context
    switch (fault.type) {
      case 'registry-down': {
        const { host = '*' } = fault
        registry.down.add(host)
        return () => registry.down.delete(host)
      }
      case 'rate-limit': {
        const { host = 'docker.io' } = fault
        registry.limited.add(host)
        return () => registry.limited.delete(host)
      }
      case 'node-lost': {
        const kubelet = kubelets.get(fault.node)
        network.setReachable(fault.node, false)
        kubelet?.stop('network')
        return () => {
          network.setReachable(fault.node, true)
          kubelet?.start('network')
        }
      }
      case 'kubelet-stopped': {
        const kubelet = kubelets.get(fault.node)
        kubelet?.stop()
        return () => kubelet?.start()
      }
      case 'slow-disk': {
        const slow = [...kubelets.values()].filter(k => fault.node === undefined || k.name === fault.node)
        for (const { disk } of slow) disk.slowness = fault.factor ?? 10
        return () => {
          for (const { disk } of slow) disk.slowness = 1
        }
      }
      case 'dns-broken':
        if (fault.how === 'crash')
          return this.#every(crashMs, () => {
            for (const container of this.#containers({ namespace: 'kube-system', pod: 'coredns' }))
              if (container.running) container.signal('SIGKILL')
          })
        network.dns.fault = fault.how
        return () => {
          network.dns.fault = undefined
        }
      case 'etcd-down':
        api.setEtcd(false)
        return () => api.setEtcd(true)
      case 'memory-leak': {
        const bytes = (fault.mebibytesPerSecond ?? 10) * 2 ** 20 * (tickMs / 1000)
        return this.#every(tickMs, () => {
          for (const container of this.#containers(fault)) container.leak(bytes)
        })
      }
      case 'container-killed':
        for (const container of this.#containers(fault)) container.signal('SIGKILL')
        return undefined
    }
  }

  #every(ms: number, act: () => void): () => void {
    const { engine } = this.#context
    let timer = engine.after(ms, tick, { background: true })
    function tick(): void {
      timer = engine.after(ms, tick, { background: true })
      act()
    }
    return () => timer.cancel()
  }

  #containers(target: Target): Container[] {
    return [...this.#found(target)]
  }

  *#found({ namespace = 'default', pod, container }: Target): Generator<Container> {
    for (const kubelet of this.#context.kubelets.values())
      for (const { pod: each, runtime } of kubelet.workers) {
        const { metadata, spec } = each
        if (metadata.namespace !== namespace) continue
        if (metadata.name !== pod && !metadata.name.startsWith(`${pod}-`)) continue
        const name = container ?? spec.containers[0]?.name
        const found = name !== undefined && runtime.find(name)
        if (found) yield found
      }
  }
}

/** Faults of one kind that can be there together differ by this. */
function keyOf(fault: Fault): string {
  const { type, host, node, namespace, pod, container } = fault as Fault & Partial<Record<string, string>>
  return [type, host, node, namespace, pod, container].join(' ')
}
