// podFailurePolicy: what the failure of a pod means for its job. Rules: pkg/controller/job/pod_failure_policy.go.
import type {
  PodFailurePolicy,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
} from '../kinds/schema/types.ts'
import type { Pod } from './pods.ts'

export interface Verdict {
  /** FailJob, FailIndex, Ignore or Count; undefined where no rule matches. */
  readonly action?: string
  /** Does the failure count against the back-off limit? */
  readonly counts: boolean
  /** Why the job fails. */
  readonly message?: string
}

export function judge(policy: PodFailurePolicy | undefined, pod: Pod): Verdict {
  for (const [i, rule] of (policy?.rules ?? []).entries()) {
    const { action, onExitCodes, onPodConditions } = rule
    const why = onExitCodes ? byExitCode(pod, onExitCodes) : byCondition(pod, onPodConditions ?? [])
    if (why === undefined) continue
    if (action === 'Ignore') return { action, counts: false }
    if (action !== 'FailJob') return { action, counts: true }
    const { namespace, name } = pod.metadata
    return {
      action,
      counts: true,
      message: `${why.replace('%pod', `${namespace}/${name}`)} matching FailJob rule at index ${i}`,
    }
  }
  return { counts: true }
}

function byExitCode(
  pod: Pod,
  { containerName, operator, values }: PodFailurePolicyOnExitCodesRequirement,
): string | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {}
  for (const { name, state } of [...containerStatuses, ...initContainerStatuses]) {
    const code = state?.terminated?.exitCode
    if (!code || (containerName && name !== containerName)) continue
    if (values.includes(code) === (operator === 'In'))
      return `Container ${name} for pod %pod failed with exit code ${code}`
  }
  return undefined
}

function byCondition(
  pod: Pod,
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
): string | undefined {
  for (const { type, status } of patterns) {
    const found = pod.status?.conditions?.find(c => c.type === type && c.status === (status ?? 'True'))
    if (found) return `Pod %pod has condition ${type}`
  }
  return undefined
}
