// What the parts of the kubelet hand to one another: pods as the API has them, and the runtime's state of a pod as the
// PLEG last saw it (kubecontainer.PodStatus).
import type { ContainerSpec, ContainerState } from '../containers/types.ts'
import type { Pod } from '../kinds/schema/types.ts'

export type { Pod }

export interface SandboxState {
  readonly ready: boolean
  readonly address: string
}

/** Containers newest first. */
export interface PodRuntimeState {
  readonly sandbox: SandboxState | undefined
  readonly containers: readonly ContainerState[]
}

export const nothingRuns: PodRuntimeState = { sandbox: undefined, containers: [] }

/** The newest container of a name. */
export const latest = (state: PodRuntimeState, name: string): ContainerState | undefined =>
  state.containers.find(c => c.name === name)

/** A native sidecar: an init container that keeps running. */
export const isSidecar = (container: ContainerSpec): boolean => container.restartPolicy === 'Always'

const none: readonly ContainerSpec[] = []

export const initContainers = (pod: Pod): readonly ContainerSpec[] => pod.spec.initContainers ?? none
export const ephemeralContainers = (pod: Pod): readonly ContainerSpec[] =>
  pod.spec.ephemeralContainers ?? none

export function allContainers(pod: Pod): readonly ContainerSpec[] {
  const { containers } = pod.spec
  const init = initContainers(pod)
  const ephemeral = ephemeralContainers(pod)
  return init.length || ephemeral.length ? [...init, ...containers, ...ephemeral] : containers
}

/** `spec.containers{web}`, as events name the part of a pod they are about. */
export function fieldPath(pod: Pod, container: ContainerSpec): string {
  const list = initContainers(pod).includes(container)
    ? 'initContainers'
    : ephemeralContainers(pod).includes(container)
      ? 'ephemeralContainers'
      : 'containers'
  return `spec.${list}{${container.name}}`
}

/** `name_namespace(uid)`: format.Pod. */
export const podText = (pod: Pod): string =>
  `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`

/** Does the pod's policy (or the container's own) restart what failed or ended? pkg/kubelet/container/helpers.go. */
export function shouldBeRestarted(container: ContainerSpec, pod: Pod, state: PodRuntimeState): boolean {
  if (pod.metadata.deletionTimestamp) return false
  const last = latest(state, container.name)
  if (!last) return true
  if (last.state === 'running') return false
  if (last.state === 'created') return true
  return restartsAfter(container, pod.spec, last.exitCode)
}

/** The rules of a container decide first, then its own policy, then the pod's. */
export function restartsAfter(
  { restartPolicyRules = [], restartPolicy }: ContainerSpec,
  spec: Pod['spec'],
  exitCode: number | undefined,
): boolean {
  for (const rule of restartPolicyRules) {
    const { operator, values = [] } = rule.exitCodes ?? {}
    const isNamed = exitCode !== undefined && values.includes(exitCode)
    if ((operator === 'In') === isNamed) return rule.action === 'Restart'
  }
  const policy = restartPolicy ?? spec.restartPolicy
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}
