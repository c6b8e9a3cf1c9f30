// The status of a pod as the API shows it, computed from its spec, the runtime's state and what the kubelet remembers:
// generateAPIPodStatus, getPhase and convertToAPIContainerStatuses of pkg/kubelet/kubelet_pods.go, and the conditions of
// pkg/kubelet/status/generate.go. Left out: cgroup-level numbers in status.resources.

import type { ContainerSpec, ContainerState } from '../containers/types.ts'
import { formatTime } from '../engine/engine.ts'
import type {
  ContainerState as ApiContainerState,
  ContainerStatus,
  PodCondition,
  PodStatus,
  ResourceRequirements,
  VolumeMount,
  VolumeMountStatus,
} from '../kinds/schema/types.ts'
import { addResources } from './resources.ts'
import {
  ephemeralContainers,
  initContainers,
  isSidecar,
  type Pod,
  type PodRuntimeState,
  restartsAfter,
  shouldBeRestarted,
} from './types.ts'

export interface StatusSources {
  readonly pod: Pod
  readonly runtime: PodRuntimeState
  /** The status that was computed before, or the API's. */
  readonly old: PodStatus
  /** Why the kubelet itself ends the pod. */
  readonly failure: { readonly reason: string; readonly message: string } | undefined
  /** No container of it runs or will run again. */
  readonly terminal: boolean
  readonly hostAddress: string
  readonly now: number
  /** Why a container did not start: ErrImagePull, CrashLoopBackOff … */
  reason(container: string): { reason: string; message: string } | undefined
  isStarted(container: ContainerSpec, state: ContainerState): boolean
  isReady(container: ContainerSpec, state: ContainerState): boolean
}

const ownConditions = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
])
export const isKubeletCondition = (type: string): boolean => ownConditions.has(type)

export function computeStatus(sources: StatusSources): PodStatus {
  const { pod, runtime, old, hostAddress } = sources
  const init = initContainers(pod)
  const ephemeral = ephemeralContainers(pod)
  const generation = pod.metadata.generation
  const initStatuses = init.length
    ? containerStatuses(sources, init, old.initContainerStatuses, true)
    : undefined
  const statuses = containerStatuses(sources, pod.spec.containers, old.containerStatuses, false)
  statuses.sort((a, b) => (a.name < b.name ? -1 : 1))
  const ephemeralStatuses = ephemeral.length
    ? containerStatuses(sources, ephemeral, old.ephemeralContainerStatuses, false)
    : undefined
  const all = [...statuses, ...(initStatuses ?? [])]

  let phase = getPhase(pod, all, sources.terminal)
  if (old.phase === 'Failed' || old.phase === 'Succeeded') phase = old.phase
  if (sources.failure) phase = 'Failed'
  const status: PodStatus = { observedGeneration: generation!, phase }
  const { reason, message }: Pick<PodStatus, 'reason' | 'message'> =
    sources.failure ?? (old.phase === phase ? old : {})
  if (reason) status.reason = reason
  if (message) status.message = message

  const address = pod.spec.hostNetwork ? hostAddress : (runtime.sandbox?.address ?? old.podIP)
  if (hostAddress) {
    status.hostIP = hostAddress
    status.hostIPs = [{ ip: hostAddress }]
  }
  if (address) {
    status.podIP = address
    status.podIPs = [{ ip: address }]
  }
  status.startTime = old.startTime ?? formatTime(sources.now)
  if (initStatuses) status.initContainerStatuses = initStatuses
  status.containerStatuses = statuses
  if (ephemeralStatuses) status.ephemeralContainerStatuses = ephemeralStatuses
  if (old.qosClass) status.qosClass = old.qosClass
  const sums = podResources(pod)
  if (sums.requests) status.allocatedResources = sums.requests
  status.resources = sums
  status.conditions = conditions(pod, runtime, all, phase, generation)
  return withTransitionTimes(status, old.conditions, formatTime(sources.now))
}

const resourceSums = new WeakMap<object, ResourceRequirements>()

/** What a spec asks for, added up once. */
function podResources(pod: Pod): ResourceRequirements {
  let result = resourceSums.get(pod.spec)
  if (result) return result
  result = {}
  for (const side of ['limits', 'requests'] as const) {
    const sum = addResources(
      [...pod.spec.containers, ...initContainers(pod).filter(isSidecar)].map(c => c.resources?.[side]),
    )
    if (sum) result[side] = sum
  }
  resourceSums.set(pod.spec, result)
  return result
}

