// What may change in a pod that exists: ValidatePodUpdate, ValidatePodEphemeralContainersUpdate, ValidatePodResize.
import { diffValues } from '../machinery/diff.ts'
import { equal } from '../machinery/equality.ts'
import { type FieldError, forbidden, invalid, required } from '../machinery/field-error.ts'
import { internalValue } from '../machinery/internal.ts'
import { rangeError } from '../machinery/names.ts'
import { isSidecar } from '../machinery/pod-row.ts'
import type {
  Container,
  NodeSelectorTerm,
  Pod,
  PodSpec,
  ResourceList,
  ResourceRequirements,
  Toleration,
} from '../schema/types.ts'
import { qosClass } from './resources.ts'
import { validateTolerations } from './scheduling.ts'
import { appArmorAnnotation } from './security-context.ts'
import { validatePod, validatePodAnnotations } from './validation.ts'

const updatable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',')

const mirrorAnnotation = 'kubernetes.io/config.mirror'

/** ValidatePodSpecificAnnotationUpdates. */
function validateAnnotationUpdate(pod: Pod, old: Pod): FieldError[] {
  const field = 'metadata.annotations'
  const now = pod.metadata.annotations ?? {}
  const before = old.metadata.annotations ?? {}
  const errors: FieldError[] = []
  for (const key of Object.keys(before)) {
    if (now[key] === before[key]) continue
    if (key.startsWith(appArmorAnnotation))
      errors.push(forbidden(`${field}[${key}]`, 'may not remove or update AppArmor annotations'))
    if (key === mirrorAnnotation)
      errors.push(forbidden(`${field}[${key}]`, 'may not remove or update mirror pod annotation'))
  }
  for (const key of Object.keys(now)) {
    if (Object.hasOwn(before, key)) continue
    if (key.startsWith(appArmorAnnotation))
      errors.push(forbidden(`${field}[${key}]`, 'may not add AppArmor annotations'))
    if (key === mirrorAnnotation)
      errors.push(forbidden(`${field}[${key}]`, 'may not add mirror pod annotation'))
  }
  return [...errors, ...validatePodAnnotations(now, pod.spec, field)]
}

/** The errors, and whether the lists are too different to go on. */
function validateImages(
  list: Container[] | null | undefined,
  oldList: Container[] | null | undefined,
  field: string,
): [FieldError[], boolean] {
  const now = list ?? []
  const before = oldList ?? []
  if (now.length !== before.length)
    return [[forbidden(field, 'pod updates may not add or remove containers')], true]
  return [
    now.flatMap(({ image = '' }, i) => [
      ...(image ? [] : [required(`${field}[${i}].image`)]),
      ...(image === image.trim()
        ? []
        : [invalid(`${field}[${i}].image`, image, 'must not have leading or trailing whitespace')]),
    ]),
    false,
  ]
}

function validateAddedTolerations(
  now: Toleration[] = [],
  before: Toleration[] = [],
  field: string,
): FieldError[] {
  for (const old of before)
    if (
      !now.some(t => equal({ ...old, tolerationSeconds: undefined }, { ...t, tolerationSeconds: undefined }))
    )
      return [forbidden(field, 'existing toleration can not be modified except its tolerationSeconds')]
  return validateTolerations(now, field)
}

const podSpecSchema = 'io.k8s.api.core.v1.PodSpec'

