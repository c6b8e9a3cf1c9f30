// CSIDriver, CSINode, CSIStorageCapacity, VolumeAttachment, VolumeAttributesClass: pkg/apis/storage/{validation,v1}.

import { oneOf } from '../machinery/admission-rules.ts'
import { equal } from '../machinery/equality.ts'
import {
  duplicate,
  type FieldError,
  forbidden,
  index,
  invalid,
  required,
  tooLong,
} from '../machinery/field-error.ts'
import { invalidEach, validateImmutable, validateLabelSelector } from '../machinery/meta-validation.ts'
import { isDNS1123Subdomain, isQualifiedName } from '../machinery/names.ts'
import type { BehaviourOf } from '../machinery/plain-kind.ts'
import { parseQuantity } from '../machinery/quantity.ts'
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  VolumeAttachment,
  VolumeAttributesClass,
} from '../schema/types.ts'

/** ValidateCSIDriverName */
function driverName(name: string, field: string): FieldError[] {
  if (!name) return [required(field)]
  return [
    ...(name.length > 63 ? [tooLong(field, 63)] : []),
    ...invalidEach(field, name, isDNS1123Subdomain(name.toLowerCase())),
  ]
}

const lifecycleModes = ['Ephemeral', 'Persistent']
const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType']

function validateDriver({ metadata, spec }: CSIDriver): FieldError[] {
  const errors = driverName(metadata.name, 'metadata.name')
  if (spec.fsGroupPolicy !== undefined)
    errors.push(...oneOf(spec.fsGroupPolicy, 'spec.fsGroupPolicy', groupPolicies))
  for (const mode of spec.volumeLifecycleModes ?? [])
    errors.push(...oneOf(mode, 'spec.volumeLifecycleModes', lifecycleModes))
  const audiences = (spec.tokenRequests ?? []).map(r => r.audience ?? '')
  for (const [i, { audience = '', expirationSeconds }] of (spec.tokenRequests ?? []).entries()) {
    const at = index('spec.tokenRequests', i)
    if (audiences.indexOf(audience) < i) errors.push(duplicate(`${at}.audience`, audience))
    if (expirationSeconds !== undefined && expirationSeconds < 600)
      errors.push(
        invalid(
          `${at}.expirationSeconds`,
          expirationSeconds,
          'may not specify a duration less than 10 minutes',
        ),
      )
  }
  return errors
}

function validateNode({ spec }: CSINode, old?: CSINode): FieldError[] {
  const drivers = spec?.drivers ?? []
  return drivers.flatMap((driver, i) => {
    const at = index('spec.drivers', i)
    const { name, nodeID, topologyKeys, allocatable } = driver
    const errors = driverName(name, `${at}.name`)
    if (!nodeID) errors.push(required(`${at}.nodeID`))
    else if (nodeID.length > 192)
      errors.push(invalid(`${at}.nodeID`, nodeID, 'must be 192 characters or less'))
    const { count } = allocatable ?? {}
    if (count !== undefined && count < 0)
      errors.push(invalid(`${at}.allocatable.count`, count, 'must be greater than or equal to 0'))
    const keys = topologyKeys ?? []
    for (const [j, key] of keys.entries()) {
      errors.push(...invalidEach(`${at}.topologyKeys`, key, isQualifiedName(key)))
      if (keys.indexOf(key) < j) errors.push(duplicate(`${at}.topologyKeys`, key))
    }
    if (drivers.findIndex(other => other.name === name) < i) errors.push(duplicate(`${at}.name`, name))
    const before = old?.spec?.drivers?.find(other => other.name === name)
    if (before && !equal({ ...before, allocatable: 0 }, { ...driver, allocatable: 0 }))
      errors.push(invalid('CSINodeDriver', driver, 'field is immutable'))
    return errors
  })
}

