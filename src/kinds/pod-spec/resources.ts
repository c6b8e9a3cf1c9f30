// Resources of containers and pods: validation (pkg/apis/core/validation/validation.go), the sums that the scheduler and
// quota use (component-helpers/resource), and the quality of service class (pkg/apis/core/v1/helper/qos).
import { ownValue } from '../../engine/dictionary.ts'
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from '../machinery/field-error.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import { isDNS1123Label, isQualifiedName } from '../machinery/names.ts'
import { isSidecar } from '../machinery/pod-row.ts'
import { addQuantities, compareQuantities, formatQuantity, parseQuantity } from '../machinery/quantity.ts'
import type {
  Container,
  ContainerResizePolicy,
  PodSpec,
  ResourceList,
  ResourceRequirements,
} from '../schema/types.ts'

const containerResources = ['cpu', 'memory', 'ephemeral-storage']
/** Counted, in whole numbers. */
const integerResources = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]

const quotaResources = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  ...integerResources,
  'storage',
]
/** Resources that a quota can limit. */
export const isQuotaResource = (name: string): boolean =>
  (quotaResources.includes(name) && name !== 'storage') || /^(requests\.)?hugepages-/.test(name)

const isHugePages = (name: string): boolean => name.startsWith('hugepages-')
const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/')
const isExtended = (name: string) =>
  !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0
export const mayOvercommit = (name: string) => isNative(name) && !isHugePages(name)

/** Count of something: no fractions. */
const isInteger = (name: string) => integerResources.includes(name) || isExtended(name)

export function validateResourceName(name: string, field: string): FieldError[] {
  const errors = invalidEach(field, name, isQualifiedName(name))
  if (!errors.length && !name.includes('/') && !quotaResources.includes(name) && !isQuotaResource(name))
    errors.push(invalid(field, name, 'must be a standard resource type or fully qualified'))
  return errors
}

/** ResourceName is a type of its own. */
const ofResourceName = (errors: readonly FieldError[]): FieldError[] =>
  errors.map(error => (error.type === 'Invalid' ? { ...error, named: true } : error))

export const validateContainerResourceName = (name: string, field: string): FieldError[] =>
  ofResourceName(containerResourceFaults(name, field))

function containerResourceFaults(name: string, field: string): FieldError[] {
  const errors = validateResourceName(name, field)
  if (!name.includes('/')) {
    if (!containerResources.includes(name) && !isHugePages(name))
      errors.push(invalid(field, name, 'must be a standard resource for containers'))
  } else if (!isNative(name) && !isExtended(name))
    errors.push(invalid(field, name, "doesn't follow extended resource name standard"))
  return errors
}

function validatePodResourceName(name: string, field: string): FieldError[] {
  const errors = validateResourceName(name, field)
  if (!errors.length && name !== 'cpu' && name !== 'memory' && !isHugePages(name))
    errors.push(notSupported(field, name, ['cpu', 'memory']))
  return errors
}

/** ValidateResourceQuantityValue. */
export function validateResourceQuantity(name: string, value: string, field: string): FieldError[] {
  const errors: FieldError[] = []
  const { nano } = parseQuantity(value)
  if (nano < 0n) errors.push(invalid(field, value, 'must be greater than or equal to 0'))
  if (isInteger(name) && nano % 1_000_000_000n !== 0n)
    errors.push(invalid(field, value, 'must be an integer'))
  return errors
}

function validateHugePages(name: string, value: string, field: string): FieldError[] {
  if (!isHugePages(name)) return []
  const { nano } = parseQuantity(value)
  const size = parseQuantity(name.slice('hugepages-'.length)).nano
  return size > 0n && nano % size === 0n
    ? []
    : [invalid(field, value, `${value} is not positive integer multiple of ${name}`)]
}

export function validateResources(
  { limits = {}, requests = {}, claims }: ResourceRequirements,
  claimNames: ReadonlySet<string>,
  field: string,
  podLevel = false,
): FieldError[] {
  const errors: FieldError[] = []
  const nameRule = podLevel ? validatePodResourceName : validateContainerResourceName
  const limitsPath = `${field}.limits`
  const requestsPath = `${field}.requests`
  for (const [name, value] of Object.entries(limits)) {
    const at = `${limitsPath}[${name}]`
    errors.push(
      ...nameRule(name, at),
      ...validateResourceQuantity(name, value, at),
      ...validateHugePages(name, value, at),
    )
  }
  for (const [name, value] of Object.entries(requests)) {
    const at = `${requestsPath}[${name}]`
    errors.push(...nameRule(name, at), ...validateResourceQuantity(name, value, at))
    const limit = ownValue(limits, name)
    if (limit !== undefined) {
      const order = compareQuantities(value, limit)
      if (order !== 0 && !mayOvercommit(name))
        errors.push(invalid(requestsPath, value, `must be equal to ${name} limit of ${limit}`))
      else if (order > 0)
        errors.push(invalid(requestsPath, value, `must be less than or equal to ${name} limit of ${limit}`))
    } else if (!mayOvercommit(name))
      errors.push(required(limitsPath, 'Limit must be set for non overcommitable resources'))
    errors.push(...validateHugePages(name, value, at))
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)]
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory'))
    errors.push(forbidden(field, 'HugePages require cpu or memory'))
  const seen = new Set<string>()
  ;(claims ?? []).forEach(({ name, request }, i) => {
    const at = `${field}.claims[${i}]`
    if (!name) {
      errors.push(required(at))
      return
    }
    const key = request ? `${name}/${request}` : name
    if (seen.has(name)) errors.push(duplicate(at, name))
    else {
      if (request) errors.push(...invalidEach(`${at}.request`, request, isDNS1123Label(request)))
      if (seen.has(key)) errors.push(duplicate(at, key))
      else if (!request && [...seen].some(other => other.startsWith(`${name}/`)))
        errors.push(duplicate(at, name))
      seen.add(key)
    }
    if (!claimNames.has(name)) {
      const detail = claimNames.size ? `: ${[...claimNames].sort().join(', ')}` : ' which is empty'
      errors.push({
        ...notFound(at, name),
        detail: `must be one of the names in pod.spec.resourceClaims${detail}`,
      })
    }
  })
  return errors
}