export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const { spec } = pod
  const before = old.spec
  const errors = [...validatePod(pod.metadata, spec), ...validateAnnotationUpdate(pod, old)]
  for (const name of ['containers', 'initContainers'] as const) {
    const [faults, stop] = validateImages(spec[name], before[name], `spec.${name}`)
    errors.push(...faults)
    if (stop) return errors
  }
  const deadline = spec.activeDeadlineSeconds
  const oldDeadline = before.activeDeadlineSeconds
  const at = 'spec.activeDeadlineSeconds'
  if (deadline !== undefined) {
    if (deadline < 0 || deadline > 2147483647)
      return [...errors, invalid(at, deadline, rangeError(0, 2147483647))]
    if (oldDeadline !== undefined && oldDeadline < deadline)
      return [...errors, invalid(at, deadline, 'must be less than or equal to previous value')]
  } else if (oldDeadline !== undefined)
    errors.push(invalid(at, null, 'must not update from a positive integer to nil value'))
  errors.push(...validateAddedTolerations(spec.tolerations, before.tolerations, 'spec.tolerations'))
  ;(spec.schedulingGates ?? []).forEach(({ name }, i) => {
    if (!before.schedulingGates?.some(gate => gate.name === name))
      errors.push(
        forbidden(
          `spec.schedulingGates[${i}].name`,
          `only deletion is allowed, but found new scheduling gate '${name}'`,
        ),
      )
  })
  if (equal(spec, before)) return errors
  const rest = withoutUpdatable(spec, before, errors)
  if (!equal(rest, before))
    errors.push(
      forbidden(
        'spec',
        `pod updates may not change fields other than ${updatable}\n${diffValues(internalValue(podSpecSchema, before), internalValue(podSpecSchema, rest))}`,
      ),
    )
  return errors
}

const shownTerm = (term: NodeSelectorTerm): unknown =>
  internalValue('io.k8s.api.core.v1.NodeSelectorTerm', term)

/** The new spec with everything put back that may change. */
function withoutUpdatable(spec: PodSpec, before: PodSpec, errors: FieldError[]): PodSpec {
  const images = (name: 'containers' | 'initContainers') =>
    spec[name]?.map((container, i) => ({ ...container, image: before[name]![i]!.image }))
  const rest: PodSpec = {
    ...spec,
    containers: images('containers') ?? spec.containers,
    initContainers: images('initContainers'),
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    schedulingGates: before.schedulingGates,
    tolerations: before.tolerations,
  }
  if ((before.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1)
    rest.terminationGracePeriodSeconds = before.terminationGracePeriodSeconds
  if (!before.schedulingGates?.length) return rest
  // While it is gated, a pod's node selector and affinity may become narrower.
  const selector = before.nodeSelector ?? {}
  if (Object.entries(selector).some(([key, value]) => spec.nodeSelector?.[key] !== value))
    errors.push(
      invalid(
        'spec.nodeSelector',
        spec.nodeSelector,
        'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
      ),
    )
  rest.nodeSelector = before.nodeSelector
  const oldTerms =
    before.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  const at = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'
  if (oldTerms?.length) {
    if (oldTerms.length !== terms.length)
      errors.push(
        invalid(
          at,
          terms.map(shownTerm),
          'no additions/deletions to non-empty NodeSelectorTerms list are allowed',
        ),
      )
    else
      terms.forEach((term, i) => {
        const kept = (['matchExpressions', 'matchFields'] as const).every(name => {
          const had = oldTerms[i]![name] ?? []
          return equal((term[name] ?? []).slice(0, had.length), had)
        })
        if (!kept)
          errors.push(
            invalid(`${at}[${i}]`, shownTerm(term), 'only additions are allowed (no mutations or deletions)'),
          )
      })
  }
  const affinity = { ...spec.affinity, nodeAffinity: before.affinity?.nodeAffinity }
  rest.affinity =
    before.affinity || affinity.podAffinity || affinity.podAntiAffinity || affinity.nodeAffinity
      ? affinity
      : undefined
  return rest
}

export function validateEphemeralUpdate(pod: Pod, old: Pod): FieldError[] {
  if (old.metadata.annotations?.[mirrorAnnotation] !== undefined)
    return [forbidden('', 'static pods do not support ephemeral containers')]
  const field = 'spec.ephemeralContainers'
  const errors = [...validatePod(pod.metadata, pod.spec), ...validateAnnotationUpdate(pod, old)]
  for (const before of old.spec.ephemeralContainers ?? []) {
    const now = pod.spec.ephemeralContainers?.find(container => container.name === before.name)
    const name = JSON.stringify(before.name)
    if (!now) errors.push(forbidden(field, `existing ephemeral containers ${name} may not be removed\n`))
    else if (!equal(now, before)) {
      const schema = 'io.k8s.api.core.v1.EphemeralContainer'
      const changes = diffValues(internalValue(schema, before), internalValue(schema, now))
      errors.push(forbidden(field, `existing ephemeral containers ${name} may not be changed\n${changes}`))
    }
  }
  return errors
}

const removed = (now: ResourceList = {}, before: ResourceList = {}): boolean =>
  Object.keys(before).some(name => !Object.hasOwn(now, name))

/** Everything of the container but cpu and memory, which are the old ones. */
function withoutResizable(container: Container, before: Container): Container {
  const part = (of: 'limits' | 'requests'): ResourceList | undefined => {
    const { cpu: _cpu, memory: _memory, ...others } = container.resources[of] ?? {}
    const { cpu, memory } = before.resources[of] ?? {}
    const list = { ...others, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) }
    return Object.keys(list).length ? list : undefined
  }
  return {
    ...container,
    resources: { limits: part('limits'), requests: part('requests') } as ResourceRequirements,
  }
}

