// Carries out what computePodActions found: SyncPod, startContainer and killContainer of pkg/kubelet/kuberuntime.
import { referenceTo } from '../api/events.ts'
import type { Container } from '../containers/container.ts'
import type { ContainerSpec } from '../containers/types.ts'
import { latencies } from '../engine/latencies.ts'
import { type Deciles, Random } from '../engine/random.ts'
import { Deferred, Fiber, isSignal, join, sleep, type Task, wait, withTimeout } from '../engine/task.ts'
import { createContainer, createSandbox, removeSandbox } from './create.ts'
import { ConfigError, CreateError, makeEnvironment } from './environment.ts'
import { runHook } from './hooks.ts'
import type { Kubelet } from './kubelet.ts'
import { changedResources, computePodActions } from './pod-actions.ts'
import type { PodWorker, SyncResult } from './pod-worker.ts'
import { pullLogins } from './pull-secrets.ts'
import { fieldPath, initContainers, isSidecar, latest, type PodRuntimeState, podText } from './types.ts'

const minimumGraceSeconds = 2
/** A container that its probe kills is replaced after 55 to 70 ms (timelines/pod-probes): the rest is its sandbox's end. */
const containersShareOfStop = 0.35

/**
 * ms from the first step of a container's process to the runtime's word that it runs: runc ends, its shim and containerd
 * answer. 360 starts in five runs of containerd 1.6 and runc 1.1 on a machine with two cores, which did other things too, the
 * runs' quantiles averaged (`npm run latencies -- --listening`). In some the word came first: 0.
 */
const answerAfter: Deciles = [0.4, 0.9, 1.6, 2.8, 3.7, 4.7, 6.5, 8.7, 14.6, 32.4]

const mean = (deciles: Deciles): number => deciles.reduce((sum, each) => sum + each, 0) / deciles.length
/** On the way from a container to its running process as it was recorded, which ends with that word. */
const answersShareOfStart = mean(answerAfter) / mean(latencies.start)

/** A stream of its own: how soon the runtime answers shall not shift what else happens by chance. */
const answerMs = ({ engine }: Kubelet, id: string): number =>
  new Random(engine.seed).fork(`answer ${id}`).draw(answerAfter)

type Event = (type: 'Normal' | 'Warning', reason: string, message: string) => void

/** Records events about one container of a pod. */
export function containerEvents(worker: PodWorker, container: ContainerSpec): Event {
  const { recorder } = worker.kubelet
  return (type, reason, message) =>
    recorder.event(referenceTo(worker.pod, fieldPath(worker.pod, container)), type, reason, message)
}

export function* syncContainers(worker: PodWorker): Task<SyncResult> {
  const { pod, seen, probes, runtime, reasons, kubelet } = worker
  const actions = computePodActions(pod, seen, probes)
  if (actions.killPod) {
    yield* killPod(worker, worker.gracePeriod)
    return { type: 'done' }
  }
  const resized = beginResize(worker)
  for (const { container, message, grace = pod.spec.terminationGracePeriodSeconds ?? 30 } of actions.toKill) {
    const running = runtime.byId(container.id)
    if (running) yield* killContainer(worker, running, grace, message)
  }
  if (actions.createSandbox && !runtime.sandbox) {
    yield* kubelet.pace.work('sandbox')
    const problem = createSandbox(worker)
    if (problem) {
      worker.kubelet.recorder.event(pod, 'Warning', 'FailedCreatePodSandBox', problem)
      return { type: 'failed' }
    }
    setSandboxCondition(worker)
  }
  const missing = yield* worker.volumes.pullImages()
  if (missing) {
    for (const { name } of [...actions.initToStart, ...actions.toStart]) reasons.set(name, missing)
    return { type: 'failed' }
  }
  let started = 0
  let failed = false
  let retryAt: number | undefined
  const begin = function* (container: ContainerSpec): Task<boolean> {
    const result = yield* startContainer(worker, container, seen)
    if (result.ok) {
      reasons.delete(container.name)
      started++
      return true
    }
    reasons.set(container.name, result)
    const { message, reason } = result
    const why = `failed to "StartContainer" for "${container.name}" with ${reason}: ${JSON.stringify(message)}`
    kubelet.journal.log(
      'E',
      'pod_workers.go:1324',
      () =>
        `"Error syncing pod, skipping" err=${JSON.stringify(why)} pod="${pod.metadata.namespace}/${pod.metadata.name}" podUID="${pod.metadata.uid}"`,
    )
    failed = true
    if (result.retryAt !== undefined) retryAt = Math.min(retryAt ?? result.retryAt, result.retryAt)
    return false
  }
  for (const container of actions.ephemeralToStart) yield* begin(container)
  for (const container of actions.initToStart)
    if (!(yield* begin(container)) && !isSidecar(container))
      return { type: 'failed', ...(retryAt !== undefined && { retryAt }) }
  for (const container of actions.toStart) yield* begin(container)
  if (failed) return { type: 'failed', ...(retryAt !== undefined && { retryAt }) }
  if (resized) {
    worker.kubelet.recorder.event(pod, 'Normal', 'ResizeCompleted', `Pod resize completed: ${resized}`)
    return { type: 'started' }
  }
  return { type: started ? 'started' : 'done' }
}

