// The security contexts of a pod and of its container as one request to the runtime
// (pkg/securitycontext, pkg/kubelet/kuberuntime/security_context.go).
import { type Security, type SecurityRequest, securityOf, UnknownUser } from '../containers/security.ts'
import type { ContainerSpec } from '../containers/types.ts'
import type { Files } from '../engine/files.ts'
import type { PodSecurityContext, SecurityContext } from '../kinds/schema/types.ts'
import { ConfigError, CreateError } from './environment.ts'
import { type Pod, podText } from './types.ts'

/** What a container's own context does not say, its pod's says. */
const effective = (pod: Pod, container: ContainerSpec): PodSecurityContext & SecurityContext => ({
  ...pod.spec.securityContext,
  ...container.securityContext,
})

/** verifyRunAsNonRoot: what can be known before the container is made. Throws ConfigError. */
function verifyNonRoot(pod: Pod, container: ContainerSpec, imageUser: string): void {
  const { runAsNonRoot, runAsUser } = effective(pod, container)
  if (!runAsNonRoot || (runAsUser !== undefined && runAsUser !== 0)) return
  const where = `(pod: "${podText(pod)}", container: ${container.name})`
  if (runAsUser === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`)
  const [user = ''] = imageUser.split(':')
  if (user && !/^\d+$/.test(user))
    throw new ConfigError(
      `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`,
    )
  if (Number(user) === 0)
    throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`)
}

/**
 * Throws ConfigError for what the kubelet refuses, CreateError for what the runtime does.
 * @param files the image's
 */
export function containerSecurity(
  pod: Pod,
  container: ContainerSpec,
  imageUser: string,
  files: Files,
): Security {
  verifyNonRoot(pod, container, imageUser)
  const context = effective(pod, container)
  const profile = context.seccompProfile
  if (profile?.type === 'Localhost' && !context.privileged) {
    const path = `/var/lib/kubelet/seccomp/${profile.localhostProfile}`
    throw new CreateError(
      `failed to create containerd container: cannot load seccomp profile "${path}": open ${path}: no such file or directory`,
    )
  }
  const { fsGroup, supplementalGroups = [] } = pod.spec.securityContext ?? {}
  const request: SecurityRequest = {
    user: context.runAsUser === undefined ? imageUser : String(context.runAsUser),
    gid: context.runAsGroup,
    groups: [...supplementalGroups, ...(fsGroup === undefined ? [] : [fsGroup])],
    mergeGroups: context.supplementalGroupsPolicy !== 'Strict',
    add: context.capabilities?.add,
    drop: context.capabilities?.drop,
    privileged: context.privileged,
    noNewPrivileges: context.allowPrivilegeEscalation === false,
    seccomp: profile?.type === 'RuntimeDefault',
    readOnlyRoot: context.readOnlyRootFilesystem,
  }
  try {
    return securityOf(request, files)
  } catch (error) {
    if (!(error instanceof UnknownUser)) throw error
    throw new CreateError(`failed to create containerd container: ${error.message}`)
  }
}

/** GetContainerOOMScoreAdjust of pkg/kubelet/qos: who was promised little is killed first. */
export function oomScoreAdj(
  pod: Pod,
  container: ContainerSpec,
  requestedMemory: number,
  capacity: number,
): number {
  if (pod.spec.priorityClassName === 'system-node-critical') return -997
  const { qosClass } = pod.status ?? {}
  if (qosClass === 'Guaranteed') return -997
  if (qosClass === 'BestEffort' || !container.resources?.requests?.memory) return 1000
  return Math.min(999, Math.max(3, Math.floor(1000 - (1000 * requestedMemory) / capacity)))
}
