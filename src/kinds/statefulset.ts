// StatefulSet: pkg/registry/apps/statefulset, pkg/apis/apps.
import { containerCells } from './machinery/cells.ts'
import { validateClaimSpec } from './machinery/claim-spec.ts'
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, forbidden, invalid, notSupported, required } from './machinery/field-error.ts'
import { internalValue } from './machinery/internal.ts'
import { selectorFromObject } from './machinery/labels.ts'
import {
  invalidEach,
  validateAnnotations,
  validateLabels,
  validateNonnegative,
} from './machinery/meta-validation.ts'
import { isDNS1123Label, nameIsDNSLabel } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { replicaScale } from './machinery/scale.ts'
import {
  defaultTemplate,
  templateWarnings,
  validateCollisionCount,
  validateCounts,
  validateEndlessTemplate,
  validateRequiredSelector,
  validateSelectorMatches,
} from './machinery/workload.ts'
import { validatePodAnnotations, validatePodTemplate } from './pod-spec/validation.ts'
import { claimWarnings } from './pod-spec/warnings.ts'
import type { PodTemplateSpec, StatefulSet, StatefulSetSpec } from './schema/types.ts'

function defaults({ spec }: StatefulSet): void {
  spec.podManagementPolicy ||= 'OrderedReady'
  const { updateStrategy: strategy } = spec
  if (!strategy.type) {
    strategy.type = 'RollingUpdate'
    strategy.rollingUpdate ??= {}
  }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) {
    strategy.rollingUpdate.partition ??= 0
    // MaxUnavailableStatefulSet is off.
    delete strategy.rollingUpdate.maxUnavailable
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {}
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain'
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain'
  spec.replicas ??= 1
  spec.revisionHistoryLimit ??= 10
  defaultTemplate(spec.template)
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.kind = 'PersistentVolumeClaim'
    claim.apiVersion = 'v1'
    claim.status = { ...claim.status, phase: claim.status?.phase || 'Pending' }
    claim.spec.volumeMode ??= 'Filesystem'
  }
}

function validateStrategy({ updateStrategy }: StatefulSetSpec): FieldError[] {
  const field = 'spec.updateStrategy'
  const { type, rollingUpdate } = updateStrategy
  const internal = (name: string, value: unknown) => internalValue(`io.k8s.api.apps.v1.${name}`, value)
  if (!type) return [required(field)]
  if (type === 'OnDelete')
    return rollingUpdate
      ? [
          invalid(
            `${field}.rollingUpdate`,
            internal('RollingUpdateStatefulSetStrategy', rollingUpdate),
            "only allowed for updateStrategy 'RollingUpdate'",
          ),
        ]
      : []
  if (type !== 'RollingUpdate')
    return [
      invalid(
        field,
        internal('StatefulSetUpdateStrategy', updateStrategy),
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    ]
  return validateNonnegative(rollingUpdate?.partition, `${field}.rollingUpdate.partition`)
}

/** The template as its pods will be: with the claims' volumes, and names that the controller gives. */
function completeTemplate({ template, volumeClaimTemplates }: StatefulSetSpec): PodTemplateSpec {
  // By name, as the controller keeps them: of two of one name the last is meant.
  const names = new Set((volumeClaimTemplates ?? []).map(({ metadata: { name } }) => name))
  const claims = [...names].map(name => ({ name, persistentVolumeClaim: { claimName: name } }))
  const { subdomain: _subdomain, hostname: _hostname, ...spec } = template.spec
  const others = (spec.volumes ?? []).filter(volume => !claims.some(claim => claim.name === volume.name))
  return { ...template, spec: claims.length ? { ...spec, volumes: [...claims, ...others] } : spec }
}

const retentionPolicies = ['Retain', 'Delete']

function validateSpec({ spec }: StatefulSet, old?: StatefulSet): FieldError[] {
  const policy = spec.podManagementPolicy
  const errors: FieldError[] = []
  if (!policy) errors.push(required('spec.podManagementPolicy'))
  else if (policy !== 'OrderedReady' && policy !== 'Parallel')
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"))
  errors.push(...validateStrategy(spec))
  for (const name of ['whenDeleted', 'whenScaled'] as const) {
    const value = spec.persistentVolumeClaimRetentionPolicy?.[name] ?? ''
    if (!retentionPolicies.includes(value))
      errors.push(notSupported(`spec.persistentVolumeClaimRetentionPolicy.${name}`, value, retentionPolicies))
  }
  if (!old)
    (spec.volumeClaimTemplates ?? []).forEach((claim, i) => {
      errors.push(...validateClaimSpec(claim.spec, `spec.volumeClaimTemplates[${i}].spec`))
    })
  errors.push(
    ...validateNonnegative(spec.replicas, 'spec.replicas'),
    ...validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...validateNonnegative(spec.ordinals?.start, 'spec.ordinals.start'),
  )
  if (!old && spec.serviceName)
    errors.push(...invalidEach('spec.serviceName', spec.serviceName, isDNS1123Label(spec.serviceName)))
  errors.push(...validateRequiredSelector(spec.selector, 'spec.selector', 'statefulset'))
  const selector = selectorFromObject(spec.selector)
  if (selector) {
    const template = completeTemplate(spec)
    const at = 'spec.template'
    errors.push(
      ...validateSelectorMatches(selector, template, at),
      ...validatePodTemplate(template, at),
      ...validateLabels(template.metadata.labels, `${at}.labels`),
      ...validateAnnotations(template.metadata.annotations, `${at}.annotations`),
      ...validatePodAnnotations(template.metadata.annotations, template.spec, `${at}.annotations`),
    )
  } else errors.push(invalid('spec.selector', spec.selector))
  return [...errors, ...validateEndlessTemplate(spec.template, 'spec.template', 'StatefulSet')]
}

/** What an update may change. */
const mutable = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
] as const

function validateUpdate(object: StatefulSet, old: StatefulSet): FieldError[] {
  const errors = validateSpec(object, old)
  const rest = { ...object.spec } as Record<string, unknown>
  for (const name of mutable) rest[name] = old.spec[name]
  if (!equal(rest, old.spec))
    errors.push(
      forbidden(
        'spec',
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      ),
    )
  return errors
}

function warnings({ metadata, spec }: StatefulSet, old?: StatefulSet): string[] {
  const texts = !old || metadata.generation !== old.metadata.generation ? templateWarnings(spec.template) : []
  ;(spec.volumeClaimTemplates ?? []).forEach((claim, i) => {
    texts.push(...claimWarnings(claim.spec, `spec.volumeClaimTemplates[${i}]${old ? '.Spec' : ''}`))
  })
  if ((spec.revisionHistoryLimit ?? 0) < 0)
    texts.push(
      'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
    )
  return texts
}

const within = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas']

export const statefulSet = defineKind<StatefulSet>('statefulsets.apps/v1', {
  counted: true,
  nameRule: nameIsDNSLabel,
  defaults,
  validate: object => validateSpec(object),
  validateUpdate,
  warnings,
  status: {
    validateUpdate: ({ status }, old) => [
      ...validateCounts(
        status,
        ['replicas', ...within, 'observedGeneration', 'collisionCount'],
        within,
        'status.readyReplicas',
      ),
      ...validateCollisionCount(status, old.status),
    ],
  },
  scale: replicaScale<StatefulSet>(),
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.template),
  ],
})
