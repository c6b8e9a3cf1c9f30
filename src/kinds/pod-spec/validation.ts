// ValidatePodSpec, ValidatePodTemplateSpec and what pods alone are checked for: pkg/apis/core/validation/validation.go.
// Left out: the checks of Windows pods' options.
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  tooLong,
} from '../machinery/field-error.ts'
import { internalValue } from '../machinery/internal.ts'
import { validateIP } from '../machinery/ip.ts'
import { invalidEach, validateAnnotations, validateLabels } from '../machinery/meta-validation.ts'
import {
  byteLength,
  isDNS1123Label,
  isDNS1123Subdomain,
  isDNS1123SubdomainWithUnderscore,
  isQualifiedName,
  nameIsDNSSubdomain,
  rangeError,
} from '../machinery/names.ts'
import type { ObjectMeta } from '../object.ts'
import type { PodResourceClaim, PodSpec, PodTemplateSpec } from '../schema/types.ts'
import {
  type PodContext,
  validateContainers,
  validateEphemeralContainers,
  validateImageSpace,
  validateInitContainers,
} from './containers.ts'
import { validatePodResources, validateResources } from './resources.ts'
import { validateAffinity, validateTolerations, validateTopologySpread } from './scheduling.ts'
import {
  validateAnnotationsMatch,
  validatePodSecurityContext,
  validateSecurityAnnotations,
} from './security-context.ts'
import { visitContainers } from './visit.ts'
import { validateVolumes } from './volumes.ts'

const oneOf = (value: string | undefined, field: string, values: string[]): FieldError[] =>
  !value ? [required(field)] : values.includes(value) ? [] : [notSupported(field, value, values)]
const named = (value: string | undefined, field: string, check: (name: string) => string[]): FieldError[] =>
  value ? invalidEach(field, value, check(value)) : []
const isSubdomainName = (name: string) => nameIsDNSSubdomain(name, false)

/** `meta` is the pod's own; templates have none here. */
function validatePodSpec(spec: PodSpec, meta: ObjectMeta | undefined, field: string): FieldError[] {
  const errors: FieldError[] = []
  const hostUsers = spec.hostUsers !== false
  const [volumes, volumeErrors] = validateVolumes(spec.volumes, meta, `${field}.volumes`)
  errors.push(...volumeErrors)
  const claimNames = new Set((spec.resourceClaims ?? []).flatMap(({ name }) => name || []))
  const context: PodContext = { spec, volumes, claimNames, hostUsers }
  errors.push(
    ...validateResourceClaims(spec.resourceClaims, `${field}.resourceClaims`),
    ...validateContainers(context, `${field}.containers`),
    ...validateInitContainers(context, `${field}.initContainers`),
    ...validateEphemeralContainers(context, `${field}.ephemeralContainers`),
    ...validatePodResources(spec, claimNames, field),
    ...validateHostNetwork(spec, meta !== undefined, field),
    ...oneOf(spec.restartPolicy, `${field}.restartPolicy`, ['Always', 'OnFailure', 'Never']),
    ...oneOf(spec.dnsPolicy, `${field}.dnsPolicy`, [
      'ClusterFirstWithHostNet',
      'ClusterFirst',
      'Default',
      'None',
    ]),
    ...validateLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...validatePodSecurityContext(spec, `${field}.securityContext`),
    ...validateAffinity(spec.affinity, `${field}.affinity`),
    ...validateDnsConfig(spec, `${field}.dnsConfig`),
    ...(spec.readinessGates ?? []).flatMap(({ conditionType: type }, i) =>
      invalidEach(`${field}.readinessGates[${i}].conditionType`, type, isQualifiedName(type)),
    ),
    ...(spec.schedulingGates ?? []).flatMap(({ name }, i, all) => [
      ...invalidEach(`${field}.schedulingGates[${i}]`, name, isQualifiedName(name)),
      ...(all.findIndex(gate => gate.name === name) < i
        ? [duplicate(`${field}.schedulingGates[${i}]`, name)]
        : []),
    ]),
    ...validateTopologySpread(spec.topologySpreadConstraints, `${field}.topologySpreadConstraints`),
    ...(hostUsers ? [] : validateHostUsers(spec, field)),
    ...validateHostname(spec, `${field}.hostnameOverride`),
    ...named(spec.serviceAccountName, `${field}.serviceAccountName`, isSubdomainName),
    ...named(spec.nodeName, `${field}.nodeName`, isSubdomainName),
  )
  const deadline = spec.activeDeadlineSeconds
  if (deadline !== undefined && (deadline < 1 || deadline > 2147483647))
    errors.push(invalid(`${field}.activeDeadlineSeconds`, deadline, rangeError(1, 2147483647)))
  errors.push(
    ...named(spec.hostname, `${field}.hostname`, isDNS1123Label),
    ...named(spec.subdomain, `${field}.subdomain`, isDNS1123Label),
    ...validateTolerations(spec.tolerations, `${field}.tolerations`),
    ...(spec.hostAliases ?? []).flatMap(({ ip, hostnames }, i) => [
      ...validateIP(ip, `${field}.hostAliases[${i}].ip`),
      ...(hostnames ?? []).flatMap((name, j) =>
        invalidEach(`${field}.hostAliases[${i}].hostnames[${j}]`, name, isDNS1123Subdomain(name)),
      ),
    ]),
    ...named(spec.priorityClassName, `${field}.priorityClassName`, isSubdomainName),
  )
  if (spec.runtimeClassName !== undefined)
    errors.push(
      ...invalidEach(
        `${field}.runtimeClassName`,
        spec.runtimeClassName,
        isSubdomainName(spec.runtimeClassName),
      ),
    )
  if (spec.preemptionPolicy !== undefined)
    errors.push(
      ...oneOf(spec.preemptionPolicy, `${field}.preemptionPolicy`, ['PreemptLowerPriority', 'Never']),
    )
  if (spec.overhead)
    errors.push(...validateResources({ limits: spec.overhead }, new Set(), `${field}.overhead`))
  if (spec.os) errors.push(...oneOf(spec.os.name, `${field}.os.name`, ['linux', 'windows']))
  return [...errors, ...validateFileKeyRefs(spec, field)]
}

