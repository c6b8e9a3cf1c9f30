// A kind before its file is loaded: the names, from discovery. Whatever else is asked of it comes from its part, which
// throws MissingPart where it is not there.
import type { Kind, VersionConversion } from './kind.ts'
import { kindParts } from './loaders.ts'
import type { ResourceInfo } from './resources.ts'

type Behaviour = Exclude<keyof Kind, keyof ResourceInfo | 'ttlSeconds'>

/** All that a kind may have beside its names. */
const behaviours: Record<Behaviour, true> = {
  nameRule: true,
  defaults: true,
  prepareForCreate: true,
  prepareForUpdate: true,
  validate: true,
  validateUpdate: true,
  warnings: true,
  deprecation: true,
  status: true,
  scale: true,
  selectableFields: true,
  row: true,
  gracefulDeletion: true,
  ending: true,
  defaultPropagation: true,
  createOnUpdate: true,
  unconditionalUpdate: true,
  presume: true,
  versions: true,
}

/** Seconds after which objects of a kind go by themselves: the server must know from the start. */
const ttlSeconds: Readonly<Record<string, number>> = { Event: 3600 }

/** Further served versions, and the version that is stored; how one becomes the other is the part's matter. */
export const convertedTo: Readonly<Record<string, string>> = {
  'events.events.k8s.io/v1': 'events.v1',
  'horizontalpodautoscalers.autoscaling/v1': 'horizontalpodautoscalers.autoscaling/v2',
}

const partOf = (kind: Kind): Kind => kindParts.get(kind.kind)

const prototype = Object.defineProperties(
  {},
  Object.fromEntries(
    [...Object.keys(behaviours), 'subresources'].map(name => [
      name,
      {
        get(this: Kind) {
          return partOf(this)[name as Behaviour]
        },
      },
    ]),
  ),
)

/** The kind of a resource that has a part. */
export function kindEntry({ subresources: _, ...names }: ResourceInfo): Kind {
  const seconds = ttlSeconds[names.kind]
  return Object.setPrototypeOf({ ...names, ...(seconds && { ttlSeconds: seconds }) }, prototype)
}

/** A kind with its part, where it has one: for who asks much of it. Throws MissingPart. */
export const loadedKind = (kind: Kind): Kind =>
  Object.getPrototypeOf(kind) === prototype ? partOf(kind) : kind

export function conversionOf(kind: Kind, { group, version, schema }: ResourceInfo): VersionConversion {
  const part = () => partOf(kind).versions!.find(each => each.group === group && each.version === version)!
  return {
    group,
    version,
    schema,
    toStored: object => part().toStored(object),
    fromStored: object => part().fromStored(object),
  }
}
