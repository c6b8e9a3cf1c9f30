// Fields that name something: an object, a key in one, a port, a volume. Which field names what is a table, by the Go
// struct that has it.
import { labelsFor, selectable } from './labels.ts'
import { at, list, type Path, record } from './node.ts'
import { chosenBy, type Found, kindOf, nameOf, objectsOf, type Surroundings, templatesOf } from './objects.ts'

export interface Reference {
  readonly value: string | number
  readonly origin?: string | undefined
}

/** More than a reader will look through. */
const most = 1000

/** Of what kind the object is that a field names. */
const kinds: Readonly<Record<string, string>> = {
  'ConfigMapEnvSource.name': 'ConfigMap',
  'ConfigMapKeySelector.name': 'ConfigMap',
  'ConfigMapProjection.name': 'ConfigMap',
  'ConfigMapVolumeSource.name': 'ConfigMap',
  'IngressServiceBackend.name': 'Service',
  'IngressSpec.ingressClassName': 'IngressClass',
  'IngressTLS.secretName': 'Secret',
  'ObjectMeta.namespace': 'Namespace',
  'PersistentVolumeClaimSpec.storageClassName': 'StorageClass',
  'PersistentVolumeClaimSpec.volumeName': 'PersistentVolume',
  'PersistentVolumeClaimVolumeSource.claimName': 'PersistentVolumeClaim',
  'PersistentVolumeSpec.storageClassName': 'StorageClass',
  'PodSpec.nodeName': 'Node',
  'PodSpec.priorityClassName': 'PriorityClass',
  'PodSpec.runtimeClassName': 'RuntimeClass',
  'PodSpec.serviceAccountName': 'ServiceAccount',
  'SecretEnvSource.name': 'Secret',
  'SecretKeySelector.name': 'Secret',
  'SecretProjection.name': 'Secret',
  'SecretVolumeSource.secretName': 'Secret',
  'StatefulSetSpec.serviceName': 'Service',
  'Subject.namespace': 'Namespace',
}

/** Fields beside a name that say of what kind it is. */
const besideKind = new Set([
  'CrossVersionObjectReference.name',
  'RoleRef.name',
  'Subject.name',
  'TypedLocalObjectReference.name',
  'TypedObjectReference.name',
])

type Lookup = (around: Surroundings) => Reference[]

const names = (found: readonly Found[]): Reference[] =>
  found.map(({ object, origin }) => ({ value: nameOf(object), origin })).filter(({ value }) => value)

/** What stands in the object, `up` steps above the place. */
const above = ({ subject }: Surroundings, up: number, ...path: Path): unknown =>
  at(subject.object, ...subject.path.slice(0, -up), ...path)

const containers = ['containers', 'initContainers', 'ephemeralContainers']

/** The path of the pod's spec around the place, and of the container in it. */
function containerPath({ subject: { path } }: Surroundings): { pod: Path; container: Path } | undefined {
  const index = path.findLastIndex(each => containers.includes(String(each)))
  return index < 0 ? undefined : { pod: path.slice(0, index), container: path.slice(0, index + 2) }
}

const isValue = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value !== '')

/** Names and numbers of containers' ports. */
const portsOf = (these: readonly unknown[], origin?: string): Reference[] =>
  these
    .flatMap(each => list(at(each, 'ports')))
    .flatMap(port => [at(port, 'name'), at(port, 'containerPort')])
    .filter(isValue)
    .map(value => ({ value, origin }))

const portsOfPods = (around: Surroundings, selector: unknown): Reference[] =>
  chosenBy(selector, templatesOf(around)).flatMap(({ spec, origin }) =>
    portsOf(list(at(spec, 'containers')), origin),
  )

/** Keys of the ConfigMap or Secret of a name. */
const keysOf = (around: Surroundings, kind: string, name: unknown): Reference[] =>
  objectsOf(around, kind)
    .filter(({ object }) => nameOf(object) === name)
    .flatMap(({ object, origin }) =>
      ['data', 'binaryData', 'stringData']
        .flatMap(field => Object.keys(record(at(object, field))))
        .map(value => ({ value, origin })),
    )