/** Applies new resources to what runs; answers with their text where there are any (kuberuntime's doPodResizeAction). */
function beginResize({ pod, seen, runtime, kubelet }: PodWorker): string | undefined {
  const changed = pod.spec.containers.filter(container => {
    const last = latest(seen, container.name)
    return last?.state === 'running' && changedResources(container, last).length > 0
  })
  if (changed.length === 0) return undefined
  const sorted = (list: Record<string, string> = {}) => Object.fromEntries(Object.entries(list).sort())
  const containers = pod.spec.containers.map(({ name, resources = {} }) => ({
    name,
    resources: {
      ...(resources.limits && { limits: sorted(resources.limits) }),
      ...(resources.requests && { requests: sorted(resources.requests) }),
    },
  }))
  const text = JSON.stringify({ containers, generation: pod.metadata.generation })
  kubelet.recorder.event(pod, 'Normal', 'ResizeStarted', `Pod resize started: ${text}`)
  for (const { name, resources } of changed) runtime.find(name)?.resize(resources)
  return text
}

/** The sandbox is ready: that condition is told at once. */
function setSandboxCondition(worker: PodWorker): void {
  worker.status.update(status => ({
    ...status,
    conditions: (status.conditions ?? []).map(c =>
      c.type === 'PodReadyToStartContainers' && c.status !== 'True'
        ? { ...c, status: 'True', lastTransitionTime: worker.kubelet.engine.timestamp }
        : c,
    ),
  }))
}

type StartResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly retryAt?: number }

