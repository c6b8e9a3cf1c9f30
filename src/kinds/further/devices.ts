// DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice: pkg/apis/resource/{validation,v1/defaults.go}. They
// are kept and shown: no driver here has devices, so that a claim stays pending.
import { cel } from '../cel/cel.ts'
import { oneOf } from '../machinery/admission-rules.ts'
import { equal } from '../machinery/equality.ts'
import {
  child,
  duplicate,
  type FieldError,
  index,
  invalid,
  required,
  tooLong,
} from '../machinery/field-error.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import { isDNS1123Label, isDNS1123Subdomain } from '../machinery/names.ts'
import type { BehaviourOf } from '../machinery/plain-kind.ts'
import type {
  DeviceClaim,
  DeviceClass,
  DeviceClassConfiguration,
  DeviceSelector,
  DeviceSubRequest,
  ExactDeviceRequest,
  ResourceClaimSpec,
  ResourceClaimTemplate,
  ResourceSlice,
  ResourceV1ResourceClaim,
} from '../schema/types.ts'

/** `device` as selectors see it: what stands in it depends on the driver. */
const deviceScope = { variables: { device: 'dyn' } }

function validateDriver(name: string | undefined, field: string): FieldError[] {
  if (!name) return [required(field)]
  return [
    ...(name.length > 63 ? [tooLong(field, 63)] : []),
    ...invalidEach(field, name, isDNS1123Subdomain(name)),
  ]
}

function validateSelectors(selectors: readonly DeviceSelector[] | undefined, field: string): FieldError[] {
  return (selectors ?? []).flatMap((selector, i) => {
    const at = child(index(field, i), 'cel')
    if (!selector.cel) return [required(at)]
    const { expression } = selector.cel
    if (!expression) return [required(child(at, 'expression'))]
    const fault = cel().check(expression, deviceScope, 'bool')
    return fault ? [invalid(child(at, 'expression'), expression, fault)] : []
  })
}

function validateConfig(
  config: readonly DeviceClassConfiguration[] | undefined,
  field: string,
): FieldError[] {
  return (config ?? []).flatMap(({ opaque }, i) => {
    const at = child(index(field, i), 'opaque')
    if (!opaque) return [required(index(field, i), 'exactly one of `opaque` is required')]
    return [
      ...validateDriver(opaque.driver, child(at, 'driver')),
      ...(opaque.parameters === undefined ? [required(child(at, 'parameters'))] : []),
    ]
  })
}

function validateExact(request: ExactDeviceRequest | DeviceSubRequest, field: string): FieldError[] {
  const { deviceClassName, allocationMode, count } = request
  const at = (name: string) => child(field, name)
  const errors = deviceClassName
    ? invalidEach(at('deviceClassName'), deviceClassName, isDNS1123Subdomain(deviceClassName))
    : [required(at('deviceClassName'))]
  errors.push(...validateSelectors(request.selectors, at('selectors')))
  if (allocationMode === 'ExactCount') {
    if (count !== undefined && count <= 0)
      errors.push(invalid(at('count'), count, 'must be greater than zero'))
  } else if (allocationMode === 'All') {
    if (count) errors.push(invalid(at('count'), count, "must not be specified when allocationMode is 'All'"))
  } else errors.push(...oneOf(allocationMode, at('allocationMode'), ['All', 'ExactCount']))
  return errors
}