const ownPorts: Lookup = around => {
  const found = containerPath(around)
  return found ? portsOf([at(around.subject.object, ...found.container)]) : []
}

const volumes: Lookup = around => {
  const { object } = around.subject
  const found = containerPath(around)
  const own = found ? list(at(object, ...found.pod, 'volumes')).map(each => at(each, 'name')) : []
  return [...own, ...list(at(object, 'spec', 'volumeClaimTemplates')).map(nameOf)]
    .filter(isValue)
    .map(value => ({ value }))
}

const backendPorts =
  (field: 'name' | 'port'): Lookup =>
  around =>
    objectsOf(around, 'Service')
      .filter(({ object }) => nameOf(object) === above(around, 2, 'name'))
      .flatMap(({ object, origin }) =>
        list(at(object, 'spec', 'ports'))
          .map(each => at(each, field))
          .filter(isValue)
          .map(value => ({ value, origin })),
      )

const nodeLabels: Lookup = around =>
  objectsOf(around, 'Node').flatMap(({ object, origin }) =>
    Object.keys(record(at(object, 'metadata', 'labels'))).map(value => ({ value, origin })),
  )

const lookups: Readonly<Record<string, Lookup>> = {
  'ConfigMapKeySelector.key': around => keysOf(around, 'ConfigMap', above(around, 1, 'name')),
  'Container.image': ({ known }) => known.images().map(value => ({ value, origin: '' })),
  'GRPCAction.port': ownPorts,
  'HTTPGetAction.port': ownPorts,
  'KeyToPath.key': around => {
    const secret = around.subject.path.at(-4) === 'secret'
    const name = above(around, 3, 'secretName') ?? above(around, 3, 'name')
    return keysOf(around, secret ? 'Secret' : 'ConfigMap', name)
  },
  'LabelSelectorRequirement.key': around =>
    selectable(around).map(({ key, origin }) => ({ value: key, origin })),
  'LabelSelectorRequirement.values': around =>
    selectable(around).flatMap(({ key, value, origin }) =>
      value !== undefined && key === above(around, 2, 'key') ? [{ value, origin }] : [],
    ),
  'LocalObjectReference.name': around =>
    around.subject.path.includes('imagePullSecrets') ? names(objectsOf(around, 'Secret')) : [],
  'NetworkPolicyPort.port': around =>
    portsOfPods(around, at(around.subject.object, 'spec', 'podSelector', 'matchLabels')),
  'NodeSelectorRequirement.key': nodeLabels,
  'PodAffinityTerm.topologyKey': nodeLabels,
  'SecretKeySelector.key': around => keysOf(around, 'Secret', above(around, 1, 'name')),
  'ServiceBackendPort.name': backendPorts('name'),
  'ServiceBackendPort.number': backendPorts('port'),
  'ServicePort.targetPort': around => portsOfPods(around, at(around.subject.object, 'spec', 'selector')),
  'TCPSocketAction.port': ownPorts,
  'TopologySpreadConstraint.topologyKey': nodeLabels,
  'VolumeDevice.name': volumes,
  'VolumeMount.name': volumes,
}

/** What the value at the place may name; each once, at most `most`. */
export function referencedValues(around: Surroundings): Reference[] {
  const seen = new Set<string | number>()
  return lookUp(around)
    .filter(({ value }) => !seen.has(value) && seen.add(value))
    .slice(0, most)
}

function lookUp(around: Surroundings): Reference[] {
  const { subject } = around
  const step = subject.steps.at(-1)
  if (!step) return []
  if (step.field.type.form === 'map')
    return labelsFor(around).flatMap(({ key, value, origin }) =>
      key === subject.path.at(-1) && value !== undefined ? [{ value, origin }] : [],
    )
  const field = `${step.owner.name}.${step.field.name}`
  if (besideKind.has(field)) {
    const kind = kindOf(above(around, 1))
    return kind ? names(objectsOf(around, kind, above(around, 1, 'namespace'))) : []
  }
  const kind = kinds[field]
  return kind ? names(objectsOf(around, kind)) : (lookups[field]?.(around) ?? [])
}