function* startContainer(
  worker: PodWorker,
  container: ContainerSpec,
  seen: PodRuntimeState,
): Task<StartResult> {
  const { pod, kubelet, runtime } = worker
  const event = containerEvents(worker, container)
  const fail = (reason: string, message: string, retryAt?: number): StartResult => ({
    ok: false,
    reason,
    message,
    ...(retryAt !== undefined && { retryAt }),
  })

  // The last one that had ended when this sync began: the one that it has just killed is not among them (doBackOff).
  const last = seen.containers.find(c => c.name === container.name && c.state === 'exited')
  if (last) {
    const key = `${pod.metadata.uid}_${container.name}_${container.image}`
    if (kubelet.crashBackoff.isInBackOffSince(key, last.finishedAt!)) {
      event(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${podText(pod)}`,
      )
      const ms = kubelet.crashBackoff.get(key)
      const message = `back-off ${goSeconds(ms)} restarting failed container=${container.name} pod=${podText(pod)}`
      return fail('CrashLoopBackOff', message, last.finishedAt! + ms)
    }
    kubelet.crashBackoff.next(key, last.finishedAt!)
  }

  const image = yield* kubelet.images.ensure(pod, container, event, host =>
    pullLogins(pod, kubelet.objects, host),
  )
  if (!image.ok) {
    event('Warning', 'Failed', `Error: ${image.reason}`)
    return fail(image.reason, image.message)
  }
  yield* kubelet.pace.work('create')
  let created: Container
  try {
    const address = runtime.sandbox!.state.address
    const read = (volume: string, path: string) => worker.volumes.readFile(volume, path)
    const env = makeEnvironment(pod, container, address, kubelet.objects, kubelet.facts, read)
    created = createContainer(worker, container, image.found, env)
  } catch (error) {
    // Anything else is a fault of ours: the pod says so, and so does the world's list.
    if (!(error instanceof ConfigError)) kubelet.engine.fail(error)
    const message = error instanceof Error ? error.message : String(error)
    event('Warning', 'Failed', `Error: ${message}`)
    const isConfig = error instanceof ConfigError && !(error instanceof CreateError)
    return fail(isConfig ? 'CreateContainerConfigError' : 'CreateContainerError', message)
  }
  event('Normal', 'Created', 'Container created')
  runtime.add(created)
  yield* kubelet.pace.work('start', 1 - answersShareOfStart)
  const problem = created.start(container.stdin === true)
  if (problem) {
    const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${problem}: unknown`
    created.failStart(message)
    event('Warning', 'Failed', `Error: ${message}`)
    return fail('RunContainerError', message)
  }
  yield* sleep(answerMs(kubelet, created.state.id))
  event('Normal', 'Started', 'Container started')
  runtime.changed()

  const { postStart } = container.lifecycle ?? {}
  if (postStart) {
    const error = yield* runHook(worker, created, postStart)
    if (error !== undefined) {
      event('Warning', 'FailedPostStartHook', 'PostStartHook failed')
      yield* killContainer(worker, created, worker.gracePeriod, 'FailedPostStartHook')
      return fail('PostStartHookError', error)
    }
  }
  return { ok: true }
}

/**
 * Ends one container: preStop hook, its turn (sidecars wait for the others), SIGTERM, and SIGKILL after what is left of
 * the grace period.
 */
export function* killContainer(
  worker: PodWorker,
  container: Container,
  graceSeconds: number,
  message?: string,
  turn?: Deferred<void>,
): Task {
  const { engine } = worker.kubelet
  const spec = container.state.spec
  if (!container.running) return
  const event = containerEvents(worker, worker.container(spec.name) ?? spec)
  event('Normal', 'Killing', message ?? `Stopping container ${spec.name}`)
  const deadline = engine.now + graceSeconds * 1000
  const { preStop, stopSignal = 'SIGTERM' } = spec.lifecycle ?? {}
  if (preStop && graceSeconds > 0) {
    const error = yield* runHook(worker, container, preStop, graceSeconds * 1000)
    if (error !== undefined) event('Warning', 'FailedPreStopHook', 'PreStopHook failed')
  }
  if (turn && deadline > engine.now) yield* withTimeout(turn, deadline - engine.now)
  const left = Math.max(minimumGraceSeconds * 1000, deadline - engine.now)
  // No program here has a handler for any other: the kernel drops it, as the process is the container's first.
  if (isSignal(stopSignal)) container.signal(stopSignal)
  if (container.running) yield* withTimeout(container.ended, left)
  container.signal('SIGKILL')
  yield* wait(container.ended)
  yield* worker.kubelet.pace.work('stop', containersShareOfStop)
}

/** Ends all containers of a pod at once, sidecars after the others and in reverse order, and then its sandbox. */
export function* killPod(worker: PodWorker, graceSeconds: number): Task {
  const { runtime, pod, kubelet } = worker
  const sidecars = initContainers(pod).filter(isSidecar)
  const isLate = (container: Container) => sidecars.some(c => c.name === container.state.name)
  const running = [...runtime.running].sort((a, b) => (a.state.name < b.state.name ? -1 : 1))
  const kill = (container: Container, turn?: Deferred<void>) =>
    new Fiber(kubelet.engine, killContainer(worker, container, graceSeconds, undefined, turn))
  const late = sidecars.flatMap(c => running.filter(r => r.state.name === c.name))
  const turns = late.map(container => ({
    container,
    turn: new Deferred<void>(),
    fiber: undefined as Fiber<void> | undefined,
  }))
  for (const each of turns) each.fiber = kill(each.container, each.turn)
  const first = running.filter(c => !isLate(c)).map(c => kill(c))
  for (const fiber of first) yield* join(fiber)
  for (const { turn, fiber } of turns.reverse()) {
    turn.settle()
    yield* join(fiber!)
  }
  if (runtime.sandbox?.state.ready) {
    yield* kubelet.pace.work('stop', 1 - containersShareOfStop)
    removeSandbox(worker)
    new Fiber(kubelet.engine, kubelet.pace.clearAway())
  }
}

/** `10s`, `1m20s`: time.Duration's text for whole seconds. */
function goSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}
