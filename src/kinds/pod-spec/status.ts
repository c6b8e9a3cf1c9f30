// What a write to a pod's status may say: ValidatePodStatusUpdate.
import { type FieldError, forbidden, invalid } from '../machinery/field-error.ts'
import { validateIP } from '../machinery/ip.ts'
import { invalidEach, validateImmutable } from '../machinery/meta-validation.ts'
import { isQualifiedName, nameIsDNSSubdomain } from '../machinery/names.ts'
import type { Container, ContainerRestartRule, ContainerStatus, Pod, PodSpec } from '../schema/types.ts'

/** ContainerShouldRestart: rules first, then the container's policy, then the pod's. */
function shouldRestart(container: Container, { restartPolicy }: PodSpec, exitCode: number): boolean {
  for (const rule of container.restartPolicyRules ?? []) if (ruleApplies(rule, exitCode)) return true
  const policy = container.restartPolicy ?? restartPolicy
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}

function ruleApplies({ exitCodes }: ContainerRestartRule, exitCode: number): boolean {
  if (!exitCodes) return false
  const listed = exitCodes.values?.includes(exitCode) ?? false
  return exitCodes.operator === 'In' ? listed : exitCodes.operator === 'NotIn' ? !listed : false
}

/** A container that ended, and will not be restarted, stays ended. */
function validateTransitions(
  now: readonly ContainerStatus[] = [],
  before: readonly ContainerStatus[] = [],
  containers: readonly Container[] | undefined,
  spec: PodSpec,
  field: string,
): FieldError[] {
  return before.flatMap((old, i) => {
    const ended = old.state?.terminated
    const next = now.find(status => status.name === old.name)
    if (!ended || !next || next.state?.terminated) return []
    const container = containers?.find(c => c.name === old.name)
    return container && shouldRestart(container, spec, ended.exitCode)
      ? []
      : [forbidden(`${field}[${i}].state`, 'may not be transitioned to non-terminated state')]
  })
}

export function validatePodStatus(pod: Pod, old: Pod): FieldError[] {
  const { status } = pod
  const before = old.status
  const errors: FieldError[] = []
  // The system's own conditions are not qualified names of the user's.
  const { conditions = [] } = status
  for (let i = 0; i < conditions.length; i++) {
    const { type } = conditions[i]!
    if (!/^[A-Za-z]+$/.test(type))
      errors.push(...invalidEach(`status.conditions[${i}].Type`, type, isQualifiedName(type)))
  }
  const nominated = status.nominatedNodeName
  if (nominated && nominated !== before.nominatedNodeName)
    errors.push(...invalidEach('status.nominatedNodeName', nominated, nameIsDNSSubdomain(nominated, false)))
  if (old.spec.nodeName && nominated && nominated !== before.nominatedNodeName)
    errors.push(
      forbidden('status.nominatedNodeName', 'may not be set on pods that are already bound to a node'),
    )
  if ((status.observedGeneration ?? 0) < 0)
    errors.push(
      invalid('status.observedGeneration', status.observedGeneration, 'must be a non-negative integer'),
    )
  if (status.qosClass !== before.qosClass)
    errors.push(...validateImmutable(status.qosClass ?? '', before.qosClass ?? '', 'status.qosClass'))
  const { spec } = old
  const compare = (
    name: 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses',
    containers: readonly Container[] | undefined,
  ) => {
    const former = before[name]
    if (former && former !== status[name])
      errors.push(...validateTransitions(status[name], former, containers, spec, `status.${name}`))
  }
  compare('containerStatuses', spec.containers)
  compare('initContainerStatuses', spec.initContainers)
  compare('ephemeralContainerStatuses', undefined)
  ;(status.podIPs ?? []).forEach(({ ip }, i) => {
    if (!before.podIPs?.some(known => known.ip === ip)) errors.push(...validateIP(ip, `status.podIPs[${i}]`))
  })
  const [first] = status.hostIPs ?? []
  if (first && first.ip !== status.hostIP)
    errors.push(invalid('status.hostIPs[0].ip', first.ip, 'must be equal to `hostIP`'))
  return errors
}
