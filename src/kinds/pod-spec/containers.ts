// Containers of a pod: validateContainers, validateInitContainers, validateEphemeralContainers and what they share.
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  tooMany,
} from '../machinery/field-error.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import { isDNS1123Label, isPortName, isPortNumber } from '../machinery/names.ts'
import { isSidecar } from '../machinery/pod-row.ts'
import type {
  Container,
  ContainerPort,
  EphemeralContainer,
  PodSpec,
  Volume,
  VolumeDevice,
  VolumeMount,
} from '../schema/types.ts'
import { validateEnv, validateEnvFrom } from './env.ts'
import { validateLocalPath, validateNoBacksteps } from './paths.ts'
import { validateLifecycle, validateProbes } from './probes.ts'
import { validateResizePolicy, validateResources } from './resources.ts'
import { validateSecurityContext } from './security-context.ts'
import { validatePullPolicy } from './volumes.ts'

/** What containers are checked against. */
export interface PodContext {
  readonly spec: PodSpec
  readonly volumes: ReadonlyMap<string, Volume>
  readonly claimNames: ReadonlySet<string>
  readonly hostUsers: boolean
}

const protocols = ['SCTP', 'TCP', 'UDP']

function validatePorts(ports: readonly ContainerPort[] | undefined, field: string): FieldError[] {
  const names = new Set<string>()
  return (ports ?? []).flatMap(({ name, containerPort, hostPort, protocol }, i) => {
    const at = `${field}[${i}]`
    const errors: FieldError[] = []
    if (name) {
      const faults = isPortName(name)
      if (faults.length) errors.push(...invalidEach(`${at}.name`, name, faults))
      else if (names.has(name)) errors.push(duplicate(`${at}.name`, name))
      else names.add(name)
    }
    if (!containerPort) errors.push(required(`${at}.containerPort`))
    else errors.push(...invalidEach(`${at}.containerPort`, containerPort, isPortNumber(containerPort)))
    if (hostPort) errors.push(...invalidEach(`${at}.hostPort`, hostPort, isPortNumber(hostPort)))
    if (!protocol) errors.push(required(`${at}.protocol`))
    else if (!protocols.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, protocols))
    return errors
  })
}

const propagations = ['Bidirectional', 'HostToContainer', 'None']
const recursions = ['Disabled', 'Enabled', 'IfPossible']

