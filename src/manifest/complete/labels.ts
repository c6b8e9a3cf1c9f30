// Labels that a selector may ask for, and those that a template needs: pairs of a key and a value.
import { at, record } from './node.ts'
import { type Found, objectsOf, type Surroundings, templateOf, templatesOf } from './objects.ts'
import type { Step } from './subject.ts'

export interface Label {
  readonly key: string
  /** Undefined where only the key is meant. */
  readonly value?: string
  readonly origin?: string | undefined
}

const named = (step: Step | undefined): string => (step ? `${step.owner.name}.${step.field.name}` : '')

/** Names of resources, by the field that counts them. */
const resources: Readonly<Record<string, readonly string[]>> = {
  'ResourceRequirements.limits': ['cpu', 'memory', 'ephemeral-storage'],
  'ResourceRequirements.requests': ['cpu', 'memory', 'ephemeral-storage'],
  'VolumeResourceRequirements.requests': ['storage'],
  'PersistentVolumeSpec.capacity': ['storage'],
}

const pairs = ({ origin }: Pick<Found, 'origin'>, labels: unknown): Label[] =>
  Object.entries(record(labels)).map(([key, value]) => ({
    key,
    value: String(value),
    origin,
  }))

/** What may stand in the map at the place, each pair once. */
export function labelsFor(around: Surroundings): Label[] {
  const seen = new Set<string>()
  return labelsAt(around).filter(({ key, value }) => {
    const pair = `${key}=${value}`
    return !seen.has(pair) && seen.add(pair)
  })
}

function labelsAt(around: Surroundings): Label[] {
  const { subject } = around
  const { steps, path, object } = subject
  const field = named(steps.at(-1))
  if (Object.hasOwn(resources, field)) return resources[field]!.map(key => ({ key }))
  switch (field) {
    case 'LabelSelector.matchLabels':
      return selectable(around)
    case 'ServiceSpec.selector':
      return templatesOf(around).flatMap(each => pairs(each, each.labels))
    case 'ReplicationControllerSpec.selector':
      return pairs({ origin: undefined }, at(templateOf(object), 'metadata', 'labels'))
    case 'PodSpec.nodeSelector':
      return objectsOf(around, 'Node').flatMap(each => pairs(each, at(each.object, 'metadata', 'labels')))
    case 'ObjectMeta.labels': {
      // Of a template: what its own object selects.
      if (!path.includes('template')) return []
      const selector = at(object, 'spec', 'selector')
      return pairs(
        { origin: undefined },
        at(object, 'kind') === 'ReplicationController' ? selector : at(selector, 'matchLabels'),
      )
    }
    default:
      return []
  }
}

/** What a LabelSelector at the place may ask for. */
export function selectable(around: Surroundings): Label[] {
  const { steps, object } = around.subject
  // The selector's own field; around a requirement there is one step more.
  const holder = steps.findLast(
    each => each.field.type.form === 'struct' && each.field.type.name === 'LabelSelector',
  )
  const field = named(holder)
  if (/^(Deployment|ReplicaSet|StatefulSet|DaemonSet|Job)Spec\./.test(field))
    return pairs({ origin: undefined }, at(templateOf(object), 'metadata', 'labels'))
  const kind = /namespaceSelector$/i.test(field)
    ? 'Namespace'
    : field.startsWith('PersistentVolumeClaimSpec.')
      ? 'PersistentVolume'
      : undefined
  return kind
    ? objectsOf(around, kind).flatMap(each => pairs(each, at(each.object, 'metadata', 'labels')))
    : templatesOf(around).flatMap(each => pairs(each, each.labels))
}
