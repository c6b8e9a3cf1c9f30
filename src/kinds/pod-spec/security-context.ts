// Security contexts of pods and containers: ValidateSecurityContext, validatePodSpecSecurityContext, and the old
// annotations that say the same.

import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from '../machinery/field-error.ts'
import { internalValue } from '../machinery/internal.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import { byteLength, isUserId } from '../machinery/names.ts'
import { goQuote } from '../machinery/quote.ts'
import type { ObjectMeta } from '../object.ts'
import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
} from '../schema/types.ts'
import { validateLocalPath } from './paths.ts'
import { visitContainers } from './visit.ts'

const core = (name: string) => `io.k8s.api.core.v1.${name}`
const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined']

function validateSeccomp(profile: SeccompProfile | undefined, field: string): FieldError[] {
  if (!profile) return []
  const { type, localhostProfile: local } = profile
  const errors: FieldError[] = []
  if (!type) errors.push(required(`${field}.type`, 'type is required when seccompProfile is set'))
  else if (!profileTypes.includes(type)) errors.push(notSupported(`${field}.type`, type, profileTypes))
  const at = `${field}.localhostProfile`
  if (type === 'Localhost')
    errors.push(
      ...(local === undefined
        ? [required(at, 'must be set when seccomp type is Localhost')]
        : validateLocalPath(local, at)),
    )
  else if (local !== undefined)
    errors.push(
      invalid(
        at,
        internalValue(core('SeccompProfile'), profile),
        'can only be set when seccomp type is Localhost',
      ),
    )
  return errors
}

function validateAppArmor(profile: AppArmorProfile | undefined, field: string): FieldError[] {
  if (!profile) return []
  const { type, localhostProfile: local } = profile
  const at = `${field}.localhostProfile`
  const errors: FieldError[] = []
  if (type === 'Localhost') {
    if (!local?.trim()) {
      if (local && local !== local.trim())
        errors.push(invalid(at, local, 'must not be padded with whitespace'))
      else errors.push(required(at, 'must be set when AppArmor type is Localhost'))
    } else if (local !== local.trim()) errors.push(invalid(at, local, 'must not be padded with whitespace'))
    if (local && byteLength(local) > 4095) errors.push(tooLong(at, 4095))
  } else if (type === 'RuntimeDefault' || type === 'Unconfined') {
    if (local !== undefined)
      errors.push(invalid(at, local, 'can only be set when AppArmor type is Localhost'))
  } else if (!type) errors.push(required(`${field}.type`, 'type is required when appArmorProfile is set'))
  else errors.push(notSupported(`${field}.type`, type, profileTypes))
  return errors
}

const validateId = (id: number | undefined, field: string): FieldError[] =>
  id === undefined ? [] : invalidEach(field, id, isUserId(id))

export function validateSecurityContext(
  context: SecurityContext | undefined,
  field: string,
  hostUsers: boolean,
): FieldError[] {
  if (!context) return []
  const { procMount, privileged, capabilities } = context
  const errors = [
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
  ]
  if (procMount !== undefined) {
    if (procMount !== 'Default' && procMount !== 'Unmasked')
      errors.push(notSupported(`${field}.procMount`, procMount, ['Default', 'Unmasked']))
    if (hostUsers && procMount === 'Unmasked')
      errors.push(invalid(`${field}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`'))
  }
  errors.push(...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`))
  if (context.allowPrivilegeEscalation === false) {
    if (privileged)
      errors.push(
        invalid(
          field,
          internalValue(core('SecurityContext'), context),
          'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
        ),
      )
    if (capabilities?.add?.includes('CAP_SYS_ADMIN'))
      errors.push(
        invalid(
          field,
          internalValue(core('SecurityContext'), context),
          'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
        ),
      )
  }
  return [...errors, ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`)]
}

const sysctlFormat = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$'
const sysctlRegex = new RegExp(sysctlFormat)

function validateSysctls(context: PodSecurityContext, spec: PodSpec, field: string): FieldError[] {
  const seen = new Set<string>()
  return (context.sysctls ?? []).flatMap(({ name }, i) => {
    const at = `${field}[${i}].name`
    const errors: FieldError[] = []
    if (!name) errors.push(required(at))
    else if (byteLength(name) > 253 || !sysctlRegex.test(name))
      errors.push(invalid(at, name, `must have at most 253 characters and match regex ${sysctlFormat}`))
    else if (seen.has(name)) errors.push(duplicate(at, name))
    seen.add(name)
    const dotted = name.replaceAll('/', '.')
    if (spec.hostNetwork && dotted.startsWith('net.'))
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"))
    else if (spec.hostIPC && /^(kernel\.(shm|msg|sem)|fs\.mqueue\.)/.test(dotted))
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"))
    return errors
  })
}

const oneOf = (value: string | undefined, field: string, values: string[]): FieldError[] =>
  value === undefined || values.includes(value) ? [] : [notSupported(field, value, values)]

export function validatePodSecurityContext(spec: PodSpec, field: string): FieldError[] {
  const context = spec.securityContext
  if (!context) return []
  const errors = [
    ...validateId(context.fsGroup, `${field}.fsGroup`),
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((id, i) =>
      validateId(id, `${field}.supplementalGroups[${i}]`),
    ),
  ]
  if (spec.shareProcessNamespace && spec.hostPID)
    errors.push(
      invalid(
        `${field}.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    )
  return [
    ...errors,
    ...validateSysctls(context, spec, `${field}.sysctls`),
    ...oneOf(context.fsGroupChangePolicy, `${field}.fsGroupChangePolicy`, ['Always', 'OnRootMismatch']),
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
    ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`),
    ...oneOf(context.supplementalGroupsPolicy, `${field}.supplementalGroupsPolicy`, ['Merge', 'Strict']),
    ...oneOf(context.seLinuxChangePolicy, `${field}.seLinuxChangePolicy`, ['MountOption', 'Recursive']),
  ]
}

export const seccompPodAnnotation = 'seccomp.security.alpha.kubernetes.io/pod'
export const seccompContainerAnnotation = 'container.seccomp.security.alpha.kubernetes.io/'
export const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/'

function validateSeccompText(profile: string, field: string): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return []
  if (profile.startsWith('localhost/')) return validateLocalPath(profile.slice('localhost/'.length), field)
  return [invalid(field, profile, 'must be a valid seccomp profile')]
}