function validateClaimSpec(spec: ResourceClaimSpec | undefined, field: string): FieldError[] {
  const { requests = [], constraints = [], config }: DeviceClaim = spec?.devices ?? {}
  const at = child(field, 'devices.requests')
  const names = requests.map(r => r.name)
  const errors: FieldError[] = requests.flatMap((request, i) => {
    const here = index(at, i)
    const { name, exactly, firstAvailable } = request
    const faults = name
      ? invalidEach(child(here, 'name'), name, isDNS1123Label(name))
      : [required(child(here, 'name'))]
    if (name && names.indexOf(name) < i) faults.push(duplicate(child(here, 'name'), name))
    if (!exactly && !firstAvailable?.length)
      faults.push(required(here, 'exactly one of `exactly` or `firstAvailable` is required'))
    else if (exactly && firstAvailable?.length)
      faults.push(
        invalid(
          here,
          null,
          'exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set',
        ),
      )
    if (exactly) faults.push(...validateExact(exactly, child(here, 'exactly')))
    for (const [j, sub] of (firstAvailable ?? []).entries()) {
      const below = index(child(here, 'firstAvailable'), j)
      if (!sub.name) faults.push(required(child(below, 'name')))
      faults.push(...validateExact(sub, below))
    }
    return faults
  })
  for (const [i, { requests: wanted = [] }] of constraints.entries())
    for (const [j, name] of wanted.entries())
      if (!names.includes(name.split('/')[0]!))
        errors.push(
          invalid(
            `${child(field, 'devices.constraints')}[${i}].requests[${j}]`,
            name,
            "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
          ),
        )
  return [...errors, ...validateConfig(config, child(field, 'devices.config'))]
}

function defaultClaimSpec(spec: ResourceClaimSpec | undefined): void {
  for (const request of spec?.devices?.requests ?? [])
    for (const each of [request.exactly, ...(request.firstAvailable ?? [])]) {
      if (!each) continue
      each.allocationMode ||= 'ExactCount'
      if (each.allocationMode === 'ExactCount') each.count ||= 1
    }
}

type Claim = ResourceV1ResourceClaim | ResourceClaimTemplate

const immutable = (object: Claim, old: Claim): FieldError[] =>
  equal(object.spec, old.spec) ? [] : [invalid('spec', object.spec, 'field is immutable')]

function validateClass({ spec }: DeviceClass): FieldError[] {
  return [
    ...validateSelectors(spec.selectors, 'spec.selectors'),
    ...validateConfig(spec.config, 'spec.config'),
  ]
}

function validateSlice({ spec }: ResourceSlice): FieldError[] {
  const { driver, pool, nodeName, nodeSelector, allNodes, perDeviceNodeSelection } = spec
  const errors = validateDriver(driver, 'spec.driver')
  if (!pool.name) errors.push(required('spec.pool.name'))
  if (pool.resourceSliceCount <= 0)
    errors.push(invalid('spec.pool.resourceSliceCount', pool.resourceSliceCount, 'must be greater than zero'))
  if (pool.generation < 0)
    errors.push(invalid('spec.pool.generation', pool.generation, 'must be greater than or equal to zero'))
  const set = [nodeName, nodeSelector, allNodes, perDeviceNodeSelection].filter(Boolean).length
  if (set !== 1)
    errors.push(
      set
        ? invalid(
            'spec',
            null,
            'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set',
          )
        : required(
            'spec',
            'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required',
          ),
    )
  const devices = spec.devices ?? []
  if (devices.length > 128)
    errors.push({
      type: 'TooMany',
      field: 'spec.devices',
      value: devices.length,
      detail: 'must have at most 128 items',
    })
  return errors
}

export const deviceRules: BehaviourOf<
  | 'deviceclasses.resource.k8s.io/v1'
  | 'resourceclaims.resource.k8s.io/v1'
  | 'resourceclaimtemplates.resource.k8s.io/v1'
  | 'resourceslices.resource.k8s.io/v1'
> = {
  'deviceclasses.resource.k8s.io/v1': { validate: validateClass, validateUpdate: validateClass },
  'resourceclaims.resource.k8s.io/v1': {
    defaults: ({ spec }) => defaultClaimSpec(spec),
    validate: ({ spec }) => validateClaimSpec(spec, 'spec'),
    validateUpdate: immutable,
  },
  'resourceclaimtemplates.resource.k8s.io/v1': {
    defaults: ({ spec }) => defaultClaimSpec(spec.spec),
    validate: ({ spec }) => validateClaimSpec(spec.spec, 'spec.spec'),
    validateUpdate: immutable,
  },
  'resourceslices.resource.k8s.io/v1': {
    validate: validateSlice,
    validateUpdate: (object, old) => [
      ...validateSlice(object),
      ...(['driver', 'nodeName'] as const).flatMap(name =>
        equal(object.spec[name], old.spec[name])
          ? []
          : [invalid(`spec.${name}`, object.spec[name], 'field is immutable')],
      ),
    ],
  },
}
