// Server-side apply.
import type { KubeObject } from '../../kinds/object.ts'
import { structType } from '../../kinds/schema.ts'
import { warningsOf } from '../body.ts'
import type { Call } from '../call.ts'
import { decodePatched } from '../decode.ts'
import { badRequest, plainError } from '../errors.ts'
import { isObject } from '../json.ts'
import { emptyObject, Ownership } from '../managed-fields.ts'
import { apply, objectName } from '../patch/apply.ts'
import { conversionError } from '../patch/from-unstructured.ts'
import { viewObject } from '../view.ts'
import { createObject } from './create.ts'
import type { PatchForm } from './patch.ts'
import { checkName, updateObject } from './update.ts'

export const applyForm: PatchForm = (call, old, body) => {
  if (!isObject(body)) throw badRequest('error decoding YAML: json: cannot unmarshal into map')
  const config = { apiVersion: '', kind: '', ...body } as KubeObject
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
  checkTwice(call)
  const object = decodePatched({ ...call, duplicates: [] }, merged, failed)
  if (!old && !object.metadata.name) object.metadata.name = call.name!
  checkName(call, object)
  if (!old) return { stored: createObject(call, object, managed), created: true }
  return { stored: updateObject(call, old, object, managed), created: false }
}

/** Of a configuration's keys that stand there again, which is looked at once it could be applied. */
function checkTwice({ duplicates, fieldValidation, warnings }: Call): void {
  for (const each of duplicates)
    if (fieldValidation === 'Strict')
      throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${each}`)
    else if (fieldValidation === 'Warn') warnings.push(...warningsOf(each))
}
