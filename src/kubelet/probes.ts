// Startup, readiness and liveness probes: one prober a probe and container, with thresholds and delays
// (pkg/kubelet/prober/worker.go). What one of them asks is in probe-attempts.ts.

import type { Container } from '../containers/container.ts'
import type { ContainerSpec, ContainerState } from '../containers/types.ts'
import { Fiber, type Task } from '../engine/task.ts'
import type { ContainerStatus, Probe } from '../kinds/schema/types.ts'
import type { ProbeResult } from './pod-actions.ts'
import { withReadiness } from './pod-status.ts'
import type { PodWorker } from './pod-worker.ts'
import { attempt } from './probe-attempts.ts'
import { containerEvents } from './sync-containers.ts'
import { initContainers, isSidecar, latest } from './types.ts'

export type ProbeType = 'startup' | 'readiness' | 'liveness'

/**
 * How often the prober that a new container's first status wakes finds that status. Of ten recorded containers
 * (timelines/service-and-endpoints, 13-statefulset-parallel, 13-statefulset-update) five were ready within 30 ms, one was
 * refused by its program at once, one was not looked at, and of three it cannot be told: 0.6, where one look in six is refused
 * as among those that are known.
 */
const triggerWins = 0.6
const types: readonly ProbeType[] = ['startup', 'readiness', 'liveness']

export class PodProbes {
  readonly #worker: PodWorker
  // Most pods have no probes.
  #probers: Map<string, Prober> | undefined
  /** Results by container id and type. */
  #results: Map<string, ProbeResult> | undefined

  constructor(worker: PodWorker) {
    this.#worker = worker
  }

