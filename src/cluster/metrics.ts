// What pods use, as a lesson drives it: the metrics server's data. Off until it is switched on; then metrics.k8s.io is
// served, `kubectl top` works and the horizontal pod autoscaler scales. A pod that nobody loads uses next to nothing.
import type { Server } from '../api/server.ts'
import type { MetricsSource, Usage } from '../api/virtual/metrics.ts'
import { type Engine, parseTime } from '../engine/engine.ts'
import { Random } from '../engine/random.ts'
import { isTrue } from '../kinds/machinery/conditions.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'
import type { Kubelet } from '../kubelet/kubelet.ts'
import type { Load } from './load.ts'

/** The metrics server first scrapes a pod some time after it began (--metric-resolution). */
const firstScrapeMs = 15_000
const mebibyte = 2 ** 20

export class Metrics implements MetricsSource {
  readonly #engine: Engine
  readonly #api: Server
  readonly #kubelets: ReadonlyMap<string, Kubelet>
  readonly #loads = new Map<string, Load>()
  #enabled = false

  constructor(engine: Engine, api: Server, kubelets: ReadonlyMap<string, Kubelet>) {
    this.#engine = engine
    this.#api = api
    this.#kubelets = kubelets
  }

  get enabled(): boolean {
    return this.#enabled
  }

  /** Installs the metrics server, or takes it away. */
  enable(on = true): void {
    this.#enabled = on
    this.#api.serveMetrics(on ? this : undefined)
  }

  /** Sets the load of some pods from now on; 0 ends it. */
  load(load: Load): void {
    this.#loads.set(`${load.namespace ?? 'default'}/${load.pod}`, load)
  }

  pod(pod: Pod): ReadonlyMap<string, Usage> | undefined {
    const { phase, startTime } = pod.status
    if (phase !== 'Running' || !startTime) return undefined
    if (this.#engine.now - parseTime(startTime) < firstScrapeMs) return undefined
    return this.usage(pod)
  }

  /** What the containers of a pod use now, as its kubelet sees it. */
  usage(pod: Pod): ReadonlyMap<string, Usage> {
    const { uid = '', namespace = '', name } = pod.metadata
    const loads = [...this.#loads.values()].filter(
      load => (load.namespace ?? 'default') === namespace && isMeant(load, name),
    )
    const runtime = this.#kubelets.get(pod.spec.nodeName ?? '')?.worker(uid)?.runtime
    return new Map(
      pod.spec.containers.map(({ name: container }, i) => {
        const idle = new Random(1).fork(`${uid} ${container}`)
        let cpu = 0.5 + idle.float()
        let memory = (2 + 4 * idle.float()) * mebibyte + (runtime?.find(container)?.leaked ?? 0)
        for (const load of i === 0 && isReady(pod) ? loads : []) {
          cpu += load.cpu / Math.max(1, this.#sharers(load))
          memory += load.memory ?? 0
        }
        const limit = runtime?.find(container)?.cpuLimit
        return [container, { cpu: limit ? Math.min(cpu, limit) : cpu, memory }] as const
      }),
    )
  }

  /** All that its pods use, and what the machine itself needs. */
  node({ metadata }: KubeObject): Usage | undefined {
    const kubelet = this.#kubelets.get(metadata.name)
    if (!kubelet || kubelet.stopped) return undefined
    let cpu = 45
    let memory = 700 * mebibyte
    for (const { pod } of kubelet.workers)
      for (const used of this.pod(pod)?.values() ?? []) {
        cpu += used.cpu
        memory += used.memory
      }
    return { cpu, memory }
  }

  /** For the autoscaler; undefined: it is not known (yet). */
  readonly podMetrics = (pod: Pod): ReadonlyMap<string, Usage> | undefined => this.pod(pod)

  #sharers(load: Load): number {
    let count = 0
    for (const kubelet of this.#kubelets.values())
      for (const { pod } of kubelet.workers)
        if (
          pod.metadata.namespace === (load.namespace ?? 'default') &&
          isMeant(load, pod.metadata.name) &&
          isReady(pod)
        )
          count++
    return count
  }
}

const isMeant = ({ pod }: Load, name: string): boolean => name === pod || name.startsWith(`${pod}-`)

const isReady = ({ status }: Pod): boolean => isTrue(status, 'Ready')
