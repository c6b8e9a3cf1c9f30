// What is to be done so that a pod's containers become what its spec says: computePodActions and
// computeInitContainerActions of pkg/kubelet/kuberuntime/kuberuntime_manager.go and kuberuntime_container.go.
// Left out: a sandbox that is lost and made again, since no runtime here loses one.
import type { ContainerSpec, ContainerState } from '../containers/types.ts'
import type { ContainerResizePolicy } from '../kinds/schema/types.ts'
import {
  ephemeralContainers,
  initContainers,
  isSidecar,
  latest,
  type Pod,
  type PodRuntimeState,
  shouldBeRestarted,
} from './types.ts'

export type ProbeResult = 'success' | 'failure' | 'unknown'

/** What the probes last said of a running container. */
export interface ProbeResults {
  liveness(containerId: string): ProbeResult | undefined
  startup(containerId: string): ProbeResult | undefined
}

export interface Kill {
  readonly container: ContainerState
  readonly message: string
  /** Seconds, where they are not those of the pod. */
  readonly grace?: number | undefined
}

export interface PodActions {
  killPod: boolean
  createSandbox: boolean
  readonly initToStart: ContainerSpec[]
  readonly toStart: ContainerSpec[]
  readonly ephemeralToStart: ContainerSpec[]
  readonly toKill: Kill[]
}

export function computePodActions(pod: Pod, state: PodRuntimeState, probes: ProbeResults): PodActions {
  const actions: PodActions = {
    killPod: false,
    createSandbox: false,
    initToStart: [],
    toStart: [],
    ephemeralToStart: [],
    toKill: [],
  }
  const init = initContainers(pod)
  if (!state.sandbox?.ready) {
    // A new sandbox is for those that are to run again; where there are none, what has ended stays ended.
    const wanted = pod.spec.containers.filter(each => shouldBeRestarted(each, pod, state))
    if (wanted.length === 0) return actions
    actions.createSandbox = true
    if (init.length) actions.initToStart.push(init[0]!)
    else actions.toStart.push(...wanted)
    return actions
  }
  for (const container of ephemeralContainers(pod))
    if (!latest(state, container.name)) actions.ephemeralToStart.push(container)
  const initialized = computeInitActions(pod, state, probes, actions)
  if (actions.killPod || !initialized) return actions

  const restarts = pod.spec.restartPolicy !== 'Never'
  let keep = 0
  for (const container of pod.spec.containers) {
    const last = latest(state, container.name)
    if (last?.state !== 'running') {
      if (shouldBeRestarted(container, pod, state)) actions.toStart.push(container)
      continue
    }
    const changed = isChanged(container, last)
    const resized = !changed && resizeNeedsRestart(container, last)
    if (resized) {
      actions.toStart.push(container)
      actions.toKill.push({ container: last, message: `Container ${container.name} resize requires restart` })
      continue
    }
    const message = changed
      ? `Container ${container.name} definition changed`
      : failedProbe(`Container ${container.name}`, last, probes)
    const grace = changed ? undefined : graceOf(last, probes)
    if (!message) {
      keep++
      continue
    }
    const again = changed || restarts
    if (again) actions.toStart.push(container)
    actions.toKill.push({
      container: last,
      message: again ? `${message}, will be restarted` : message,
      grace,
    })
  }
  if (keep === 0 && actions.toStart.length === 0) {
    actions.killPod = true
    actions.initToStart.length = 0
  }
  return actions
}

/** A container is restarted for another image only: kubecontainer.HashContainer takes name and image. */
const isChanged = (container: ContainerSpec, last: ContainerState): boolean =>
  container.image !== last.spec.image

/** Resources that differ from those the container runs with, and whose change its policy answers with a restart. */
function resizeNeedsRestart(container: ContainerSpec, last: ContainerState): boolean {
  return changedResources(container, last).some(
    name =>
      container.resizePolicy?.find((p: ContainerResizePolicy) => p.resourceName === name)?.restartPolicy ===
      'RestartContainer',
  )
}

/** Names of resources that were resized since the container was made. */
export function changedResources(container: ContainerSpec, last: ContainerState): string[] {
  const [now, then] = [container.resources ?? {}, last.spec.resources ?? {}]
  if (now === then) return []
  return ['cpu', 'memory'].filter(
    name => now.requests?.[name] !== then.requests?.[name] || now.limits?.[name] !== then.limits?.[name],
  )
}

function failedProbe(subject: string, last: ContainerState, probes: ProbeResults): string | undefined {
  if (probes.liveness(last.id) === 'failure') return `${subject} failed liveness probe`
  if (probes.startup(last.id) === 'failure') return `${subject} failed startup probe`
  return undefined
}

/** The seconds of grace that the failed probe itself allows (kuberuntime's setTerminationGracePeriod). */
function graceOf({ id, spec }: ContainerState, probes: ProbeResults): number | undefined {
  const probe = probes.liveness(id) === 'failure' ? spec.livenessProbe : spec.startupProbe
  return probe?.terminationGracePeriodSeconds
}

/** True where initialization is over. */
function computeInitActions(
  pod: Pod,
  state: PodRuntimeState,
  probes: ProbeResults,
  actions: PodActions,
): boolean {
  const init = initContainers(pod)
  if (init.length === 0) return true
  const before = pod.spec.containers.some(c => latest(state, c.name))
  const restartOnFailure = pod.spec.restartPolicy !== 'Never'
  let initialized = before
  let any = false
  const start: ContainerSpec[] = []
  // From the last one back: what has run before the latest is of no interest any more.
  for (let i = init.length - 1; i >= 0; i--) {
    const container = init[i]!
    const sidecar = isSidecar(container)
    const last = latest(state, container.name)
    if (!last) {
      if (before && sidecar) start.push(container)
      continue
    }
    any = true
    if (before && !sidecar) continue
    const next = () => {
      if (before) return
      if (i === init.length - 1) initialized = true
      else start.push(init[i + 1]!)
    }
    if (last.state === 'created') start.push(container)
    else if (last.state === 'running') {
      if (sidecar) {
        const isStarted = !container.startupProbe || probes.startup(last.id) === 'success'
        if (isStarted) next()
        const changed = isChanged(container, last)
        const message = changed
          ? `Init container ${container.name} definition changed`
          : failedProbe(`Init container ${container.name}`, last, probes)
        if (message) {
          const grace = changed ? undefined : graceOf(last, probes)
          actions.toKill.push({ container: last, message: `${message}, will be restarted`, grace })
          start.push(container)
        }
      }
    } else if (sidecar) {
      start.push(container)
    } else if (last.exitCode !== 0) {
      if (!restartOnFailure) {
        actions.killPod = true
        return false
      }
      start.push(container)
    } else next()
    if (!before) break
  }
  if (!any && !before) start.push(init[0]!)
  actions.initToStart.push(...start.reverse())
  // A sidecar that has ended starts again before the next init container does.
  return initialized
}
