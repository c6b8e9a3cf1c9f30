// One pod on its node, from the first sync to its removal: the pod worker of pkg/kubelet/pod_workers.go with syncPod,
// syncTerminatingPod and syncTerminatedPod of kubelet.go. A sync sees the runtime as the PLEG last saw it, waits for a
// newer look after its own last run, and comes again when something changed or, after an error, when its back-off ends.
// Left out: the regular resync of a pod that nothing has happened to, but for volumes that follow their sources.

import type { ContainerSpec, ContainerState } from '../containers/types.ts'
import { parseTime } from '../engine/engine.ts'
import { relistMs } from '../engine/latencies.ts'
import { Random } from '../engine/random.ts'
import { Fiber, sleep, type Task } from '../engine/task.ts'
import type { PodStatus } from '../kinds/schema/types.ts'
import { adoptContainers } from './create.ts'
import { watchStorage } from './eviction.ts'
import type { Kubelet } from './kubelet.ts'
import { PodRuntime } from './pod-runtime.ts'
import { computeStatus } from './pod-status.ts'
import { PodProbes } from './probes.ts'
import { StatusWriter } from './status-writer.ts'
import { killPod, syncContainers } from './sync-containers.ts'
import { allContainers, nothingRuns, type Pod, type PodRuntimeState } from './types.ts'
import { PodVolumes } from './volumes.ts'

/** How a sync ended: well, well and for the last time, or with an error and when to try again. */
export type SyncResult =
  | { readonly type: 'done' }
  /** Containers were started: their state is looked at without waiting for the next tick (PLEGOnDemandRelist). */
  | { readonly type: 'started' }
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly retryAt?: number }

const deadlineExceeded = 'DeadlineExceeded'
/** backOffPeriod of pkg/kubelet/kubelet.go, and syncFrequency of its configuration. */
const backOffMs = 10_000
const resyncMs = 60_000
const jitter = 0.5
/** One look at the runtime. */
const lookMs = relistMs - 1000

export class PodWorker {
  pod: Pod
  readonly kubelet: Kubelet
  readonly runtime: PodRuntime
  readonly volumes: PodVolumes
  readonly probes: PodProbes
  readonly status: StatusWriter
  /** What the PLEG saw last. */
  seen: PodRuntimeState = nothingRuns
  phase: 'syncing' | 'terminating' | 'terminated' | 'finished' = 'syncing'
  /** The pod was removed from the API, so nothing is left to write. */
  removed = false
  /** Why the kubelet itself ends the pod (eviction, its deadline): phase Failed with this reason. */
  failure: { reason: string; message: string } | undefined
  /** Why each container did not start last time. */
  readonly reasons = new Map<string, { reason: string; message: string }>()
  #working = false
  #pending = false
  #lastSync = Number.NEGATIVE_INFINITY
  #seenAt = Number.NEGATIVE_INFINITY
  #retry: { cancel(): void } | undefined
  #deadline: { cancel(): void } | undefined
  #watched = false

  constructor(kubelet: Kubelet, pod: Pod) {
    this.kubelet = kubelet
    this.pod = pod
    this.runtime = new PodRuntime(kubelet.engine, kubelet.pids, () => kubelet.runtimeChanged(this))
    this.volumes = new PodVolumes(this)
    this.probes = new PodProbes(this)
    this.status = new StatusWriter(this)
  }

  /** Can a container of it still run? Until then its phase must not become a final one. */
  get mayRun(): boolean {
    return this.phase === 'syncing' || this.phase === 'terminating'
  }

  /** A sync runs, or waits for its turn. */
  get busy(): boolean {
    return this.#working
  }

