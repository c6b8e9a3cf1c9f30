// The environment and command line of a container: services, envFrom, env with all its sources, and `$(NAME)`.
// Rules: pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables, podFieldSelectorRuntimeValue),
// pkg/kubelet/envvars/envvars.go, third_party/forked/golang/expansion/expand.go.

import type { ContainerSpec } from '../containers/types.ts'
import { fromBase64 } from '../engine/base64.ts'
import { fromBytes } from '../engine/bytes.ts'
import { ownValue } from '../engine/dictionary.ts'
import type {
  ConfigMap,
  ConfigMapEnvSource,
  FileKeySelector,
  ResourceFieldSelector,
  Secret,
  Service,
} from '../kinds/schema/types.ts'
import { parseEnvFile } from './env-file.ts'
import { quantityValue } from './resources.ts'
import type { Pod } from './types.ts'

/** What the kubelet looks up for a pod; undefined where there is no such object. */
export interface PodObjects {
  configMap(namespace: string, name: string): ConfigMap | undefined
  secret(namespace: string, name: string): Secret | undefined
  /** Services of a namespace that have a cluster address. */
  services(namespace: string): Iterable<Service>
}

/** A file of one of the pod's volumes; undefined where there is none. Throws ConfigError where there is no such volume. */
export type ReadVolumeFile = (volume: string, path: string) => string | undefined

export interface NodeFacts {
  readonly name: string
  readonly address: string
  readonly allocatable: Readonly<Record<string, string>>
}

/** Why a container cannot be made yet: its STATUS is CreateContainerConfigError, with this message. */
export class ConfigError extends Error {}

/** The runtime refuses to make it: CreateContainerError. */
export class CreateError extends ConfigError {}

export function makeEnvironment(
  pod: Pod,
  container: ContainerSpec,
  podAddress: string,
  objects: PodObjects,
  node: NodeFacts,
  readVolumeFile: ReadVolumeFile,
): Map<string, string> {
  const { namespace = '' } = pod.metadata
  const env = new Map<string, string>()
  const linked = pod.spec.enableServiceLinks ?? true
  const services = new Map<string, string>()
  for (const service of objects.services('default'))
    if (service.metadata.name === 'kubernetes') addService(services, service)
  if (linked)
    for (const service of objects.services(namespace))
      if (service.metadata.name !== 'kubernetes' || namespace === 'default') addService(services, service)

  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const source = findSource(objects, namespace, configMapRef, secretRef)
    if (!source) continue
    for (const name of Object.keys(source.data)) env.set(prefix + name, source.text(name))
  }

  for (const { name, value, valueFrom } of container.env ?? []) {
    if (!valueFrom) {
      env.set(
        name,
        expand(value ?? '', key => env.get(key) ?? services.get(key)),
      )
      continue
    }
    const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom
    if (fieldRef) env.set(name, fieldValue(pod, fieldRef.fieldPath, podAddress, node))
    else if (resourceFieldRef) env.set(name, resourceValue(pod, container, resourceFieldRef, node))
    else if (fileKeyRef) {
      const value = fileValue(fileKeyRef, readVolumeFile)
      if (value !== undefined) env.set(name, value)
    } else {
      const reference = configMapKeyRef ?? secretKeyRef
      const source = findSource(objects, namespace, configMapKeyRef, secretKeyRef)
      if (!reference || !source) continue
      const { key, optional } = reference
      if (ownValue(source.data, key) !== undefined) env.set(name, source.text(key))
      else if (!optional)
        throw new ConfigError(`couldn't find key ${key} in ${source.kind} ${namespace}/${reference.name}`)
    }
  }
  for (const [name, value] of services) if (!env.has(name)) env.set(name, value)
  return env
}

interface Source {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly data: Readonly<Record<string, string>>
  /** A value of `data` as a process has it: a Secret's are in base64 there. */
  text(key: string): string
}

/** The ConfigMap or Secret that variables come from; undefined where there is none and need not be. */
function findSource(
  objects: PodObjects,
  namespace: string,
  configMap: SourceReference | undefined,
  secret: SourceReference | undefined,
): Source | undefined {
  const { name = '', optional } = configMap ?? secret ?? {}
  const kind = configMap ? 'ConfigMap' : 'Secret'
  const found = configMap ? objects.configMap(namespace, name) : objects.secret(namespace, name)
  if (!found) {
    if (optional) return undefined
    throw new ConfigError(`${kind.toLowerCase()} "${name}" not found`)
  }
  const data: Source['data'] = found.data ?? {}
  return { kind, data, text: key => (configMap ? data[key]! : decodeBase64(data[key]!)) }
}

