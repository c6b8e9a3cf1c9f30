// What `kubectl apply --server-side` does to an object that was applied from the client's side before: the annotation
// gets a manager of its own, and the fields of the old manager go over to the new one (client-go util/csaupgrade).
import type { KubeObject, ManagedFieldsEntry } from '../../kinds/object.ts'
import type { Info } from '../builder.ts'
import type { Context } from '../context.ts'
import { lastAppliedAnnotation } from '../last-applied.ts'
import { type Dict, dictOf, isObject } from '../print/values.ts'

const ownsAnnotation = (entry: ManagedFieldsEntry): boolean =>
  annotationsOf(entry.fieldsV1)[`f:${lastAppliedAnnotation}`] !== undefined

const annotationsOf = (fields: Dict): Dict => dictOf(dictOf(fields, 'f:metadata'), 'f:annotations')

const entriesOf = (object: KubeObject): ManagedFieldsEntry[] => object.metadata.managedFields ?? []

/** True where the object was migrated and must be applied once more. */
export function migrateManagedFields(ctx: Context, info: Info, manager: string): boolean {
  const { resource, namespace, name } = info
  keepAnnotation(ctx, info, manager)
  const old = entriesOf(info.object).filter(
    e => e.operation === 'Update' && !e.subresource && ownsAnnotation(e),
  )
  if (old.length === 0) return false
  const names = new Set(old.map(e => e.manager))
  const value = upgraded(entriesOf(info.object), names, manager)
  const patch = [
    { op: 'replace', path: '/metadata/managedFields', value },
    { op: 'replace', path: '/metadata/resourceVersion', value: info.object.metadata.resourceVersion },
  ]
  info.object = ctx.client.patch(resource, namespace, name, 'json', patch, { fieldManager: manager })
  return true
}

function keepAnnotation(ctx: Context, info: Info, manager: string): void {
  const { resource, namespace, name, object } = info
  const annotation = object.metadata.annotations?.[lastAppliedAnnotation]
  if (manager !== 'kubectl' || annotation === undefined) return
  if (entriesOf(object).some(e => e.operation === 'Apply' && ownsAnnotation(e))) return
  const { apiVersion, kind } = object
  const body = {
    apiVersion,
    kind,
    metadata: { annotations: { [lastAppliedAnnotation]: annotation }, name, ...(namespace && { namespace }) },
  }
  info.object = ctx.client.patch(resource, namespace, name, 'apply', body, {
    fieldManager: 'kubectl-last-applied',
    force: 'false',
  })
}

/** The old managers' fields, given to the Apply entry of `manager`. */
function upgraded(
  entries: readonly ManagedFieldsEntry[],
  old: ReadonlySet<string>,
  manager: string,
): ManagedFieldsEntry[] {
  const isOld = (e: ManagedFieldsEntry) => e.operation === 'Update' && !e.subresource && old.has(e.manager)
  const target = entries.find(e => e.operation === 'Apply' && !e.subresource && e.manager === manager)
  const fields = entries.filter(isOld).map(e => e.fieldsV1)
  const withoutAnnotation = fields.map(dropAnnotation)
  const merged = [...(target ? [target.fieldsV1] : []), ...withoutAnnotation].reduce(union, {})
  const first = entries.find(isOld)!
  const { time: _, ...rest } = target ?? { ...first, manager, operation: 'Apply' as const }
  const entry = { ...rest, fieldsV1: merged, ...(first.time && { time: first.time }) } as ManagedFieldsEntry
  const result: ManagedFieldsEntry[] = []
  for (const e of entries) {
    if (e === target || (!target && e === first)) result.push(entry)
    else if (!isOld(e)) result.push(e)
  }
  return result
}

function dropAnnotation(fields: Dict): Dict {
  const { 'f:annotations': annotations, ...meta } = dictOf(fields, 'f:metadata')
  if (!isObject(annotations)) return fields
  const { [`f:${lastAppliedAnnotation}`]: _, ...kept } = annotations
  const left = Object.keys(kept).some(key => key !== '.') ? { ...meta, 'f:annotations': kept } : meta
  const { 'f:metadata': ___, ...others } = fields
  return Object.keys(left).length ? { ...others, 'f:metadata': left } : others
}

function union(a: Dict, b: Dict): Dict {
  const merged: Dict = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key]
    merged[key] = isObject(before) && isObject(value) ? union(before, value) : value
  }
  return merged
}