const validateResourceClaims = (
  claims: readonly PodResourceClaim[] | undefined,
  field: string,
): FieldError[] =>
  (claims ?? []).flatMap((claim, i, all) => {
    const at = `${field}[${i}]`
    const { name, resourceClaimName: direct, resourceClaimTemplateName: template } = claim
    const shown = internalValue('io.k8s.api.core.v1.PodResourceClaim', claim)
    const errors: FieldError[] = []
    if (!name) errors.push(required(`${at}.name`))
    else if (all.findIndex(other => other.name === name) < i) errors.push(duplicate(`${at}.name`, name))
    else errors.push(...invalidEach(`${at}.name`, name, isDNS1123Label(name)))
    if (direct !== undefined && template !== undefined)
      errors.push(
        invalid(
          at,
          shown,
          'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
        ),
      )
    if (direct === undefined && template === undefined)
      errors.push(invalid(at, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'))
    return [
      ...errors,
      ...named(direct, `${at}.resourceClaimName`, isSubdomainName),
      ...named(template, `${at}.resourceClaimTemplateName`, isSubdomainName),
    ]
  })

/** On the host's network a container's ports are the host's. */
function validateHostNetwork(spec: PodSpec, isPod: boolean, field: string): FieldError[] {
  if (!spec.hostNetwork) return []
  return (spec.containers ?? []).flatMap(({ ports }, i) =>
    (ports ?? []).flatMap(({ hostPort = 0, containerPort }, j) =>
      (isPod || hostPort) && hostPort !== containerPort
        ? [
            invalid(
              `${field}.containers[${i}].ports[${j}].hostPort`,
              hostPort,
              'must match `containerPort` when `hostNetwork` is true',
            ),
          ]
        : [],
    ),
  )
}

function validateDnsConfig({ dnsConfig: config, dnsPolicy }: PodSpec, field: string): FieldError[] {
  if (dnsPolicy === 'None') {
    if (!config) return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')]
    if (!config.nameservers?.length)
      return [
        required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      ]
  }
  if (!config) return []
  const { nameservers = [], searches = [], options = [] } = config
  const errors: FieldError[] = []
  if (nameservers.length > 3)
    errors.push(invalid(`${field}.nameservers`, nameservers, 'must not have more than 3 nameservers'))
  nameservers.forEach((address, i) => {
    errors.push(...validateIP(address, `${field}.nameservers[${i}]`))
  })
  if (searches.length > 32)
    errors.push(invalid(`${field}.searches`, searches, 'must not have more than 32 search paths'))
  if (searches.join(' ').length > 2048)
    errors.push(
      invalid(
        `${field}.searches`,
        searches,
        'must not have more than 2048 characters (including spaces) in the search list',
      ),
    )
  searches.forEach((search, i) => {
    if (search === '.') return
    const name = search.replace(/\.$/, '')
    errors.push(...invalidEach(`${field}.searches[${i}]`, name, isDNS1123SubdomainWithUnderscore(name)))
  })
  options.forEach(({ name }, i) => {
    if (!name) errors.push(required(`${field}.options[${i}]`, 'must not be empty'))
  })
  return errors
}

function validateHostUsers(spec: PodSpec, field: string): FieldError[] {
  const errors: FieldError[] = []
  const bad = (at: string) => errors.push(forbidden(`${field}.${at}`, 'when `hostUsers` is false'))
  if (spec.hostNetwork) bad('hostNetwork')
  if (spec.hostPID) bad('HostPID')
  if (spec.hostIPC) bad('HostIPC')
  visitContainers(spec, '', (container, at) => {
    if (container.volumeDevices?.length) bad(`${at}.volumeDevices`)
  })
  return errors
}

function validateHostname(spec: PodSpec, field: string): FieldError[] {
  const name = spec.hostnameOverride
  if (name === undefined) return []
  const errors: FieldError[] = []
  if (spec.setHostnameAsFQDN)
    errors.push(forbidden(field, 'may not be specified when setHostnameAsFQDN is true'))
  if (spec.hostNetwork) errors.push(forbidden(field, 'may not be specified when hostNetwork is true'))
  if (byteLength(name) > 64) errors.push(tooLong(field, 64))
  return [...errors, ...invalidEach(field, name, isDNS1123Subdomain(name))]
}

function validateFileKeyRefs(spec: PodSpec, field: string): FieldError[] {
  const errors: FieldError[] = []
  visitContainers(spec, field, (container, at) => {
    ;(container.env ?? []).forEach(({ valueFrom }, i) => {
      const name = valueFrom?.fileKeyRef?.volumeName
      if (name === undefined) return
      const own = `${at}.env[${i}].valueFrom.fileKeyRef.volumeName`
      const volume = spec.volumes?.find(v => v.name === name)
      if (!volume) errors.push(notFound(own, name))
      else if (!volume.emptyDir) errors.push(invalid(own, name, 'referenced volume must be of type emptyDir'))
    })
  })
  return errors
}

/** ValidatePodSpecificAnnotations. */
export function validatePodAnnotations(
  annotations: ObjectMeta['annotations'],
  spec: PodSpec,
  field: string,
): FieldError[] {
  const errors: FieldError[] = []
  const mirror = annotations?.['kubernetes.io/config.mirror']
  if (mirror !== undefined && !spec.nodeName)
    errors.push(
      invalid(
        `${field}[kubernetes.io/config.mirror]`,
        mirror,
        'must set spec.nodeName if mirror pod annotation is set',
      ),
    )
  const cost = annotations?.['controller.kubernetes.io/pod-deletion-cost']
  if (cost !== undefined && (!/^(0|-?[1-9]\d*)$/.test(cost) || Math.abs(Number(cost)) > 2147483647))
    errors.push(
      invalid(`${field}[controller.kubernetes.io/pod-deletion-cost]`, cost, 'must be a 32bit integer'),
    )
  return [...errors, ...validateSecurityAnnotations(annotations, spec, field)]
}

/** ValidatePodTemplateSpec. */
export function validatePodTemplate({ metadata, spec }: PodTemplateSpec, field: string): FieldError[] {
  const errors = [
    ...validateLabels(metadata.labels, `${field}.labels`),
    ...validateAnnotations(metadata.annotations, `${field}.annotations`),
    ...validatePodAnnotations(metadata.annotations, spec, `${field}.annotations`),
    ...validatePodSpec(spec, undefined, `${field}.spec`),
    ...validateAnnotationsMatch(metadata, spec, `${field}.spec`),
  ]
  if (spec.ephemeralContainers?.length)
    errors.push(
      forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'),
    )
  return errors
}

/**
 * The text of the spec that was found right last. Pods of one template come one after another, and differ in nothing but
 * the made-up name of the volume of their token.
 */
let right: string | undefined

/** Undefined where what is right depends on more than the spec: claims are named after their pod. */
function textOf(spec: PodSpec): string | undefined {
  if (spec.volumes?.some(volume => volume.ephemeral)) return undefined
  const text = JSON.stringify(spec)
  const [made] = /kube-api-access-[a-z0-9]{5}/.exec(text) ?? []
  return made ? text.replaceAll(made, '\0') : text
}

/** validatePodMetadataAndSpec, without the checks that all metadata get. */
export function validatePod(metadata: ObjectMeta, spec: PodSpec): FieldError[] {
  const errors = validatePodAnnotations(metadata.annotations, spec, 'metadata.annotations')
  const text = textOf(spec)
  if (text !== undefined && text === right) return errors
  const faults = validateWholeSpec(metadata, spec)
  if (faults.length === 0) right = text
  return [...errors, ...faults]
}

function validateWholeSpec(metadata: ObjectMeta, spec: PodSpec): FieldError[] {
  const errors = validatePodSpec(spec, metadata, 'spec')
  if (!spec.serviceAccountName)
    (spec.volumes ?? []).forEach(({ projected }, i) => {
      ;(projected?.sources ?? []).forEach(({ serviceAccountToken }, j) => {
        if (serviceAccountToken)
          errors.push(
            forbidden(
              `spec.volumes[${i}].projected.sources[${j}].serviceAccountToken`,
              'must not be specified when serviceAccountName is not set',
            ),
          )
      })
    })
  return [
    ...errors,
    ...validateImageSpace(spec.containers, 'spec.containers'),
    ...validateImageSpace(spec.initContainers, 'spec.initContainers'),
  ]
}
