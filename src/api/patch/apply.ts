// Server-side apply: the configuration is merged into the object, fields that its manager applied before and left out
// now are removed (unless somebody else owns them), and what others own and it would change is a conflict.
// sigs.k8s.io/structured-merge-diff/merge/update.go; k8s.io/apimachinery/pkg/util/managedfields/internal.

import { validateAnnotations } from '../../kinds/machinery/meta-validation.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { KubeObject, ObjectMeta } from '../../kinds/object.ts'
import { structType } from '../../kinds/schema.ts'
import type { Call } from '../call.ts'
import { badRequest, failure, plainError } from '../errors.ts'
import { equalJson, isObject, sortedKeys } from '../json.ts'
import {
  type ManagedFields,
  type Manager,
  sameManager,
  stripFields,
  takeFromOthers,
} from '../managed-fields.ts'
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  leaf,
  type MutableFieldSet,
  pathsOf,
  union,
} from './field-set.ts'
import { compare, mergeTyped, removeFields, toFieldSet } from './typed.ts'
import { typedErrors } from './validate-typed.ts'

export interface Applied {
  /** The merged object, not yet decoded; undefined where nothing changed. */
  readonly object: Record<string, unknown> | undefined
  readonly managed: ManagedFields
}

/** `live` is the object in the version of the request (an empty one where it is to be made). */
export function apply(
  call: Call,
  live: object,
  managed: ManagedFields,
  config: KubeObject,
  force: boolean,
): Applied {
  const { resource, server, manager } = call
  const type = structType(resource.schema)
  if (config.apiVersion !== resource.apiVersion)
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${config.apiVersion}, expected: ${resource.apiVersion}`,
    )
  if (config.metadata?.managedFields) throw badRequest('metadata.managedFields must be nil')
  const fault = typedErrors(type, config)
  if (fault) throw plainError(`failed to create typed patch object (${objectName(config)}): ${fault}`)

  const merged = mergeTyped(type, live, config) as Record<string, unknown>
  const self = {
    manager,
    operation: 'Apply',
    apiVersion: resource.apiVersion,
    subresource: call.subresource ?? '',
  } as const
  const last = managed.find(owner => sameManager(owner, self))
  const applied = toFieldSet(type, config)
  const fields = stripFields(call, applied)
  const mine: Manager = { ...self, time: last?.time ?? server.engine.timestamp, fields }
  const others = managed.filter(owner => owner !== last)
  // Name and namespace, which nobody owns afterwards, are its fields here: metadata stays though nothing else in it does.
  const object = last ? prune(type, merged, last.fields, [...others, { ...mine, fields: applied }]) : merged

  const changes = compare(type, live, object)
  const conflicts = others
    .map(owner => ({ owner, fields: intersection(owner.fields, union(changes.added, changes.modified)) }))
    .filter(conflict => !isEmptySet(conflict.fields))
  if (conflicts.length && !force) {
    const allowed = manager === 'kubectl' ? clientSideApplied(type, live as KubeObject) : leaf
    const rest = conflicts
      .map(conflict => ({ ...conflict, fields: difference(conflict.fields, allowed) }))
      .filter(conflict => !isEmptySet(conflict.fields))
    if (rest.length) throw conflictError(rest)
  }
  if (manager === 'kubectl') keepLastApplied(object, config)

  const rest = takeFromOthers(others, changes)
  const kept = isEmptySet(fields) ? rest : [...rest, mine]
  if (equalJson(live, object)) {
    const same = last && equalJson(last.fields, fields)
    return { object: undefined, managed: same ? managed : kept }
  }
  const now = server.engine.timestamp
  return { object, managed: kept.map(owner => (owner === mine ? { ...mine, time: now } : owner)) }
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** What kubectl may take from its own client-side apply: fields that still are as it applied them. */
function clientSideApplied(type: ReturnType<typeof structType>, live: KubeObject): FieldSet {
  const text = live.metadata?.annotations?.[lastApplied]
  if (!text) return leaf
  try {
    const applied = JSON.parse(text) as KubeObject
    return difference(toFieldSet(type, applied), compare(type, applied, live).modified)
  } catch {
    return leaf
  }
}

/** An object that client-side apply knows is kept so: its annotation follows. */
function keepLastApplied(object: Record<string, unknown>, config: KubeObject): void {
  const metadata = object.metadata as Partial<ObjectMeta> | undefined
  const annotations = metadata?.annotations
  if (!annotations?.[lastApplied]) return
  const { [lastApplied]: _, ...others } = config.metadata?.annotations ?? {}
  const applied = {
    ...config,
    metadata: { ...config.metadata, ...(config.metadata?.annotations && { annotations: others }) },
  }
  const kept = { ...annotations, [lastApplied]: `${canonicalJson(applied)}\n` }
  // Where annotations would be too big with it, there is none from now on.
  if (validateAnnotations(kept, '').some(error => error.type === 'TooLong'))
    delete (kept as Record<string, string>)[lastApplied]
  object.metadata = { ...metadata, annotations: kept }
}

/** JSON with sorted keys, as Go writes maps. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, field) => (isObject(field) ? sortedKeys(field) : field))

/** `(default/web; apps/v1, Kind=Deployment)` without the brackets. */
export function objectName({ apiVersion, kind, metadata }: KubeObject): string {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`
  return `${text(metadata?.namespace)}/${text(metadata?.name)}; ${version}, Kind=${kind}`
}

function prune(
  type: ReturnType<typeof structType>,
  merged: Record<string, unknown>,
  last: FieldSet,
  owners: ManagedFields,
): Record<string, unknown> {
  let kept: FieldSet = leaf
  for (const owner of owners) kept = union(kept, owner.fields)
  const gone = difference(namedFields(last), kept)
  return removeFields(type, merged, gone, kept) as Record<string, unknown>
}

/** EnsureNamedFieldsAreMembers: a field that leads to members is one itself. */
function namedFields(set: FieldSet): FieldSet {
  const result: MutableFieldSet = {}
  for (const key in set) {
    if (key === '.') result[key] = leaf
    else {
      const below = namedFields(set[key]!)
      result[key] = key.startsWith('f:') && !isEmptySet(below) ? { '.': leaf, ...below } : below
    }
  }
  return result
}

/** merge.Conflicts.Error and internal.NewConflictError. */
function conflictError(conflicts: readonly { owner: Manager; fields: FieldSet }[]) {
  const groups = new Map<string, string[]>()
  const causes: { reason: string; message: string; field: string }[] = []
  for (const { owner, fields } of conflicts) {
    const name = managerText(owner)
    for (const path of pathsOf(fields)) {
      groups.set(name, [...(groups.get(name) ?? []), path])
      causes.push({ reason: 'FieldManagerConflict', message: `conflict with ${name}`, field: path })
    }
  }
  const messages = [...groups.keys()].sort().map(name => {
    const paths = groups.get(name)!
    return paths.length === 1
      ? `conflict with ${name}: ${paths[0]}`
      : `conflicts with ${name}:\n${paths.map(path => `- ${path}`).join('\n')}`
  })
  const count = causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`
  return failure(409, 'Conflict', `Apply failed with ${count}: ${messages.join('\n')}`, { causes })
}

/** `"unknown" using v1`, `"kubelet" with subresource "status" using v1`, an applier by its name alone. */
function managerText({ manager, operation, apiVersion, subresource }: Manager): string {
  let text = JSON.stringify(manager)
  if (subresource) text += ` with subresource ${goQuote(subresource)}`
  if (operation === 'Update') text += ` using ${apiVersion}`
  return text
}