  /** Begins to probe what is not probed yet. */
  start(): void {
    const { pod } = this.#worker
    for (const container of [...initContainers(pod).filter(isSidecar), ...pod.spec.containers])
      for (const type of types) {
        const spec = container[`${type}Probe`]
        if (!spec) continue
        const key = `${container.name} ${type}`
        const probers = (this.#probers ??= new Map())
        if (!probers.has(key)) probers.set(key, new Prober(this.#worker, this, container, type, spec))
      }
  }

  stop(which: readonly ProbeType[]): void {
    for (const [key, prober] of this.#probers ?? [])
      if (which.includes(prober.type)) {
        prober.stop()
        this.#probers?.delete(key)
      }
  }

  /** What the probes of containers that run already have found, by the pod's status. */
  adopt(statuses: readonly ContainerStatus[] = []): void {
    for (const { containerID = '', ready, started } of statuses) {
      const id = containerID.replace('containerd://', '')
      if (ready) this.#note(id, 'readiness', 'success')
      if (started) this.#note(id, 'startup', 'success')
    }
  }

  result(id: string, type: ProbeType): ProbeResult | undefined {
    return this.#results?.get(`${id} ${type}`)
  }

  #note(id: string, type: ProbeType, result: ProbeResult): void {
    ;(this.#results ??= new Map()).set(`${id} ${type}`, result)
  }

  liveness(id: string): ProbeResult | undefined {
    return this.result(id, 'liveness')
  }

  startup(id: string): ProbeResult | undefined {
    return this.result(id, 'startup')
  }

  isStarted(container: ContainerSpec, state: ContainerState): boolean {
    const result = this.result(state.id, 'startup')
    return result ? result === 'success' : !container.startupProbe
  }

  isReady(container: ContainerSpec, state: ContainerState): boolean {
    const result = this.result(state.id, 'readiness')
    if (result === 'success') return true
    const prober = this.#probers?.get(`${container.name} readiness`)
    // A status that shows an unready container asks its prober to look again at once. Where that is the first one that shows
    // it running, whether the prober finds it so is a race with that very status on its way to the status manager.
    if (prober) {
      const { containerStatuses = [], initContainerStatuses = [] } = this.#worker.status.current
      const known = [...initContainerStatuses, ...containerStatuses].some(
        s => s.state.running && s.containerID?.endsWith(state.id),
      )
      prober.trigger(known || this.#worker.kubelet.random.float() < triggerWins)
    }
    return !container.readinessProbe
  }

  /** What holds of a new container until its first answer. */
  begin(id: string, type: ProbeType, result: ProbeResult): void {
    this.#note(id, type, result)
    if (type !== 'liveness' && !this.#worker.busy) this.#worker.wake()
  }

  /** A prober learned something new. */
  set(container: ContainerSpec, id: string, type: ProbeType, result: ProbeResult): void {
    if (this.result(id, type) === result) return
    this.#note(id, type, result)
    const worker = this.#worker
    if (type === 'liveness') {
      if (result === 'failure') worker.wake()
      return
    }
    // SetContainerReadiness, SetContainerStartup: shown at once, then the pod is synced.
    const now = result === 'success'
    if (worker.phase === 'syncing')
      this.#show(container.name, type === 'startup' ? { started: now } : { ready: now })
    worker.wake()
  }

  #show(name: string, change: object): void {
    const apply = (list: ContainerStatus[] = []) =>
      list.map(s => (s.name === name && s.state.running ? { ...s, ...change } : s))
    this.#worker.status.update(status =>
      withReadiness(
        this.#worker.pod,
        {
          ...status,
          containerStatuses: apply(status.containerStatuses),
          ...(status.initContainerStatuses && { initContainerStatuses: apply(status.initContainerStatuses) }),
        },
        this.#worker.kubelet.engine.timestamp,
      ),
    )
  }
}

class Prober {
  readonly type: ProbeType
  readonly #worker: PodWorker
  readonly #probes: PodProbes
  readonly #container: ContainerSpec
  readonly #spec: Probe
  #timer: { cancel(): void } | undefined
  #id = ''
  #onHold = false
  #last: ProbeResult | undefined
  #run = 0
  #stopped = false
  /** It looks right now: a trigger that comes meanwhile is kept (worker.go's channel holds one). */
  #busy = false
  #triggered = false

  constructor(worker: PodWorker, probes: PodProbes, container: ContainerSpec, type: ProbeType, spec: Probe) {
    this.#worker = worker
    this.#probes = probes
    this.#container = container
    this.type = type
    this.#spec = spec
    this.#schedule(this.#periodMs)
  }

  get #periodMs(): number {
    return (this.#spec.periodSeconds ?? 10) * 1000
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }

  /** Looks at once, and then a period later; where it does not find the container yet (`finds`), a period later only. */
  trigger(finds: boolean): void {
    if (this.#stopped) return
    if (this.#busy) this.#triggered ||= finds
    else this.#schedule(finds ? 0 : this.#periodMs)
  }

  /** The one next look; at once where it was asked for in the meantime. */
  #schedule(later: number): void {
    if (this.#stopped) return
    const ms = this.#triggered ? 0 : later
    this.#busy = false
    this.#triggered = false
    this.#timer?.cancel()
    // A probe that has found its result goes on for ever: that must not keep the world busy.
    const background = this.#last !== undefined || this.#onHold
    this.#timer = this.#worker.kubelet.engine.after(ms, () => this.#tick(), { background })
  }

  #tick(): void {
    this.#busy = true
    const container = this.#due()
    if (!container) {
      this.#schedule(this.#periodMs)
      return
    }
    new Fiber(this.#worker.kubelet.engine, this.#probe(container))
  }

  /** The container to probe now, if it is time. */
  #due(): Container | undefined {
    const { runtime, seen, kubelet } = this.#worker
    const { name } = this.#container
    const container = runtime.find(name)
    const state = latest(seen, name)
    if (!state || state.state === 'created') return undefined
    // A container that is new in the status, even one that has ended since: what holds of it at first is news.
    if (state.id !== this.#id) {
      this.#id = state.id
      this.#last = undefined
      this.#run = 0
      this.#onHold = false
      if (!this.#probes.result(state.id, this.type))
        this.#probes.begin(state.id, this.type, initialResults[this.type])
    }
    if (this.#onHold) return undefined
    // What is seen to have ended is not ready and not alive.
    if (state.state === 'exited') this.#probes.set(this.#container, state.id, this.type, 'failure')
    if (!container?.running || state.id !== container.state.id) return undefined
    // The API's start times have whole seconds, and the delay counts from there.
    const since = Math.floor(container.state.startedAt! / 1000) * 1000
    const seconds = Math.floor((kubelet.engine.now - since) / 1000)
    if (kubelet.stopped || seconds < (this.#spec.initialDelaySeconds ?? 0)) return undefined
    const started = this.#probes.isStarted(this.#container, state)
    return started === (this.type === 'startup') ? undefined : container
  }

  /** A probe that could not be made says nothing of the container (prober.go). */
  #errored(error: unknown, next: number): void {
    const { engine } = this.#worker.kubelet
    engine.fail(error)
    const message = error instanceof Error ? error.message : String(error)
    containerEvents(this.#worker, this.#container)(
      'Warning',
      'Unhealthy',
      `${nameOf(this.type)} probe errored and resulted in unknown state: ${message}`,
    )
    this.#schedule(next - engine.now)
  }

  *#probe(container: Container): Task {
    const next = this.#worker.kubelet.engine.now + this.#periodMs
    let failure: string | undefined
    try {
      failure = yield* attempt(this.#worker, this.#container, container, this.#spec)
    } catch (error) {
      this.#errored(error, next)
      return
    }
    if (this.#stopped || container.state.id !== this.#id || !container.running) {
      this.#schedule(next - this.#worker.kubelet.engine.now)
      return
    }
    const result: ProbeResult = failure === undefined ? 'success' : 'failure'
    if (failure !== undefined) {
      containerEvents(this.#worker, this.#container)(
        'Warning',
        'Unhealthy',
        `${nameOf(this.type)} probe failed: ${failure}`,
      )
    }
    this.#run = this.#last === result ? this.#run + 1 : 1
    this.#last = result
    const { failureThreshold = 3, successThreshold = 1 } = this.#spec
    if (this.#run >= (result === 'failure' ? failureThreshold : successThreshold)) {
      this.#probes.set(this.#container, this.#id, this.type, result)
      // The container will be restarted (or has started): this prober waits for the next one.
      if ((result === 'failure' && this.type !== 'readiness') || this.type === 'startup') {
        this.#onHold = true
        this.#run = 0
      }
    }
    this.#schedule(next - this.#worker.kubelet.engine.now)
  }
}

const nameOf = (type: ProbeType): string => type[0]!.toUpperCase() + type.slice(1)

/** What holds before the first answer. */
const initialResults: Record<ProbeType, ProbeResult> = {
  startup: 'unknown',
  readiness: 'failure',
  liveness: 'success',
}
