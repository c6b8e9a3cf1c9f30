// Containers, volumes and the rest of a pod's spec, for pods and for templates (kubectl pkg/describe/describe.go).
import { quantityMilliValue, quantityValue } from '../../kinds/machinery/quantity.ts'
import type { KubeObject, ObjectMeta } from '../../kinds/object.ts'
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EphemeralContainer,
  PodTemplateSpec,
  Probe,
  ResourceFieldSelector,
  ResourceRequirements,
  TopologySpreadConstraint,
} from '../../kinds/schema/types.ts'
import { describeSelector } from '../print/labels.ts'
import { byCodePoint, plainText } from '../print/values.ts'
import { annotations, bool, labels, longTime, multiline, tolerationLines } from './parts.ts'
import { entriesOf } from './queries.ts'
import { describeVolumes } from './volumes.ts'
import type { DescribeWriter } from './writer.ts'

export function describePodTemplate(template: PodTemplateSpec | undefined, w: DescribeWriter): void {
  w.write(0, 'Pod Template:\n')
  if (!template) {
    w.write(1, '<unset>')
    return
  }
  const { spec } = template
  const metadata: Partial<ObjectMeta> = template.metadata ?? {}
  labels(w, '  Labels', metadata.labels)
  if (Object.keys(metadata.annotations ?? {}).length) annotations(w, '  Annotations', metadata.annotations)
  if (spec.serviceAccountName) w.field('Service Account', spec.serviceAccountName, 1)
  if (spec.initContainers?.length)
    describeContainers('Init Containers', spec.initContainers, undefined, undefined, w, '  ')
  describeContainers('Containers', spec.containers ?? [], undefined, undefined, w, '  ')
  describeVolumes(spec.volumes, w, '  ')
  describeTopologySpread(spec.topologySpreadConstraints, w, '  ')
  if (spec.priorityClassName) w.field('Priority Class Name', spec.priorityClassName, 1)
  labels(w, '  Node-Selectors', spec.nodeSelector)
  multiline(w, '  Tolerations', tolerationLines(spec.tolerations))
}

export function describeTopologySpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  w: DescribeWriter,
  space: string,
): void {
  if (!constraints?.length) return
  w.write(0, `${space}Topology Spread Constraints:\t`)
  const sorted = [...constraints].sort((a, b) => byCodePoint(a.topologyKey, b.topologyKey))
  for (const [i, c] of sorted.entries()) {
    if (i) w.write(0, `${space}\t`)
    const selector = c.labelSelector ? ` for selector ${describeSelector(c.labelSelector)}` : ''
    w.write(0, `${c.topologyKey}:${c.whenUnsatisfiable} when max skew ${c.maxSkew} is exceeded${selector}\n`)
  }
}

/** `pod` resolves the values of fieldRefs; templates have none. */
export function describeContainers(
  label: string,
  containers: readonly (Container | EphemeralContainer)[],
  statuses: readonly ContainerStatus[] | undefined,
  pod: KubeObject | undefined,
  w: DescribeWriter,
  space: string,
): void {
  w.write(0, `${space}${label}:${containers.length ? '' : ' <none>'}\n`)
  for (const container of containers) {
    const status = statuses?.find(s => s.name === container.name)
    basicInfo(container, status, space, w)
    command(container, w)
    if (status) state(status, w)
    describeResources(container.resources, w, 2)
    probes(container, w)
    environment(container, pod, w)
    mounts(container, w)
  }
}

function basicInfo(
  container: Container,
  status: ContainerStatus | undefined,
  space: string,
  w: DescribeWriter,
): void {
  w.write(1, `${space ? ' ' : ''}${container.name}:\n`)
  if (status) w.field('Container ID', status.containerID ?? '', 2)
  w.field('Image', container.image ?? '', 2)
  if (status) w.field('Image ID', status.imageID ?? '', 2)
  const ports = container.ports ?? []
  const list = (port: (p: ContainerPort) => unknown) =>
    ports.map(p => `${port(p)}/${p.protocol}${p.name ? ` (${p.name})` : ''}`).join(', ')
  for (const [title, text] of [
    ['Port', list(p => p.containerPort)],
    ['Host Port', list(p => p.hostPort ?? 0)],
  ] as const)
    w.field(text.includes(',') ? `${title}s` : title, text || '<none>', 2)
  const seccomp = container.securityContext?.seccompProfile
  if (seccomp) w.field('SeccompProfile', seccomp.type, 2)
  if (seccomp?.type === 'Localhost') w.field('LocalhostProfile', seccomp.localhostProfile ?? '', 3)
}

function command(container: Container, w: DescribeWriter): void {
  for (const [title, words] of [
    ['Command', container.command],
    ['Args', container.args],
  ] as const) {
    if (!words?.length) continue
    w.write(2, `${title}:\n`)
    for (const word of words) for (const line of word.split('\n')) w.write(3, `${line}\n`)
  }
}

export function describeResources(
  resources: Pick<ResourceRequirements, 'limits' | 'requests'> | undefined,
  w: DescribeWriter,
  level: number,
): void {
  for (const [title, list] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const amounts = entriesOf(list)
    if (amounts.length) w.write(level, `${title}:\n`)
    for (const [name, amount] of amounts) w.field(name, amount, level + 1)
  }
}

function state(status: ContainerStatus, w: DescribeWriter): void {
  oneState('State', status.state ?? {}, w)
  if (status.lastState?.terminated) oneState('Last State', status.lastState, w)
  w.field('Ready', bool(status.ready), 2)
  w.field('Restart Count', status.restartCount, 2)
}

