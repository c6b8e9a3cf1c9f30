// Makes a Kind from what discovery says of it, with the behaviour that most kinds share: a name that is a DNS
// subdomain, checks of the metadata, a status that only /status writes, a generation that counts changes of the spec.
// A kind's own file adds what differs; its functions run after the shared ones.
import type { CreateContext, Kind } from '../kind.ts'
import type { KubeObject, ObjectMeta, ObjectOf } from '../object.ts'
import { resources } from '../resources.ts'
import { structType } from '../schema.ts'
import { zeroValue } from './decode.ts'
import { equal } from './equality.ts'
import type { FieldError } from './field-error.ts'
import { validateFinalizerName, validateObjectMeta, validateObjectMetaUpdate } from './meta-validation.ts'
import { isPathSegmentName, nameIsDNSSubdomain } from './names.ts'

export interface KindBehaviour<T extends KubeObject>
  extends Partial<Omit<Kind<T>, 'group' | 'version' | 'kind' | 'plural'>> {
  /** metadata.generation starts at 1 and counts changes of everything but metadata and status. */
  readonly counted?: boolean
  /** The kind's own rules come first in a create, and names are looked at as parts of a path alone (rest.BeforeCreate). */
  readonly plainMeta?: boolean
  /** A create may bring a status. */
  readonly statusOnCreate?: boolean
}

/** What several kinds add, by their resources: `csidrivers.storage.k8s.io/v1`. */
export type BehaviourOf<Name extends string> = {
  readonly [Resource in Name]: KindBehaviour<ObjectOf<Resource>>
}

/** `resource` as in `pods.v1` or `deployments.apps/v1`. */
export function defineKind<T extends KubeObject = KubeObject>(
  resource: string,
  behaviour: KindBehaviour<T> = {},
): Kind<T> {
  const dot = resource.indexOf('.')
  const plural = resource.slice(0, dot)
  const [group, version] = resource.includes('/')
    ? resource.slice(dot + 1).split('/')
    : ['', resource.slice(dot + 1)]
  const info = resources.find(r => r.plural === plural && r.group === group && r.version === version)
  if (!info) throw new Error(`the cluster serves no ${resource}`)
  const { subresources, ...names } = info
  const { counted, plainMeta, statusOnCreate, ...own } = behaviour
  const nameRule = own.nameRule ?? (plainMeta ? isPathSegmentName : nameIsDNSSubdomain)
  const strictFinalizers = !plainMeta && !extensions.includes(info.group)
  const validateMeta = (object: T): FieldError[] =>
    strictFinalizers ? finalizerFaults(object.metadata) : none
  const hasStatus = subresources.some(subresource => subresource.name === 'status')
  return {
    ...names,
    ...own,
    nameRule,
    prepareForCreate(object: T, context: CreateContext): void {
      if (hasStatus && !statusOnCreate) resetStatus(object, info.schema)
      if (counted) object.metadata.generation = 1
      own.prepareForCreate?.(object, context)
    },
    prepareForUpdate(object: T, old: T, context: CreateContext): void {
      if (hasStatus) keepStatus(object, old)
      own.prepareForUpdate?.(object, old, context)
      if (counted && contentDiffers(object, old))
        object.metadata.generation = (old.metadata.generation ?? 0) + 1
    },
    validate(object: T): FieldError[] {
      const faults = own.validate?.(object)
      if (plainMeta && faults?.length) return faults
      const meta = validateObjectMeta(object.metadata, info.namespaced, nameRule)
      return both(both(meta, validateMeta(object)), faults)
    },
    validateUpdate: (object: T, old: T) =>
      both(
        both(validateObjectMetaUpdate(object.metadata, old.metadata), validateMeta(object)),
        own.validateUpdate?.(object, old),
      ),
    ...(hasStatus && {
      status: {
        prepareForUpdate(object: T, old: T): void {
          keepAllButStatus(object, old)
          own.status?.prepareForUpdate?.(object, old)
        },
        validateUpdate: (object: T, old: T) =>
          both(
            validateObjectMetaUpdate(object.metadata, old.metadata),
            own.status?.validateUpdate?.(object, old),
          ),
      },
    }),
  }
}

/** Groups whose kinds have the general rules of metadata and no more. */
const extensions = ['admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io']
const none: FieldError[] = []

function finalizerFaults({ finalizers }: ObjectMeta): FieldError[] {
  return finalizers
    ? finalizers.flatMap((name, i) => validateFinalizerName(name, `metadata.finalizers[${i}]`))
    : none
}

type WithStatus = KubeObject & { status?: unknown }
/** An object by the names of its fields. */
type Fields = KubeObject & Record<string, unknown>

const both = (a: FieldError[], b: readonly FieldError[] = []): FieldError[] => (b.length ? [...a, ...b] : a)

/** A client's create does not set the status: it begins with zero values. */
function resetStatus(object: KubeObject, schema: string): void {
  const type = structType(schema)?.field('status')?.type
  ;(object as WithStatus).status = type ? zeroValue(type) : {}
}

/** A client's update leaves the status as it is. */
export function keepStatus(object: KubeObject, old: KubeObject): void {
  const { status } = old as WithStatus
  if (status === undefined) delete (object as WithStatus).status
  else (object as WithStatus).status = status
}

/** A write to /status changes nothing but the status (and metadata). */
function keepAllButStatus(object: KubeObject, old: KubeObject): void {
  const target = object as Fields
  const source = old as Fields
  for (const name in target)
    if (name !== 'status' && name !== 'metadata' && !(name in source)) delete target[name]
  for (const name in source) if (name !== 'status' && name !== 'metadata') target[name] = source[name]
}

/** Whether anything but metadata and status differs. */
function contentDiffers(object: KubeObject, old: KubeObject): boolean {
  const a = object as Fields
  const b = old as Fields
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (name !== 'metadata' && name !== 'status' && !equal(a[name], b[name])) return true
  return false
}