function validateAttachment({ spec }: VolumeAttachment): FieldError[] {
  const { attacher, nodeName, source = {} } = spec
  const errors = attacher
    ? invalidEach('spec.attacher', attacher, isQualifiedName(attacher.toLowerCase()))
    : [required('spec.attacher')]
  const { inlineVolumeSpec, persistentVolumeName } = source
  if (!inlineVolumeSpec && !persistentVolumeName)
    errors.push(
      required('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'),
    )
  if (inlineVolumeSpec && persistentVolumeName)
    errors.push(
      forbidden('spec.source', 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'),
    )
  if (persistentVolumeName === '')
    errors.push(required('spec.source.persistentVolumeName', 'must specify non empty persistentVolumeName'))
  errors.push(
    ...(nodeName
      ? invalidEach('spec.nodeName', nodeName, isDNS1123Subdomain(nodeName))
      : [required('spec.nodeName')]),
  )
  return errors
}

function validateAttributes({ driverName: name, parameters }: VolumeAttributesClass): FieldError[] {
  return [
    ...driverName(name, 'driverName'),
    ...(Object.keys(parameters ?? {}).length
      ? []
      : [required('parameters', 'must contain at least one key/value pair')]),
  ]
}

function validateCapacity({
  storageClassName,
  nodeTopology,
  capacity,
  maximumVolumeSize,
}: CSIStorageCapacity): FieldError[] {
  const errors = storageClassName
    ? invalidEach('storageClassName', storageClassName, isDNS1123Subdomain(storageClassName))
    : [required('storageClassName')]
  errors.push(...validateLabelSelector(nodeTopology, 'nodeTopology'))
  for (const [name, value] of Object.entries({ capacity, maximumVolumeSize }))
    if (value !== undefined && parseQuantity(value).nano < 0n)
      errors.push(invalid(name, value, 'must be greater than or equal to 0'))
  return errors
}

export const csiRules: BehaviourOf<
  | 'csidrivers.storage.k8s.io/v1'
  | 'csinodes.storage.k8s.io/v1'
  | 'csistoragecapacities.storage.k8s.io/v1'
  | 'volumeattachments.storage.k8s.io/v1'
  | 'volumeattributesclasses.storage.k8s.io/v1'
> = {
  'csidrivers.storage.k8s.io/v1': {
    defaults({ spec }) {
      spec.attachRequired ??= true
      spec.podInfoOnMount ??= false
      spec.storageCapacity ??= false
      spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType'
      if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent']
      spec.requiresRepublish ??= false
      spec.seLinuxMount ??= false
    },
    validate: validateDriver,
    validateUpdate: (object, old) => [
      ...validateDriver(object),
      ...validateImmutable(object.spec.attachRequired, old.spec.attachRequired, 'spec.attachedRequired'),
      ...validateImmutable(
        object.spec.volumeLifecycleModes,
        old.spec.volumeLifecycleModes,
        'spec.volumeLifecycleModes',
      ),
    ],
  },
  'csinodes.storage.k8s.io/v1': {
    validate: object => validateNode(object),
    validateUpdate: validateNode,
  },
  'csistoragecapacities.storage.k8s.io/v1': {
    validate: validateCapacity,
    validateUpdate: (object, old) => [
      ...validateCapacity(object),
      ...validateImmutable(object.nodeTopology, old.nodeTopology, 'nodeTopology'),
      ...validateImmutable(object.storageClassName, old.storageClassName, 'storageClassName'),
    ],
  },
  'volumeattachments.storage.k8s.io/v1': {
    validate: validateAttachment,
    validateUpdate: (object, old) => [
      ...validateAttachment(object),
      ...(equal(object.spec, old.spec) ? [] : [invalid('spec', object.spec, 'field is immutable')]),
    ],
  },
  'volumeattributesclasses.storage.k8s.io/v1': {
    validate: validateAttributes,
    validateUpdate: (object, old) =>
      (['driverName', 'parameters'] as const).flatMap(name =>
        equal(object[name], old[name]) ? [] : [forbidden(name, `updates to ${name} are forbidden.`)],
      ),
  },
}