function oneState(title: string, { running, waiting, terminated }: ContainerState, w: DescribeWriter): void {
  if (running) {
    w.field(title, 'Running', 2)
    w.field('Started', longTime(running.startedAt), 3)
  } else if (terminated) {
    w.field(title, 'Terminated', 2)
    if (terminated.reason) w.field('Reason', terminated.reason, 3)
    if (terminated.message) w.field('Message', terminated.message, 3)
    w.field('Exit Code', terminated.exitCode ?? 0, 3)
    if (terminated.signal) w.field('Signal', terminated.signal, 3)
    w.field('Started', longTime(terminated.startedAt), 3)
    w.field('Finished', longTime(terminated.finishedAt), 3)
  } else {
    w.field(title, 'Waiting', 2)
    if (waiting?.reason) w.field('Reason', waiting.reason, 3)
  }
}

function probes(container: Container, w: DescribeWriter): void {
  if (container.livenessProbe) w.field('Liveness', probeText(container.livenessProbe), 2)
  if (container.readinessProbe) w.field('Readiness', probeText(container.readinessProbe), 2)
  if (container.startupProbe) w.field('Startup', probeText(container.startupProbe), 2)
}

function probeText(probe: Probe): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 0,
    periodSeconds = 0,
    successThreshold = 0,
    failureThreshold = 0,
  } = probe
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`
  if (probe.exec) return `exec ${plainText(probe.exec.command ?? [])} ${attributes}`
  if (probe.httpGet) {
    const { scheme = '', host = '', port, path = '' } = probe.httpGet
    const at = `${host.includes(':') ? `[${host}]` : host}:${port}`
    return `http-get ${scheme.toLowerCase()}://${at}${path && !path.startsWith('/') ? '/' : ''}${encodeURI(path).replaceAll('?', '%3F')} ${attributes}`
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`
  return `unknown ${attributes}`
}

function environment(container: Container, pod: KubeObject | undefined, w: DescribeWriter): void {
  if (container.envFrom?.length) {
    w.write(2, 'Environment Variables from:\n')
    for (const { configMapRef, secretRef, prefix } of container.envFrom) {
      const ref = configMapRef ?? secretRef
      const from = `${configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : ''}${prefix ? ` with prefix '${prefix}'` : ''}`
      w.write(3, `${ref?.name ?? ''}\t${from}\tOptional: ${ref?.optional === true}\n`)
    }
  }
  const env = container.env ?? []
  w.write(2, `Environment:${env.length ? '' : '\t<none>'}\n`)
  for (const { name, value = '', valueFrom } of env) {
    if (!valueFrom) {
      const [first, ...rest] = value.split('\n')
      w.write(3, `${name}:\t${first}\n`)
      for (const line of rest) w.write(3, `\t${line}\n`)
      continue
    }
    const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom
    if (fieldRef) {
      const found = pod ? fieldValue(pod, fieldRef.fieldPath) : ''
      w.write(3, `${name}:\t${found} (${fieldRef.apiVersion}:${fieldRef.fieldPath})\n`)
    } else if (resourceFieldRef) {
      w.write(3, `${name}:\t${resourceValue(container, resourceFieldRef)} (${resourceFieldRef.resource})\n`)
    } else if (secretKeyRef) {
      const where = `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>`
      w.write(3, `${name}:\t${where}\tOptional: ${secretKeyRef.optional === true}\n`)
    } else if (configMapKeyRef) {
      const where = `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>`
      w.write(3, `${name}:\t${where}\tOptional: ${configMapKeyRef.optional === true}\n`)
    }
  }
}

/** kubectl knows only these two of the fields that a fieldRef may name. */
const fieldValue = ({ metadata }: KubeObject, path: string): string =>
  path === 'metadata.name' ? metadata.name : path === 'metadata.namespace' ? (metadata.namespace ?? '') : ''

function resourceValue(container: Container, { resource, divisor }: ResourceFieldSelector): string {
  const dot = resource.indexOf('.')
  const list = resource.startsWith('limits.') ? container.resources?.limits : container.resources?.requests
  const quantity = list?.[resource.slice(dot + 1)]
  const isCpu = resource.endsWith('.cpu')
  const measure = isCpu ? quantityMilliValue : quantityValue
  const unit = divisor === undefined || divisor === '0' ? (isCpu ? 1000 : 1) : measure(divisor)
  const value = String(Math.ceil(measure(quantity) / unit))
  return value === '0' && (resource === 'limits.cpu' || resource === 'limits.memory')
    ? 'node allocatable'
    : value
}

function mounts(container: Container, w: DescribeWriter): void {
  const list = [...(container.volumeMounts ?? [])].sort((a, b) => byCodePoint(a.mountPath, b.mountPath))
  w.write(2, `Mounts:${list.length ? '' : '\t<none>'}\n`)
  for (const { mountPath, name, readOnly, subPath } of list)
    w.write(
      3,
      `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${subPath ? `,path=${JSON.stringify(subPath)}` : ''})\n`,
    )
  const devices = [...(container.volumeDevices ?? [])].sort((a, b) => byCodePoint(a.devicePath, b.devicePath))
  if (devices.length) w.write(2, `Devices:${list.length ? '' : '\t<none>'}\n`)
  for (const { devicePath, name } of devices) w.write(3, `${devicePath} from ${name}\n`)
}
