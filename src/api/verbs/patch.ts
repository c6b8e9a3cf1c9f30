// PATCH: k8s.io/apiserver/pkg/endpoints/handlers/patch.go.
import type { Call } from '../call.ts'
import { decodeObject } from '../decode.ts'
import { notFound, unsupportedMediaType } from '../errors.ts'
import { mergePatch } from '../patch/merge.ts'
import { storeKey } from '../store.ts'
import { type Updated, updateObject } from './update.ts'

const accepted = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/apply-patch+cbor',
]

export function patch(call: Call): Updated {
  const type = (call.request.contentType ?? '').split(';')[0]!
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted)
  const old = call.table.get(storeKey(call.namespace, call.name!))
  if (!old) throw notFound(call.resource, call.name!)
  const object = decodeObject(call, mergePatch(old.object, call.request.body))
  return { stored: updateObject(call, old, object), created: false }
}