export function validateResizePolicy(
  policies: readonly ContainerResizePolicy[] | undefined,
  field: string,
  podRestartPolicy: string | undefined,
): FieldError[] {
  const errors: FieldError[] = []
  const seen = new Set<string>()
  ;(policies ?? []).forEach(({ resourceName, restartPolicy }, i) => {
    if (seen.has(resourceName)) errors.push(duplicate(`${field}[${i}]`, resourceName))
    seen.add(resourceName)
    if (!resourceName) errors.push(required(field))
    else if (resourceName !== 'cpu' && resourceName !== 'memory')
      errors.push(notSupported(field, resourceName, ['cpu', 'memory']))
    if (!restartPolicy) errors.push(required(field))
    else if (restartPolicy !== 'NotRequired' && restartPolicy !== 'RestartContainer')
      errors.push(notSupported(field, restartPolicy, ['NotRequired', 'RestartContainer']))
    if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired')
      errors.push(invalid(field, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"))
  })
  return errors
}

/** Pod-level resources against those of the containers. */
export function validatePodResources(
  spec: PodSpec,
  claimNames: ReadonlySet<string>,
  field: string,
): FieldError[] {
  const { resources } = spec
  if (!resources) return []
  const at = `${field}.resources`
  if (spec.os?.name === 'windows') return [forbidden(at, 'may not be set for a windows pod')]
  const errors: FieldError[] = []
  if (resources.claims)
    errors.push(forbidden(`${at}.claims`, 'claims may not be set for Resources at pod-level'))
  errors.push(...validateResources(resources, claimNames, at, true))
  for (const [name, sum] of Object.entries(containerRequests(spec))) {
    const whole = ownValue(resources.requests, name)
    if (whole !== undefined && compareQuantities(sum, whole) > 0)
      errors.push(
        invalid(
          `${at}.requests[${name}]`,
          whole,
          `must be greater than or equal to aggregate container requests of ${sum}`,
        ),
      )
  }
  ;(spec.containers ?? []).forEach((container, i) => {
    for (const [name, limit] of Object.entries(container.resources.limits ?? {})) {
      const whole = ownValue(resources.limits, name)
      if (whole !== undefined && compareQuantities(limit, whole) > 0)
        errors.push(
          invalid(
            `${at}.containers[${i}][${name}].limits`,
            limit,
            `must be less than or equal to pod limits of ${whole}`,
          ),
        )
    }
  })
  return errors
}

function add(total: ResourceList, list: ResourceList | undefined): ResourceList {
  const sum = { ...total }
  for (const [name, value] of Object.entries(list ?? {}))
    sum[name] =
      name in sum ? formatQuantity(addQuantities(parseQuantity(sum[name]), parseQuantity(value))) : value
  return sum
}

function greater(a: ResourceList, b: ResourceList): ResourceList {
  const out = { ...a }
  for (const [name, value] of Object.entries(b))
    if (!(name in out) || compareQuantities(value, out[name]!) > 0) out[name] = value
  return out
}

/** AggregateContainerRequests: containers and sidecars together, or an init container with the sidecars before it. */
export function containerRequests(spec: PodSpec, of: 'requests' | 'limits' = 'requests'): ResourceList {
  const listOf = (container: Container) => container.resources?.[of]
  let total: ResourceList = {}
  for (const container of spec.containers ?? []) total = add(total, listOf(container))
  let sidecars: ResourceList = {}
  let initial: ResourceList = {}
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) {
      total = add(total, listOf(container))
      sidecars = add(sidecars, listOf(container))
      initial = greater(initial, sidecars)
    } else initial = greater(initial, add(sidecars, listOf(container)))
  }
  return greater(total, initial)
}

/** ComputePodQOS. */
export function qosClass(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const parts: Pick<ResourceRequirements, 'limits' | 'requests'>[] = spec.resources
    ? [spec.resources]
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(container => container.resources ?? {})
  let any = false
  let guaranteed = true
  const sums = { requests: {} as ResourceList, limits: {} as ResourceList }
  for (const part of parts) {
    const limited = new Set<string>()
    for (const list of ['requests', 'limits'] as const)
      for (const [name, value] of Object.entries(part[list] ?? {})) {
        if ((name !== 'cpu' && name !== 'memory') || parseQuantity(value).nano <= 0n) continue
        any = true
        sums[list] = add(sums[list], { [name]: value })
        if (list === 'limits') limited.add(name)
      }
    if (limited.size < 2) guaranteed = false
  }
  if (!any) return 'BestEffort'
  const { requests, limits } = sums
  const names = Object.keys(requests)
  return guaranteed &&
    names.length === Object.keys(limits).length &&
    names.every(
      name => Object.hasOwn(limits, name) && compareQuantities(requests[name]!, limits[name]!) === 0,
    )
    ? 'Guaranteed'
    : 'Burstable'
}
