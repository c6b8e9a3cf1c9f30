// Does the node take a pod that is bound to it? The checks that the kubelet repeats after the scheduler
// (pkg/kubelet/lifecycle/predicate.go): resources, the number of pods, node selector and affinity, ports, taints.

import type { ContainerSpec } from '../containers/types.ts'
import { hostPortsOf, portsConflict } from '../kinds/pod-spec/host-ports.ts'
import type { Kubelet } from './kubelet.ts'
import { quantityValue } from './resources.ts'
import { forbiddenSysctl } from './sysctls.ts'
import { allContainers, type Pod } from './types.ts'

export interface Rejection {
  readonly reason: string
  readonly message: string
}

export function admit(kubelet: Kubelet, pod: Pod): Rejection | undefined {
  const { allocatable } = kubelet.facts
  const most = Number(allocatable.pods ?? 110)
  let known: Pod[] | undefined
  const others = () => (known ??= othersOf(kubelet, pod))
  // It is among the workers itself.
  if (kubelet.workerCount > most) {
    const running = others().length
    if (running + 1 > most) return outOf('pods', 1, running, most)
  }
  for (const name of ['cpu', 'memory']) {
    const requested = requestOf(pod, name)
    if (!requested) continue
    const used = others().reduce((sum, other) => sum + requestOf(other, name), 0)
    const capacity = quantityValue(allocatable[name] ?? '0')
    const unit = name === 'cpu' ? 1000 : 1
    if (used + requested > capacity)
      return outOf(name, Math.round(requested * unit), Math.round(used * unit), Math.round(capacity * unit))
  }
  const { nodeSelector } = pod.spec
  if (nodeSelector) {
    const labels = kubelet.find('nodes', '', kubelet.name)?.metadata.labels ?? {}
    if (Object.keys(nodeSelector).some(key => labels[key] !== nodeSelector[key]))
      return {
        reason: 'NodeAffinity',
        message:
          "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
      }
  }
  const ports = hostPortsOf(pod.spec)
  if (ports.length) {
    const taken = others().flatMap(other => hostPortsOf(other.spec))
    if (ports.some(port => taken.some(other => portsConflict(other, port))))
      return {
        reason: 'NodePorts',
        message:
          "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
      }
  }
  const { os } = pod.spec
  if (os && os.name !== 'linux')
    return {
      reason: 'PodOSNotSupported',
      message: "Pod was rejected: Failed to admit pod as the OS field doesn't match node OS",
    }
  return forbiddenSysctl(pod) ?? withoutAppArmor(pod)
}

/** The nodes' kernel has no AppArmor: a pod that asks for a profile is not run without it (pkg/security/apparmor). */
function withoutAppArmor(pod: Pod): Rejection | undefined {
  const ofPod = pod.spec.securityContext?.appArmorProfile
  const isFree = ({ securityContext }: ContainerSpec): boolean =>
    ((securityContext?.appArmorProfile ?? ofPod)?.type ?? 'Unconfined') === 'Unconfined'
  for (const container of allContainers(pod))
    if (!isFree(container))
      return {
        reason: 'AppArmor',
        message: 'Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host',
      }
  return undefined
}

function othersOf(kubelet: Kubelet, pod: Pod): Pod[] {
  const others: Pod[] = []
  for (const worker of kubelet.workers) if (worker.pod !== pod && worker.mayRun) others.push(worker.pod)
  return others
}

const outOf = (resource: string, requested: number, used: number, capacity: number): Rejection => ({
  reason: `OutOf${resource}`,
  message: `Pod was rejected: Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
})

const requestOf = (pod: Pod, name: string): number => {
  const sum = (containers: readonly ContainerSpec[] = []) =>
    containers.map(c => quantityValue(c.resources?.requests?.[name] ?? '0'))
  return Math.max(
    sum(pod.spec.containers).reduce((a, b) => a + b, 0),
    ...sum(pod.spec.initContainers),
  )
}