function validateMounts(container: Container, { volumes }: PodContext, field: string): FieldError[] {
  const devices = container.volumeDevices ?? []
  const paths = new Set<string>()
  return (container.volumeMounts ?? []).flatMap((mount: VolumeMount, i) => {
    const { name, mountPath, subPath, subPathExpr, mountPropagation, recursiveReadOnly } = mount
    const at = `${field}[${i}]`
    const errors: FieldError[] = []
    if (!name) errors.push(required(`${at}.name`))
    if (!volumes.has(name)) errors.push(notFound(`${at}.name`, name))
    if (!mountPath) errors.push(required(`${at}.mountPath`))
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, 'must be unique'))
    paths.add(mountPath)
    if (devices.some(device => device.name === name))
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeDevices'))
    if (devices.some(device => device.devicePath === mountPath))
      errors.push(invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'))
    if (subPath) errors.push(...validateLocalPath(subPath, `${field}.subPath`))
    if (subPathExpr) {
      if (subPath)
        errors.push(
          invalid(`${at}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'),
        )
      errors.push(...validateLocalPath(subPathExpr, `${field}.subPathExpr`))
    }
    if (mountPropagation !== undefined) {
      const own = `${field}.mountPropagation`
      if (!propagations.includes(mountPropagation))
        errors.push(notSupported(own, mountPropagation, propagations))
      if (mountPropagation === 'Bidirectional' && !container.securityContext?.privileged)
        errors.push(
          forbidden(own, 'Bidirectional mount propagation is available only to privileged containers'),
        )
    }
    if (recursiveReadOnly !== undefined && recursiveReadOnly !== 'Disabled') {
      const own = `${field}.recursiveReadOnly`
      if (!recursions.includes(recursiveReadOnly))
        errors.push(notSupported(own, recursiveReadOnly, recursions))
      else {
        if (!mount.readOnly) errors.push(forbidden(own, 'may only be specified when readOnly is true'))
        if (mountPropagation !== undefined && mountPropagation !== 'None')
          errors.push(forbidden(own, 'may only be specified when mountPropagation is None or not specified'))
      }
    }
    return errors
  })
}

function validateDevices(container: Container, { volumes }: PodContext, field: string): FieldError[] {
  const mounts = container.volumeMounts ?? []
  const paths = new Set<string>()
  const names = new Set<string>()
  return (container.volumeDevices ?? []).flatMap(({ name, devicePath }: VolumeDevice, i) => {
    const at = `${field}[${i}]`
    const errors: FieldError[] = []
    const volume = volumes.get(name)
    if (!name) errors.push(required(`${at}.name`))
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, 'must be unique'))
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral)
      errors.push(
        invalid(
          `${at}.name`,
          name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      )
    if (!volume) errors.push(notFound(`${at}.name`, name))
    if (!devicePath) errors.push(required(`${at}.devicePath`))
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, 'must be unique'))
    if (devicePath && validateNoBacksteps(devicePath, '').length)
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"))
    else paths.add(devicePath)
    if (mounts.some(mount => mount.name === name))
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'))
    if (mounts.some(mount => mount.mountPath === devicePath))
      errors.push(invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'))
    if (name) names.add(name)
    return errors
  })
}

const messagePolicies = ['File', 'FallbackToLogsOnError']

function validateCommon(container: Container, context: PodContext, field: string): FieldError[] {
  const { name, image, terminationMessagePolicy: policy } = container
  const errors: FieldError[] = name
    ? invalidEach(`${field}.name`, name, isDNS1123Label(name))
    : [required(`${field}.name`)]
  if (!image) errors.push(required(`${field}.image`))
  if (!policy) errors.push(required(`${field}.terminationMessagePolicy`))
  else if (!messagePolicies.includes(policy))
    errors.push(notSupported(`${field}.terminationMessagePolicy`, policy, messagePolicies))
  return [
    ...errors,
    ...validatePorts(container.ports, `${field}.ports`),
    ...validateEnv(container.env, `${field}.env`),
    ...validateEnvFrom(container.envFrom, `${field}.envFrom`),
    ...validateMounts(container, context, `${field}.volumeMounts`),
    ...validateDevices(container, context, `${field}.volumeDevices`),
    ...validatePullPolicy(container.imagePullPolicy, `${field}.imagePullPolicy`),
    ...validateResources(container.resources ?? {}, context.claimNames, `${field}.resources`),
    ...validateResizePolicy(container.resizePolicy, `${field}.resizePolicy`, context.spec.restartPolicy),
    ...validateSecurityContext(container.securityContext, `${field}.securityContext`, context.hostUsers),
  ]
}

/** Host ports must be unique among the containers given; `seen` holds those of earlier ones. */
function validateHostPorts(container: Container, seen: Set<string>, field: string): FieldError[] {
  return (container.ports ?? []).flatMap(({ protocol, hostIP = '', hostPort }, i) => {
    if (!hostPort) return []
    const port = `${protocol}/${hostIP}/${hostPort}`
    if (seen.has(port)) return [duplicate(`${field}.ports[${i}].hostPort`, port)]
    seen.add(port)
    return []
  })
}

const restartPolicies = ['Always', 'Never', 'OnFailure']
const restartActions = ['Restart', 'RestartAllContainers']

function validateRestartPolicy(
  { restartPolicy, restartPolicyRules }: Container,
  field: string,
): FieldError[] {
  const rules = restartPolicyRules ?? []
  const errors: FieldError[] = []
  if (restartPolicy === undefined) {
    if (!rules.length) return errors
    errors.push(required(`${field}.restartPolicy`, 'must specify restartPolicy when restart rules are used'))
  } else if (!restartPolicies.includes(restartPolicy))
    errors.push(notSupported(`${field}.restartPolicy`, restartPolicy, restartPolicies))
  if (rules.length > 20) errors.push(tooMany(`${field}.restartPolicyRules`, rules.length, 20))
  rules.forEach(({ action, exitCodes }, i) => {
    const at = `${field}.restartPolicyRules[${i}]`
    if (!restartActions.includes(action ?? ''))
      errors.push(notSupported(`${at}.action`, action, restartActions))
    if (!exitCodes) errors.push(required(`${at}.exitCodes`, 'must be specified'))
    else {
      if (exitCodes.operator !== 'In' && exitCodes.operator !== 'NotIn')
        errors.push(notSupported(`${at}.exitCodes.operator`, exitCodes.operator, ['In', 'NotIn']))
      const count = exitCodes.values?.length ?? 0
      if (count > 255) errors.push(tooMany(`${at}.exitCodes.values`, count, 255))
    }
  })
  return errors
}

export function validateContainers(context: PodContext, field: string): FieldError[] {
  const { spec } = context
  const list = spec.containers ?? []
  if (!list.length) return [required(field)]
  const names = new Set<string>()
  const grace = spec.terminationGracePeriodSeconds
  const errors = list.flatMap((container, i) => {
    const at = `${field}[${i}]`
    const own = validateCommon(container, context, at)
    if (names.has(container.name)) own.push(duplicate(`${at}.name`, container.name))
    names.add(container.name)
    if (container.lifecycle)
      own.push(...validateLifecycle(container.lifecycle, grace, `${at}.lifecycle`, spec.os))
    return [...own, ...validateProbes(container, grace, at), ...validateRestartPolicy(container, at)]
  })
  const ports = new Set<string>()
  return [...errors, ...list.flatMap((container, i) => validateHostPorts(container, ports, `${field}[${i}]`))]
}

export function validateInitContainers(context: PodContext, field: string): FieldError[] {
  const { spec } = context
  const names = new Set((spec.containers ?? []).map(container => container.name))
  const grace = spec.terminationGracePeriodSeconds
  return (spec.initContainers ?? []).flatMap((container, i) => {
    const at = `${field}[${i}]`
    const errors = [...validateCommon(container, context, at), ...validateRestartPolicy(container, at)]
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name))
    else if (container.name) names.add(container.name)
    // The server checks each alone, so its ports are reported as those of the first.
    errors.push(...validateHostPorts(container, new Set(), `${field}[0]`))
    if (isSidecar(container)) {
      if (container.lifecycle)
        errors.push(...validateLifecycle(container.lifecycle, grace, `${at}.lifecycle`, spec.os))
      return [...errors, ...validateProbes(container, grace, at)]
    }
    for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
      if (container[name])
        errors.push(
          forbidden(`${at}.${name}`, 'may not be set for init containers without restartPolicy=Always'),
        )
    ;(container.resizePolicy ?? []).forEach(({ restartPolicy }, j) => {
      if (restartPolicy === 'RestartContainer')
        errors.push(
          invalid(
            `${at}.resizePolicy[${j}].restartPolicy`,
            restartPolicy,
            "must not be set to 'RestartContainer' for non-sidecar initContainers",
          ),
        )
    })
    return errors
  })
}

/** An image's name must have no space around it; templates are allowed one. */
export const validateImageSpace = (
  containers: readonly { image?: string }[] | undefined,
  field: string,
): FieldError[] =>
  (containers ?? []).flatMap(({ image = '' }, i) =>
    image === image.trim()
      ? []
      : [invalid(`${field}[${i}].image`, image, 'must not have leading or trailing whitespace')],
  )

/** In the order of the struct. */
const forbiddenInEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const

export function validateEphemeralContainers(context: PodContext, field: string): FieldError[] {
  const { spec } = context
  const others = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(c => c.name))
  const names = new Set(others)
  return (spec.ephemeralContainers ?? []).flatMap((container: EphemeralContainer, i) => {
    const at = `${field}[${i}]`
    const { name, targetContainerName: target } = container
    const errors = [
      ...validateCommon(container as Container, context, at),
      ...validateImageSpace([container], field).map(error => ({ ...error, field: `${at}.image` })),
    ]
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name))
    names.add(name)
    if (target && !others.has(target)) errors.push(notFound(`${at}.targetContainerName`, target))
    for (const part of forbiddenInEphemeral)
      if (container[part] && Object.keys(container[part]).length)
        errors.push(forbidden(`${at}.${part}`, 'cannot be set for an Ephemeral Container'))
    ;(container.volumeMounts ?? []).forEach((mount, j) => {
      for (const part of ['subPath', 'subPathExpr'] as const)
        if (mount[part])
          errors.push(
            forbidden(`${at}.volumeMounts[${j}].${part}`, 'cannot be set for an Ephemeral Container'),
          )
    })
    return errors
  })
}