/** Annotations that once stood for fields of the security context. */
export function validateSecurityAnnotations(
  annotations: ObjectMeta['annotations'],
  spec: PodSpec,
  field: string,
): FieldError[] {
  const errors: FieldError[] = []
  if (!annotations) return errors
  const names = new Set<string>()
  visitContainers(spec, '', container => names.add(container.name))
  const entries = Object.entries(annotations)
  for (const [key, value] of entries)
    if (key === seccompPodAnnotation || key.startsWith(seccompContainerAnnotation))
      errors.push(...validateSeccompText(value, `${field}.${key}`))
  for (const [key, value] of entries) {
    if (!key.startsWith(appArmorAnnotation)) continue
    const name = key.slice(appArmorAnnotation.length)
    if (!names.has(name)) errors.push(invalid(`${field}[${key}]`, name, 'container not found'))
    if (value && value !== 'runtime/default' && value !== 'unconfined' && !value.startsWith('localhost/'))
      errors.push(invalid(`${field}[${key}]`, value, `invalid AppArmor profile name: ${goQuote(value)}`))
  }
  return errors
}

const annotationTexts: Record<string, string[]> = {
  Unconfined: ['unconfined'],
  RuntimeDefault: ['runtime/default', 'docker/default'],
}

/** An annotation and the field that replaced it must say the same. */
export function validateAnnotationsMatch(meta: ObjectMeta, spec: PodSpec, field: string): FieldError[] {
  const errors: FieldError[] = []
  const { annotations } = meta
  if (!annotations) return errors
  const match = (
    what: string,
    annotation: string | undefined,
    profile: SeccompProfile | AppArmorProfile | undefined,
    at: string,
  ) => {
    if (annotation === undefined || !profile) return
    const { type, localhostProfile: local } = profile
    const texts = annotationTexts[type]
    const prefix = annotation.startsWith('localhost/')
    if (texts ? !texts.includes(annotation) : type === 'Localhost' && !prefix)
      errors.push(forbidden(`${at}.type`, `${what} type in annotation and field must match`))
    else if (type === 'Localhost' && annotation.slice('localhost/'.length) !== local)
      errors.push(forbidden(`${at}.localhostProfile`, `${what} profile in annotation and field must match`))
  }
  const pod = spec.securityContext
  match(
    'seccomp',
    annotations[seccompPodAnnotation],
    pod?.seccompProfile,
    `${field}.securityContext.seccompProfile`,
  )
  visitContainers(spec, field, (container, at) =>
    match(
      'seccomp',
      annotations[seccompContainerAnnotation + container.name],
      container.securityContext?.seccompProfile,
      `${at}.securityContext.seccompProfile`,
    ),
  )
  if (spec.os?.name === 'windows') return errors
  visitContainers(spec, field, (container, at) =>
    match(
      'apparmor',
      annotations[appArmorAnnotation + container.name],
      container.securityContext?.appArmorProfile ?? pod?.appArmorProfile,
      `${at}.securityContext.appArmorProfile`,
    ),
  )
  return errors
}
