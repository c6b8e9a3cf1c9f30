// PersistentVolume: pkg/apis/core, pkg/registry/core/persistentvolume. Of the cloud disks and retired file systems only
// the required fields are checked.
import { validateAccessModes, volumeModes } from './machinery/claim-spec.ts'
import { hadEmpty } from './machinery/decode.ts'
import { diffValues } from './machinery/diff.ts'
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, forbidden, invalid, notSupported, required } from './machinery/field-error.ts'
import { internalValue } from './machinery/internal.ts'
import { fieldImmutable, invalidEach, validateImmutable } from './machinery/meta-validation.ts'
import { isDNS1123Subdomain } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { parseQuantity } from './machinery/quantity.ts'
import { roundUp } from './pod-spec/defaults.ts'
import { validateNoBacksteps } from './pod-spec/paths.ts'
import { validateNodeSelector } from './pod-spec/scheduling.ts'
import { type Checks, validateCsiDriver, sources as volumeSources } from './pod-spec/volumes.ts'
import { deprecatedVolumes, fractional, nodeTermWarnings } from './pod-spec/warnings.ts'
import type { PersistentVolume, PersistentVolumeSpec, VolumeNodeAffinity } from './schema/types.ts'
import { structType } from './schema.ts'

const specSchema = 'io.k8s.api.core.v1.PersistentVolumeSpec'

/** The sources in the order in which the server looks for them. */
const sourceNames = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
] as const
type SourceName = (typeof sourceNames)[number]
type Sources = { readonly [Name in SourceName]-?: NonNullable<PersistentVolumeSpec[Name]> }

const checks: Checks<Sources> = {
  ...volumeSources,
  local: ({ path }, field) =>
    path ? validateNoBacksteps(path, `${field}.path`) : [required(`${field}.path`)],
  csi: ({ driver, volumeHandle }, field) => [
    ...validateCsiDriver(driver, `${field}.driver`),
    ...(volumeHandle ? [] : [required(`${field}.volumeHandle`)]),
  ],
}

const validateSource = <Name extends SourceName>(name: Name, source: Sources[Name]): FieldError[] =>
  checks[name](source, `spec.${name}`, false)

function validateSources(spec: PersistentVolumeSpec): FieldError[] {
  const present = sourceNames.filter(name => spec[name])
  if (!present.length) return [required('spec', 'must specify a volume type')]
  return present.flatMap((name, i) => [
    ...(i
      ? [forbidden(`spec.${name}`, 'may not specify more than 1 volume type')]
      : validateSource(name, spec[name]!)),
    ...(name === 'local' && i === 0 && !spec.nodeAffinity
      ? [required('spec.nodeAffinity', 'Local volume requires node affinity')]
      : []),
  ])
}

function validateCapacity(spec: PersistentVolumeSpec): FieldError[] {
  const { capacity = {} } = spec
  const at = 'spec.capacity'
  const names = Object.keys(capacity)
  const errors = names.length ? [] : [required(at)]
  if (names.length !== 1 || names[0] !== 'storage')
    errors.push(notSupported(at, names.length || hadEmpty(spec, 'capacity') ? capacity : null, ['storage']))
  for (const name of names) {
    const value = capacity[name]!
    const { nano } = parseQuantity(value)
    if (nano < 0n)
      errors.push(
        invalid(`${at}[${name}]`, Number(nano / 1_000_000_000n), 'must be a valid resource quantity'),
      )
    if (nano <= 0n) errors.push(invalid(`${at}[${name}]`, value, 'must be greater than zero'))
  }
  return errors
}

const reclaimPolicies = ['Delete', 'Recycle', 'Retain']

function validate({ spec }: PersistentVolume): FieldError[] {
  const { nodeAffinity, persistentVolumeReclaimPolicy: policy, storageClassName, volumeMode, hostPath } = spec
  const errors = spec.accessModes?.length
    ? validateAccessModes(spec.accessModes, 'spec.accessModes')
    : [required('spec.accessModes')]
  errors.push(...validateCapacity(spec))
  const reclaim = 'spec.persistentVolumeReclaimPolicy'
  if (policy && !reclaimPolicies.includes(policy)) errors.push(notSupported(reclaim, policy, reclaimPolicies))
  if (nodeAffinity)
    errors.push(
      ...(nodeAffinity.required
        ? validateNodeSelector(nodeAffinity.required, 'spec.nodeAffinity.required')
        : [required('spec.nodeAffinity.required', 'must specify required node constraints')]),
    )
  errors.push(...validateSources(spec))
  if (policy === 'Recycle' && hostPath && /^[/.]*\/[/.]*$/.test(hostPath.path))
    errors.push(forbidden(reclaim, "may not be 'recycle' for a hostPath mount of '/'"))
  if (storageClassName)
    errors.push(
      ...invalidEach('spec.storageClassName', storageClassName, isDNS1123Subdomain(storageClassName)),
    )
  if (volumeMode !== undefined && !volumeModes.includes(volumeMode))
    errors.push(notSupported('spec.volumeMode', volumeMode, volumeModes))
  const attributes = spec.volumeAttributesClassName
  if (attributes !== undefined) {
    errors.push(
      ...(attributes
        ? invalidEach('spec.volumeAttributesClassName', attributes, isDNS1123Subdomain(attributes))
        : [required('spec.volumeAttributesClassName', 'an empty string is disallowed')]),
    )
    if (!spec.csi)
      errors.push(required('spec.csi', 'has to be specified when using volumeAttributesClassName'))
  }
  return errors
}