  /** The pod changed, or something about it did: sync it soon. */
  wake(): void {
    if (this.phase === 'finished' || this.kubelet.stopped) return
    if (this.#working) {
      this.#pending = true
      return
    }
    this.#working = true
    this.#retry?.cancel()
    this.#retry = undefined
    new Fiber(this.kubelet.engine, this.#work())
  }

  /** The pod is to end: deleted, evicted, past its deadline. */
  terminate(): void {
    if (this.phase === 'syncing') {
      this.phase = 'terminating'
      this.volumes.cancel()
    }
    this.wake()
  }

  /** The node does not take the pod: it fails without having been started (rejectPod). */
  reject({ reason, message }: { reason: string; message: string }): void {
    const { recorder, engine } = this.kubelet
    recorder.event(this.pod, 'Warning', reason, message)
    this.phase = 'finished'
    const { qosClass } = this.pod.status ?? {}
    this.status.set({
      observedGeneration: this.pod.metadata.generation,
      phase: 'Failed',
      reason,
      message,
      startTime: engine.timestamp,
      conditions: [],
      ...(qosClass && { qosClass }),
    })
  }

  /** Takes over a pod that was running when this world began, as its status describes it: without events or writes. */
  adopt(): void {
    // Its containers find their files there.
    this.volumes.adopt()
    adoptContainers(this)
    this.look()
    this.status.adopt(this.pod.status)
    this.probes.adopt(this.pod.status.containerStatuses)
    this.probes.start()
    this.#resync()
  }

  /** Takes a look at the runtime; answers with the number of things that began or ended since the last one. */
  look(): number {
    const before = this.seen
    this.seen = this.runtime.snapshot()
    this.#seenAt = this.kubelet.engine.now
    let events = this.seen.sandbox?.ready === before.sandbox?.ready ? 0 : 1
    for (const { id, state } of this.seen.containers)
      if (state !== 'created' && before.containers.find(c => c.id === id)?.state !== state) events++
    return events
  }

  /** What a look of the PLEG found: each event is a reason to sync, and those of one look cause two syncs at most. */
  relist(): void {
    const events = this.look()
    for (let i = 0; i < Math.min(2, events); i++) this.wake()
  }

  computeStatus(terminal: boolean): PodStatus {
    const { probes, kubelet, failure } = this
    // Every look at the status finds the deadline passed, and says so.
    if (failure?.reason === deadlineExceeded)
      kubelet.recorder.event(this.pod, 'Normal', deadlineExceeded, failure.message)
    return computeStatus({
      pod: this.pod,
      failure: this.failure,
      runtime: this.seen,
      old: this.status.current,
      terminal,
      hostAddress: kubelet.address,
      now: kubelet.engine.now,
      reason: name => this.reasons.get(name),
      isStarted: (container: ContainerSpec, state: ContainerState) => probes.isStarted(container, state),
      isReady: (container: ContainerSpec, state: ContainerState) => probes.isReady(container, state),
    })
  }

  *#work(): Task {
    const { engine, pleg } = this.kubelet
    let again = true
    let more = false
    while (again || this.#pending) {
      this.#pending = more
      more = false
      const wait = pleg.waitFor(this.#lastSync, this.#seenAt)
      if (wait > 0) {
        yield* sleep(wait)
        if (this.#seenAt < engine.now) this.look()
      }
      const result = yield* this.#sync()
      this.#lastSync = engine.now
      again = this.#complete(result)
      if (result.type === 'started') {
        yield* sleep(lookMs)
        more = this.look() > 1
      }
    }
    this.#working = false
  }

  /** What a sync throws is a fault of ours: it is told as an event, to the world's list, and the pod is tried again. */
  *#sync(): Task<SyncResult> {
    try {
      return yield* this.#syncPhase()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.kubelet.recorder.event(this.pod, 'Warning', 'FailedSync', `Error syncing pod: ${message}`)
      this.kubelet.engine.fail(error)
      return { type: 'failed' }
    }
  }

  *#syncPhase(): Task<SyncResult> {
    if (this.phase === 'syncing') return yield* this.#syncPod()
    if (this.phase === 'terminating') return yield* this.#syncTerminating()
    if (this.phase === 'terminated') return yield* this.#syncTerminated()
    return { type: 'done' }
  }

