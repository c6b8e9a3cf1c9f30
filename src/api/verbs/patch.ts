// PATCH in its four forms: k8s.io/apiserver/pkg/endpoints/handlers/patch.go.

import type { AnyObject } from '../../kinds/object.ts'
import { structType } from '../../kinds/schema.ts'
import type { Call } from '../call.ts'
import { decodePatched } from '../decode.ts'
import { type ApiError, badRequest, invalid, notFound, plainError, unsupportedMediaType } from '../errors.ts'
import { copyJson, isObject } from '../json.ts'
import { emptyObject, Ownership } from '../managed-fields.ts'
import { apply, objectName } from '../patch/apply.ts'
import { conversionError } from '../patch/from-unstructured.ts'
import { goValue } from '../patch/go-format.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { mergePatch } from '../patch/merge.ts'
import { strategicMergePatch } from '../patch/strategic.ts'
import { type Stored, storeKey } from '../store.ts'
import { viewObject } from '../view.ts'
import { createObject } from './create.ts'
import { checkName, type Updated, updateObject } from './update.ts'

type Form = 'json' | 'merge' | 'strategic' | 'apply'
const forms: Readonly<Record<string, Form>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
}

export function patch(call: Call): Updated {
  const form = forms[(call.request.contentType ?? '').split(';')[0]!.trim()]
  if (!form || (form === 'strategic' && call.resource.custom)) throw unsupportedMediaType(acceptedTypes(call))
  checkOptions(call, form)
  const { body } = call
  const old = call.table.get(storeKey(call.namespace, call.name!))
  if (form === 'apply') return applyPatch(call, old, body)
  if (!old) throw notFound(call.resource, call.name!)
  const object = patched(call, form, viewObject(call, old), body)
  checkName(call, object)
  return { stored: updateObject(call, old, object), created: false }
}

const acceptedTypes = (call: Call): string[] =>
  [...Object.keys(forms), 'application/apply-patch+cbor'].filter(
    t => !(call.resource.custom && t.includes('strategic')),
  )

function checkOptions({ query }: Call, form: Form): void {
  const options = { group: 'meta.k8s.io', kind: 'PatchOptions' }
  if (form === 'apply' && !query.fieldManager)
    throw invalid(options, '', [
      { type: 'Required', field: 'fieldManager', detail: 'is required for apply patch' },
    ])
  if (form !== 'apply' && query.force !== undefined)
    throw invalid(options, '', [
      { type: 'Forbidden', field: 'force', detail: 'may not be specified for non-apply patch' },
    ])
}

const invalidPatch =
  (value: unknown) =>
  (why: string): ApiError =>
    invalid({ group: '', kind: '' }, '', [{ type: 'Invalid', field: 'patch', value, detail: why }])

function patched(call: Call, form: Exclude<Form, 'apply'>, current: AnyObject, body: unknown): AnyObject {
  if (form === 'strategic') {
    if (!isObject(body)) throw badRequest('error decoding patch: json: cannot unmarshal into map')
    const type = structType(call.resource.schema)!
    const rest = copyJson(body)
    const result = strategicMergePatch(current, rest, type)
    const failed = invalidPatch(goValue(rest))
    const error = conversionError(type, result)
    if (error) throw failed(error)
    return decodePatched(call, result, failed)
  }
  if (form === 'merge' && !isObject(body)) throw badRequest('Invalid JSON Patch')
  const result = form === 'merge' ? mergePatch(current, body) : jsonPatch(current, body)
  return decodePatched(call, result, why => invalidPatch(JSON.stringify(result))(why))
}

function applyPatch(call: Call, old: Stored | undefined, body: unknown): Updated {
  if (!isObject(body)) throw badRequest('error decoding YAML: json: cannot unmarshal into map')
  const config = { apiVersion: '', kind: '', ...body } as AnyObject
  const force = call.query.force === 'true'
  const live = old
    ? viewObject({ ...call, request: { ...call.request, managedFields: false } }, old)
    : { ...emptyObject(call.resource), apiVersion: config.apiVersion, kind: config.kind }
  const owners =
    old && (old.managed ?? Ownership.untracked({ ...call, manager: 'before-first-apply' }, old.object))
  const applied = apply(call, live, owners?.managers ?? [], config, force)
  const managed = applied.managed === owners?.managers ? owners : Ownership.of(applied.managed)
  const failed = (why: string) =>
    plainError(
      `failed to convert new object (${objectName(config)}) to proper version: unable to convert unstructured object to ${objectName(config).split('; ')[1]}: ${why}`,
    )
  const merged = applied.object ?? live
  const error = conversionError(structType(call.resource.schema), merged)
  if (error) throw failed(error)
  const object = decodePatched(call, merged, failed)
  if (!old && !object.metadata.name) object.metadata.name = call.name!
  checkName(call, object)
  if (!old) return { stored: createObject(call, object, managed), created: true }
  return { stored: updateObject(call, old, object, managed), created: false }
}
