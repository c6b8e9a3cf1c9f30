// Patches that change the object as it is: strategic merge, JSON merge and JSON patch.
import type { KubeObject } from '../../kinds/object.ts'
import { structType } from '../../kinds/schema.ts'
import { jsonType } from '../body.ts'
import type { Call } from '../call.ts'
import { decodePatched } from '../decode.ts'
import { type ApiError, badRequest, invalid } from '../errors.ts'
import { copyJson, isObject } from '../json.ts'
import { conversionError } from '../patch/from-unstructured.ts'
import { goValue } from '../patch/go-format.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { mergePatch } from '../patch/merge.ts'
import { strategicMergePatch } from '../patch/strategic.ts'
import { viewObject } from '../view.ts'
import type { PatchForm } from './patch.ts'
import { checkName, updateObject } from './update.ts'

/** `old` is there: the verb has seen to it. */
const changing =
  (change: (call: Call, current: KubeObject, body: unknown) => KubeObject): PatchForm =>
  (call, old, body) => {
    const object = change(call, viewObject(call, old!), body)
    checkName(call, object)
    return { stored: updateObject(call, old!, object), created: false }
  }

const invalidPatch =
  (value: unknown) =>
  (why: string): ApiError =>
    invalid({ group: '', kind: '' }, '', [{ type: 'Invalid', field: 'patch', value, detail: why }])

const noMap = (body: unknown): string =>
  `json: cannot unmarshal ${jsonType(body)} into Go value of type map[string]interface {}`

export const strategicForm = changing((call, current, body) => {
  if (!isObject(body)) throw badRequest(noMap(body))
  const type = structType(call.resource.schema)!
  const patch = copyJson(body)
  const result = strategicMergePatch(current, patch, type)
  const failed = invalidPatch(goValue(patch))
  const error = conversionError(type, result)
  if (error) throw failed(error)
  return decodePatched(call, result, failed)
})

const decoded = (call: Call, result: unknown): KubeObject =>
  decodePatched(call, result, why => invalidPatch(JSON.stringify(result))(why))

export const mergeForm = changing((call, current, body) => {
  if (!isObject(body))
    throw badRequest(
      call.fieldValidation === 'Ignore' ? 'Invalid JSON Patch' : `error decoding patch: ${noMap(body)}`,
    )
  return decoded(call, mergePatch(current, body))
})

export const jsonForm = changing((call, current, body) => decoded(call, jsonPatch(current, body)))