export function validateResize(pod: Pod, old: Pod): FieldError[] {
  if (old.metadata.annotations?.[mirrorAnnotation] !== undefined)
    return [forbidden('', 'static pods cannot be resized')]
  if (old.spec.os?.name === 'windows') return [forbidden('', 'windows pods cannot be resized')]
  const errors = validatePod(pod.metadata, pod.spec)
  const { spec } = pod
  const before = old.spec
  if ((old.status.qosClass || qosClass(before)) !== qosClass(spec))
    errors.push(
      invalid('spec', pod.status.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing'),
    )
  const running = old.status.containerStatuses?.find(status => status.state?.running)
  if (running && !running.resources)
    errors.push(forbidden('spec', 'Pod running on node without support for resize'))
  const ordering: FieldError[] = []
  for (const name of ['containers', 'initContainers'] as const) {
    const list = spec[name] ?? []
    const oldList = before[name] ?? []
    if (list.length !== oldList.length)
      ordering.push(forbidden(`spec.${name}`, `${name} may not be added or removed on resize`))
    else
      list.forEach((container, i) => {
        if (container.name !== oldList[i]!.name)
          ordering.push(
            forbidden(`spec.${name}[${i}].name`, `${name} may not be renamed or reordered on resize`),
          )
      })
  }
  errors.push(...ordering)
  if (ordering.length) return errors
  for (const name of ['initContainers', 'containers'] as const)
    (spec[name] ?? []).forEach(({ resources }, i) => {
      const had = before[name]![i]!.resources
      if (removed(resources.requests, had.requests))
        errors.push(forbidden(`spec.${name}[${i}].resources.requests`, 'resource requests cannot be removed'))
      if (removed(resources.limits, had.limits))
        errors.push(forbidden(`spec.${name}[${i}].resources.limits`, 'resource limits cannot be removed'))
    })
  const rest: PodSpec = { ...spec }
  rest.containers = (spec.containers ?? []).map((container, i) => {
    const same = withoutResizable(container, before.containers[i]!)
    if (!equal(same, withoutResizable(before.containers[i]!, before.containers[i]!)))
      errors.push(forbidden('spec', 'only cpu and memory resources are mutable'))
    return same
  })
  if (spec.initContainers)
    rest.initContainers = spec.initContainers.map((container, i) => {
      const had = before.initContainers![i]!
      const same = withoutResizable(container, had)
      const field = `spec.initContainers[${i}]`
      if (!equal(same, withoutResizable(had, had)))
        errors.push(
          forbidden(field, 'only cpu and memory resources for init or sidecar containers are mutable'),
        )
      if (
        !equal(container, had) &&
        !isSidecar(container) &&
        container.resizePolicy?.some(policy => policy.restartPolicy === 'RestartContainer')
      )
        errors.push(
          forbidden(
            field,
            'non-sidecar init containers with a resize policy of RestartContainer cannot be resized',
          ),
        )
      return same
    })
  if (errors.length) return errors
  const oldRest: PodSpec = {
    ...before,
    containers: before.containers.map(c => withoutResizable(c, c)),
    ...(before.initContainers && { initContainers: before.initContainers.map(c => withoutResizable(c, c)) }),
  }
  return equal(rest, oldRest) ? [] : [forbidden('spec', 'only cpu and memory resources are mutable')]
}