function containerStatuses(
  sources: StatusSources,
  containers: readonly ContainerSpec[],
  oldStatuses: readonly ContainerStatus[] | undefined,
  isInit: boolean,
): ContainerStatus[] {
  const { pod, runtime } = sources
  const waiting = initContainers(pod).length ? 'PodInitializing' : 'ContainerCreating'
  return containers.map(container => {
    const old = oldStatuses?.find(s => s.name === container.name)
    const [newest, before] = runtime.containers.filter(c => c.name === container.name)
    let status: ContainerStatus
    if (newest) status = fromRuntime(container, newest)
    else if (isInit && old?.state?.terminated) return old
    else
      status = {
        name: container.name,
        state: { waiting: { reason: waiting } },
        lastState: old?.lastState ?? {},
        ready: false,
        restartCount: old?.restartCount ?? 0,
        image: container.image ?? '',
        imageID: '',
        started: false,
      }
    if (before) status.lastState = stateOf(before)
    else if (newest && newest.restartCount > 0 && old?.lastState) status.lastState = old.lastState

    const failed = sources.reason(container.name)
    const isDone = isInit && newest?.state === 'exited' && newest.exitCode === 0 && !isSidecar(container)
    if (failed && !isDone && shouldBeRestarted(container, pod, runtime)) {
      if (status.state.terminated) status.lastState = status.state
      status.state = {
        waiting: { reason: failed.reason, ...(failed.message && { message: failed.message }) },
      }
    }
    const running = newest?.state === 'running' && status.state.running ? newest : undefined
    const started = running !== undefined && sources.isStarted(container, running)
    status.started = started
    if (isInit && !isSidecar(container)) status.ready = status.state.terminated?.exitCode === 0
    else status.ready = started && sources.isReady(container, running!)
    const mounts = volumeMounts(container)
    if (mounts) status.volumeMounts = mounts
    if (ephemeralContainers(pod).includes(container)) delete status.started
    return status
  })
}

function fromRuntime(container: ContainerSpec, state: ContainerState): ContainerStatus {
  const { limits, requests }: ResourceRequirements = state.spec.resources ?? container.resources ?? {}
  return {
    name: state.name,
    state: stateOf(state),
    lastState: {},
    ready: false,
    restartCount: state.restartCount,
    image: state.image,
    imageID: state.imageRef,
    containerID: `containerd://${state.id}`,
    started: false,
    ...(requests && { allocatedResources: requests }),
    resources: { ...(limits && { limits }), ...(requests && { requests }) },
  }
}

function stateOf(state: ContainerState): ApiContainerState {
  if (state.state === 'created') return { waiting: { reason: 'ContainerCreating' } }
  if (state.state === 'running') return { running: { startedAt: formatTime(state.startedAt!) } }
  return {
    terminated: {
      exitCode: state.exitCode!,
      ...(state.reason && { reason: state.reason }),
      ...(state.message && { message: state.message }),
      startedAt: formatTime(state.startedAt ?? 0),
      finishedAt: formatTime(state.finishedAt ?? 0),
      containerID: `containerd://${state.id}`,
    },
  }
}

const mountStatuses = new WeakMap<ContainerSpec, VolumeMountStatus[]>()

function volumeMounts(container: ContainerSpec): VolumeMountStatus[] | undefined {
  if (!container.volumeMounts?.length) return undefined
  let mounts = mountStatuses.get(container)
  if (!mounts) {
    mounts = container.volumeMounts.map(({ name, mountPath, readOnly, recursiveReadOnly }: VolumeMount) => ({
      name,
      mountPath,
      ...(readOnly && { readOnly, recursiveReadOnly: recursiveReadOnly ?? 'Disabled' }),
    }))
    mountStatuses.set(container, mounts!)
  }
  return mounts
}

const unseen: Pick<ContainerStatus, 'state' | 'lastState' | 'started'> = { state: {}, lastState: {} }

function getPhase(pod: Pod, statuses: readonly ContainerStatus[], terminal: boolean): string {
  const { spec } = pod
  const of = (container: ContainerSpec) => statuses.find(s => s.name === container.name)
  let pendingInit = 0
  let failedInit = 0
  let unknown = 0
  let running = 0
  let waiting = 0
  let stopped = 0
  let succeeded = 0
  let restarting = 0
  let pendingSidecars = 0
  const hasInitialized = spec.containers.some(c => hasStarted(of(c)))
  for (const container of initContainers(pod)) {
    const { state, lastState, started } = of(container) ?? unseen
    if (isSidecar(container)) {
      if (state.running) {
        if (!started) pendingSidecars++
        running++
      } else if (state.waiting && !lastState.terminated) {
        pendingSidecars++
        waiting++
      } else if (!state.terminated && !state.waiting) unknown++
      continue
    }
    const ended = state.terminated ?? (state.waiting && lastState.terminated)
    if (!ended) pendingInit++
    else if (ended.exitCode !== 0) failedInit++
  }
  for (const container of spec.containers) {
    const { state, lastState } = of(container) ?? unseen
    if (state.running) running++
    else if (state.terminated) {
      stopped++
      if (state.terminated.exitCode === 0) succeeded++
      if (restartsAfter(container, spec, state.terminated.exitCode)) restarting++
    } else if (state.waiting) {
      if (lastState.terminated) {
        stopped++
        restarting++
      } else waiting++
    } else unknown++
  }
  if (failedInit > 0 && spec.restartPolicy === 'Never') return 'Failed'
  if (pendingInit > 0 || (pendingSidecars > 0 && !hasInitialized) || waiting > 0) return 'Pending'
  if (running > 0 && unknown === 0) return 'Running'
  if (running === 0 && stopped > 0 && unknown === 0) {
    if (restarting > 0 && !terminal) return 'Running'
    return stopped === succeeded ? 'Succeeded' : 'Failed'
  }
  return 'Pending'
}

