// The body of a request as an object of the resource.
import type { AnyObject } from '../kinds/object.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { copyJson, isObject } from './json.ts'

export function decodeObject(call: Call, body: unknown): AnyObject {
  if (!isObject(body)) throw badRequest('the object provided is unrecognized')
  const object = copyJson(body) as AnyObject
  object.apiVersion ??= call.resource.apiVersion
  object.kind ??= call.resource.kind
  object.metadata ??= { name: '' }
  return object
}
