// Node: pkg/registry/core/node.
import { findCondition } from './machinery/conditions.ts'
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from './machinery/field-error.ts'
import { internalValue } from './machinery/internal.ts'
import { parseCIDR, validateCIDR } from './machinery/ip.ts'
import { validateLabelName } from './machinery/meta-validation.ts'
import { isLabelValue } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { validateResourceQuantity } from './pod-spec/resources.ts'
import { taintEffects } from './pod-spec/scheduling.ts'
import type { Node, NodeStatus, Taint } from './schema/types.ts'

const rolePrefix = 'node-role.kubernetes.io/'

/** Roles that a node's labels give it, sorted. */
const nodeRoles = (labels: Record<string, string> | undefined): string[] =>
  [
    ...new Set(
      Object.entries(labels ?? {}).flatMap(([key, value]) =>
        key.startsWith(rolePrefix)
          ? key.slice(rolePrefix.length) || []
          : key === 'kubernetes.io/role' && value
            ? value
            : [],
      ),
    ),
  ].sort()

const address = ({ status }: Node, type: string) =>
  status.addresses?.find(a => a.type === type)?.address ?? '<none>'

const validateTaints = (taints: readonly Taint[] | undefined): FieldError[] =>
  (taints ?? []).flatMap(({ key, value = '', effect }, i, all) => {
    const at = `metadata.taints[${i}]`
    const errors = validateLabelName(key, `${at}.key`)
    const faults = isLabelValue(value)
    if (faults.length) errors.push(invalid(`${at}.value`, value, faults.join(';')))
    if (!effect) errors.push(required(`${at}.effect`))
    else if (!taintEffects.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, taintEffects))
    if (all.findIndex(other => other.key === key && other.effect === effect) < i)
      errors.push({
        ...duplicate(at, internalValue('io.k8s.api.core.v1.Taint', all[i])),
        detail: 'taints must be unique by key and effect pair',
      })
    return errors
  })

const validateResources = ({ capacity, allocatable }: NodeStatus): FieldError[] => [
  ...Object.entries(capacity ?? {}).flatMap(([name, value]) =>
    validateResourceQuantity(name, value, `status.capacity.${name}`),
  ),
  ...Object.entries(allocatable ?? {}).flatMap(([name, value]) =>
    validateResourceQuantity(name, value, `status.allocatable.${name}`),
  ),
]

function validate({ spec, status }: Node): FieldError[] {
  const ranges = spec.podCIDRs ?? []
  const errors = ranges.flatMap((range, i) => validateCIDR(range, `spec.podCIDRs[${i}]`))
  const bad = ranges.find(range => !parseCIDR(range))
  if (ranges.length > 1 && bad !== undefined)
    errors.push({
      type: 'InternalError',
      field: 'spec.podCIDRs',
      detail: `invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR address: ${bad}`,
    })
  const families = new Set(ranges.map(range => parseCIDR(range)?.address.family))
  if (ranges.length > 2 || (ranges.length === 2 && (families.size < 2 || bad !== undefined)))
    errors.push(invalid('spec.podCIDRs', ranges, 'may specify no more than one CIDR for each IP family'))
  return [...validateTaints(spec.taints), ...validateResources(status), ...errors]
}

function validateUpdate(object: Node, old: Node): FieldError[] {
  const { spec, status } = object
  const errors = [...validate(object), ...validateResources(status)]
  ;(status.addresses ?? []).forEach((address, i, all) => {
    if (all.findIndex(other => equal(other, address)) < i)
      errors.push(
        duplicate(`status.addresses[${i}]`, internalValue('io.k8s.api.core.v1.NodeAddress', address)),
      )
  })
  const change = (field: string) =>
    forbidden(
      `spec.${field}`,
      `node updates may not change ${field === 'podCIDRs' ? 'podCIDR' : field} except from "" to valid`,
    )
  if (old.spec.podCIDRs?.length && !equal(old.spec.podCIDRs, spec.podCIDRs)) errors.push(change('podCIDRs'))
  if (old.spec.providerID && old.spec.providerID !== spec.providerID) errors.push(change('providerID'))
  errors.push(...validateTaints(spec.taints))
  if ((spec.externalID ?? '') !== (old.spec.externalID ?? ''))
    errors.push(forbidden('spec.externalID', 'may not be updated'))
  return errors
}

export const node = defineKind<Node>('nodes.v1', {
  defaults({ spec, status }) {
    // One range, and the list that begins with it, are one field inside the server.
    if (spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR]
    else if (spec.podCIDRs?.length) spec.podCIDR = spec.podCIDRs[0]
    if (!status.allocatable && status.capacity) status.allocatable = status.capacity
  },
  validate,
  validateUpdate,
  warnings: ({ spec }) => [
    ...(spec.configSource ? ['spec.configSource: the feature is removed'] : []),
    ...(spec.externalID ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes'] : []),
  ],
  status: { validateUpdate },
  // A node registers itself with its status.
  statusOnCreate: true,
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false) },
  row(object, { now }) {
    const { metadata, spec, status } = object
    const ready = findCondition(status, 'Ready')?.status
    const state = ready === undefined ? 'Unknown' : ready === 'True' ? 'Ready' : 'NotReady'
    const info = status.nodeInfo
    return [
      metadata.name,
      state + (spec.unschedulable ? ',SchedulingDisabled' : ''),
      nodeRoles(metadata.labels).join(',') || '<none>',
      age(metadata.creationTimestamp, now),
      info?.kubeletVersion ?? '',
      address(object, 'InternalIP'),
      address(object, 'ExternalIP'),
      info?.osImage || '<unknown>',
      (info?.kernelVersion || '<unknown>') + (info?.architecture ? ` (${info.architecture})` : ''),
      info?.containerRuntimeVersion || '<unknown>',
    ]
  },
})