const hasStarted = (status: ContainerStatus | undefined): boolean =>
  !!status && !!(status.state?.running || status.state?.terminated || status.lastState?.terminated)

function conditions(
  pod: Pod,
  runtime: PodRuntimeState,
  statuses: readonly ContainerStatus[],
  phase: string,
  generation: number | undefined,
): PodCondition[] {
  const of = (container: ContainerSpec) => statuses.find(s => s.name === container.name)
  const make = makeCondition(generation)
  const { ready, containersReady } = readiness(pod, statuses, phase, make)
  const incomplete = initContainers(pod).filter(c => (isSidecar(c) ? !of(c)?.started : !of(c)?.ready))
  const initialized =
    phase === 'Succeeded'
      ? make('Initialized', true, 'PodCompleted')
      : incomplete.length && !pod.spec.containers.some(c => hasStarted(of(c)))
        ? make(
            'Initialized',
            false,
            'ContainersNotInitialized',
            `containers with incomplete status: [${names(incomplete)}]`,
          )
        : make('Initialized', true)

  return [
    ...foreignConditions(pod),
    make('PodReadyToStartContainers', runtime.sandbox?.ready === true),
    initialized,
    ready,
    containersReady,
    make('PodScheduled', true),
  ]
}

type Make = (type: string, ok: boolean, reason?: string, message?: string) => PodCondition

const foreignConditions = (pod: Pod): PodCondition[] =>
  (pod.status?.conditions ?? []).filter(c => !isKubeletCondition(c.type))

/** A status whose containers changed their readiness, with the two conditions that follow from it. */
export function withReadiness(pod: Pod, status: PodStatus, now: string): PodStatus {
  const make = makeCondition(pod.metadata.generation)
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])]
  const { ready, containersReady } = readiness(pod, all, status.phase ?? '', make)
  const conditions = status.conditions?.map(c =>
    c.type === 'Ready' ? ready : c.type === 'ContainersReady' ? containersReady : c,
  )
  return withTransitionTimes({ ...status, ...(conditions && { conditions }) }, status.conditions, now)
}

const makeCondition =
  (generation: number | undefined): Make =>
  (type, ok, reason, message) => {
    const made = { type } as PodCondition
    if (generation !== undefined) made.observedGeneration = generation
    made.status = ok ? 'True' : 'False'
    made.lastProbeTime = null
    if (reason) made.reason = reason
    if (message) made.message = message
    return made
  }

function readiness(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  phase: string,
  make: Make,
): { ready: PodCondition; containersReady: PodCondition } {
  const of = (container: ContainerSpec) => statuses.find(s => s.name === container.name)
  const unready = [...initContainers(pod).filter(isSidecar), ...pod.spec.containers].filter(
    c => !of(c)?.ready,
  )
  const containersReady =
    phase === 'Succeeded'
      ? make('ContainersReady', false, 'PodCompleted')
      : phase === 'Failed'
        ? make('ContainersReady', false, 'PodFailed')
        : unready.length
          ? make(
              'ContainersReady',
              false,
              'ContainersNotReady',
              `containers with unready status: [${names(unready)}]`,
            )
          : make('ContainersReady', true)

  const gates: string[] = []
  const foreign = foreignConditions(pod)
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const gate = foreign.find(c => c.type === conditionType)
    if (!gate) gates.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`)
    else if (gate.status !== 'True')
      gates.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`)
  }
  const ready =
    containersReady.status === 'True' && gates.length
      ? make('Ready', false, 'ReadinessGatesNotReady', gates.join(', '))
      : { ...containersReady, type: 'Ready' }
  return { ready, containersReady }
}

const names = (containers: readonly ContainerSpec[]): string => containers.map(c => c.name).join(' ')

/** A condition whose status stays keeps its time. */
export function withTransitionTimes(
  status: PodStatus,
  old: readonly PodCondition[] | undefined,
  now: string,
): PodStatus {
  status.conditions = (status.conditions ?? []).map(condition => {
    const { type, observedGeneration, lastProbeTime, reason, message } = condition
    if (!isKubeletCondition(type)) return condition
    const before = old?.find(c => c.type === type)
    const lastTransitionTime = before?.status === condition.status ? before.lastTransitionTime : now
    if (condition.lastTransitionTime === lastTransitionTime) return condition
    const timed = { type } as PodCondition
    if (observedGeneration !== undefined) timed.observedGeneration = observedGeneration
    timed.status = condition.status
    timed.lastProbeTime = lastProbeTime ?? null
    if (lastTransitionTime) timed.lastTransitionTime = lastTransitionTime
    if (reason) timed.reason = reason
    if (message) timed.message = message
    return timed
  })
  return status
}