/** The volume source alone, as the server's own type prints. */
function internalSource(spec: PersistentVolumeSpec): unknown {
  const type = structType(specSchema)!
  const keep = type.fields
    .filter(field => field.embedded === 'PersistentVolumeSource')
    .map(field => field.name)
  const all = Object.entries(internalValue(specSchema, spec) as object)
  const wanted = new Set(keep.map(name => name.toLowerCase()))
  return Object.fromEntries(all.filter(([name]) => wanted.has(name.toLowerCase())))
}

const sourceOf = (spec: PersistentVolumeSpec): unknown[] => sourceNames.map(name => spec[name as 'csi'])

const betaLabels: readonly [RegExp, string][] = [
  [/"failure-domain\.beta\.kubernetes\.io\/(zone|region)"/g, '"topology.kubernetes.io/$1"'],
  [/"beta\.kubernetes\.io\/(os|arch)"/g, '"kubernetes.io/$1"'],
  [/"beta\.kubernetes\.io\/instance-type"/g, '"node.kubernetes.io/instance-type"'],
]
const withoutBeta = (affinity: VolumeNodeAffinity): VolumeNodeAffinity =>
  JSON.parse(betaLabels.reduce((text, [beta, ga]) => text.replace(beta, ga), JSON.stringify(affinity)))

function validateUpdate(object: PersistentVolume, old: PersistentVolume): FieldError[] {
  const errors = validate(object)
  const { spec } = object
  if (!equal(sourceOf(spec), sourceOf(old.spec)))
    errors.push(
      forbidden(
        'spec.persistentvolumesource',
        `spec.persistentvolumesource is immutable after creation\n${diffValues(internalSource(old.spec), internalSource(spec))}`,
      ),
    )
  errors.push(...validateImmutable(spec.volumeMode, old.spec.volumeMode, 'volumeMode'))
  const before = old.spec.nodeAffinity
  if (before && !equal(spec.nodeAffinity, before) && !equal(spec.nodeAffinity, withoutBeta(before)))
    errors.push(
      invalid(
        'nodeAffinity',
        internalValue('io.k8s.api.core.v1.VolumeNodeAffinity', spec.nodeAffinity),
        `${fieldImmutable}, except for updating from beta label to GA`,
      ),
    )
  return errors
}

function warnings({ metadata, spec }: PersistentVolume): string[] {
  const texts = (spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).flatMap((term, i) =>
    nodeTermWarnings(term, `spec.nodeAffinity.required.nodeSelectorTerms[${i}]`, false),
  )
  for (const [name, text] of [
    ['storage-class', 'deprecated since v1.8; use "storageClassName" attribute instead'],
    ['mount-options', 'deprecated since v1.31; use "mountOptions" attribute instead'],
  ])
    if (metadata.annotations?.[`volume.beta.kubernetes.io/${name}`] !== undefined)
      texts.push(`metadata.annotations[volume.beta.kubernetes.io/${name}]: ${text}`)
  if (spec.persistentVolumeReclaimPolicy === 'Recycle')
    texts.push(
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    )
  for (const [name, text] of deprecatedVolumes)
    if (text && spec[name as 'csi']) texts.push(`spec.${name === 'storageos' ? 'storageOS' : name}: ${text}`)
  return [...texts, ...fractional(spec.capacity, ['storage'], 'spec.capacity')]
}

const shortModes: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** `RWO,RWX`, in an order of its own. */
export const accessModesText = (modes: readonly string[] | undefined): string =>
  Object.entries(shortModes)
    .flatMap(([mode, short]) => (modes?.includes(mode) ? short : []))
    .join(',')

/** The class's name, as the old annotation or the field has it. */
export const storageClassOf = (object: {
  metadata: { annotations?: Record<string, string> }
  spec: { storageClassName?: string }
}): string =>
  object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
  object.spec.storageClassName ??
  ''

export const persistentVolume = defineKind<PersistentVolume>('persistentvolumes.v1', {
  defaults({ spec, status }) {
    status.phase ||= 'Pending'
    spec.persistentVolumeReclaimPolicy ||= 'Retain'
    spec.volumeMode ??= 'Filesystem'
    if (spec.hostPath) spec.hostPath.type ??= ''
    roundUp(spec.capacity)
  },
  prepareForCreate(object, { timestamp }) {
    object.status = { phase: 'Pending', lastPhaseTransitionTime: timestamp }
  },
  validate,
  validateUpdate,
  warnings,
  selectableFields: { name: ({ metadata }) => metadata.name },
  row(object, { now }) {
    const { metadata, spec, status } = object
    const { claimRef } = spec
    return [
      metadata.name,
      spec.capacity?.storage ?? '0',
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''),
      claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '',
      storageClassOf(object),
      spec.volumeAttributesClassName ?? '<unset>',
      status.reason ?? '',
      age(metadata.creationTimestamp, now),
      spec.volumeMode ?? '<unset>',
    ]
  },
})