type SourceReference = Pick<ConfigMapEnvSource, 'name' | 'optional'>

function fileValue(
  { volumeName, path, key, optional }: FileKeySelector,
  read: ReadVolumeFile,
): string | undefined {
  const text = read(volumeName, path)
  const variables = text === undefined ? undefined : parseEnvFile(text)
  if (!variables) throw new ConfigError("couldn't parse env file")
  const value = variables.get(key)
  if (!value && !optional)
    throw new ConfigError(
      `environment variable key ${JSON.stringify(key)} not found in file ${JSON.stringify(path)}`,
    )
  return value || undefined
}

/** By service object, which is replaced when it changes. */
const links = new WeakMap<Service, readonly (readonly [string, string])[]>()

function addService(env: Map<string, string>, service: Service): void {
  let variables = links.get(service)
  if (!variables) links.set(service, (variables = [...serviceVariables(service)]))
  for (const [name, value] of variables) env.set(name, value)
}

/** `MY_SVC_SERVICE_HOST`, `MY_SVC_PORT_80_TCP_ADDR` …: the variables of docker's links. */
function* serviceVariables(service: Service): Generator<readonly [string, string]> {
  const { clusterIP, ports = [] } = service.spec
  if (!clusterIP || clusterIP === 'None' || !ports[0]) return
  const upper = (text: string) => text.toUpperCase().replaceAll('-', '_')
  const prefix = upper(service.metadata.name)
  yield [`${prefix}_SERVICE_HOST`, clusterIP]
  yield [`${prefix}_SERVICE_PORT`, String(ports[0].port)]
  for (const { name, port } of ports) if (name) yield [`${prefix}_SERVICE_PORT_${upper(name)}`, String(port)]
  for (const [i, { port, protocol = 'TCP' }] of ports.entries()) {
    const url = `${protocol.toLowerCase()}://${clusterIP}:${port}`
    if (i === 0) yield [`${prefix}_PORT`, url]
    const link = `${prefix}_PORT_${port}_${protocol}`
    yield [link, url]
    yield [`${link}_PROTO`, protocol.toLowerCase()]
    yield [`${link}_PORT`, String(port)]
    yield [`${link}_ADDR`, clusterIP]
  }
}

/** `$(NAME)` where NAME is known, `$$(NAME)` for the text itself; anything else stays. */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (all, what: string, name: string) =>
    what === '$' ? '$' : (lookup(name) ?? all),
  )
}

/** The downward API's fields. */
export function fieldValue(pod: Pod, path: string, podAddress: string, node: NodeFacts): string {
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (subscript) return ownValue(pod.metadata[subscript[1] as 'labels'], subscript[2]!) ?? ''
  switch (path) {
    case 'metadata.name':
    case 'metadata.namespace':
    case 'metadata.uid':
      return pod.metadata[path.slice(9) as 'name'] ?? ''
    case 'metadata.labels':
    case 'metadata.annotations':
      return formatMap(pod.metadata[path.slice(9) as 'labels'] ?? {})
    case 'spec.nodeName':
      return pod.spec.nodeName ?? ''
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? ''
    case 'status.hostIP':
    case 'status.hostIPs':
      return node.address
    case 'status.podIP':
    case 'status.podIPs':
      return podAddress
  }
  return ''
}

/** fieldpath.FormatMap: one `key="value"` a line, sorted. */
function formatMap(map: Readonly<Record<string, string>>): string {
  return Object.keys(map)
    .sort()
    .map(key => `${key}=${JSON.stringify(map[key])}`)
    .join('\n')
}

/** limits.cpu and the like; what has no limit gets the node's. */
export function resourceValue(
  pod: Pod,
  container: ContainerSpec,
  reference: ResourceFieldSelector,
  node: NodeFacts,
): string {
  const of = pod.spec.containers.find(c => c.name === reference.containerName) ?? container
  const [side, ...rest] = String(reference.resource).split('.') as [string, ...string[]]
  const name = rest.join('.')
  const { limits, requests } = of.resources ?? {}
  const amount =
    (side === 'limits'
      ? (ownValue(limits, name) ?? ownValue(node.allocatable, name))
      : ownValue(requests, name)) ?? '0'
  const divisor = quantityValue(reference.divisor ?? '0') || 1
  return String(Math.ceil(Number((quantityValue(amount) / divisor).toFixed(6))))
}

/** Base64 to text; see bytes.ts for bytes that are no text. */
export const decodeBase64 = (text: string): string =>
  fromBytes(fromBase64(text.replace(/[^A-Za-z0-9+/]/g, ''))!)