  /** Plans the next sync; true where it comes at once. */
  #complete(result: SyncResult): boolean {
    const { engine, random } = this.kubelet
    this.#retry?.cancel()
    this.#retry = undefined
    if (this.phase === 'finished') return false
    if (result.type === 'finished' || result.type === 'started') return true
    if (this.phase === 'terminating' && result.type === 'done') return true
    if (result.type === 'failed') {
      const ms =
        result.retryAt === undefined
          ? backOffMs
          : Math.min(resyncMs, Math.max(0, result.retryAt - engine.now))
      // The sync loop looks at its queue once a second.
      const due = this.kubelet.pace.syncTick(engine.now + ms * (1 + random.float() * jitter))
      this.#retry = engine.after(due - engine.now, () => this.wake())
    } else this.#resync()
    return false
  }

  /** Volumes that follow their sources are brought in step with them every minute or so. */
  #resync(): void {
    if (!this.volumes.followSources) return
    const { engine } = this.kubelet
    // A stream of its own: what a pod does regularly shall not shift what else happens by chance.
    const chance = new Random(1).fork(`resync ${this.pod.metadata.uid} ${engine.now}`).float()
    this.#retry = engine.after(resyncMs * (1 + chance * jitter), () => this.wake(), { background: true })
  }

  *#syncPod(): Task<SyncResult> {
    this.#checkDeadline()
    const status = this.computeStatus(false)
    this.status.set(status)
    if (status.phase === 'Succeeded' || status.phase === 'Failed') {
      this.phase = 'terminating'
      return { type: 'finished' }
    }
    const mounted = yield* this.volumes.mount()
    if (this.phase !== 'syncing') return { type: 'done' }
    if (!mounted) return { type: 'failed' }
    this.#checkPullSecrets()
    this.probes.start()
    if (!this.#watched) watchStorage(this)
    this.#watched = true
    return yield* syncContainers(this)
  }

  /** The kubelet ends the pod: its deadline has passed, or it used more than it may. */
  fail(reason: string, message: string): void {
    if (this.phase === 'syncing') this.failure ??= { reason, message }
  }

  /** activeDeadlineSeconds, counted from the pod's start: active_deadline.go. */
  #checkDeadline(): void {
    const { activeDeadlineSeconds } = this.pod.spec
    if (activeDeadlineSeconds === undefined || this.failure) return
    const { engine } = this.kubelet
    const syncTick = (time: number) => this.kubelet.pace.syncTick(time)
    const { startTime } = this.status.current
    const due = (startTime ? parseTime(startTime) : engine.now) + activeDeadlineSeconds * 1000
    if (due <= engine.now) {
      this.fail(deadlineExceeded, 'Pod was active on the node longer than the specified deadline')
      return
    }
    this.#deadline?.cancel()
    this.#deadline = engine.after(syncTick(due) - engine.now, () => this.wake())
  }

  /** A secret for the registry that is not there is worth a warning: the image may be public. */
  #checkPullSecrets(): void {
    const { metadata, spec } = this.pod
    const names = (spec.imagePullSecrets ?? []).map(({ name = '' }) => name)
    const missing = names.filter(name => !this.kubelet.objects.secret(metadata.namespace ?? '', name))
    if (missing.length === 0) return
    const message = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`
    this.kubelet.recorder.event(this.pod, 'Warning', 'FailedToRetrieveImagePullSecret', message)
  }

  *#syncTerminating(): Task<SyncResult> {
    this.status.set(this.computeStatus(false))
    this.probes.stop(['liveness', 'startup'])
    yield* killPod(this, this.gracePeriod)
    this.probes.stop(['readiness'])
    this.look()
    const status = this.computeStatus(true)
    this.phase = 'terminated'
    this.status.set(status)
    return { type: 'finished' }
  }

  *#syncTerminated(): Task<SyncResult> {
    this.status.set(this.computeStatus(true))
    yield* this.volumes.unmount()
    this.phase = 'finished'
    this.#deadline?.cancel()
    this.status.finish()
    this.kubelet.forget(this)
    return { type: 'done' }
  }

  /** Seconds between the polite and the hard signal. */
  get gracePeriod(): number {
    // Evictions do not wait.
    if (this.failure?.reason === 'Evicted') return 1
    const { deletionGracePeriodSeconds } = this.pod.metadata
    const seconds = deletionGracePeriodSeconds ?? this.pod.spec.terminationGracePeriodSeconds ?? 30
    return Math.max(1, seconds)
  }

  container(name: string): ContainerSpec | undefined {
    for (const container of allContainers(this.pod)) if (container.name === name) return container
    return undefined
  }
}
