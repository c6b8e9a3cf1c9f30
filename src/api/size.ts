// How big a request may be, and what may be stored: k8s.io/apiserver/pkg/server/config.go (MaxRequestBodyBytes) and
// etcd's --max-request-bytes. Components' own requests are not measured: they are small.
import { byteLength } from '../kinds/machinery/names.ts'
import type { KubeObject } from '../kinds/object.ts'
import { failure, plainError } from './errors.ts'
import type { ApiRequest } from './types.ts'

const requestLimit = 3 * 1024 * 1024
const storageLimit = 1.5 * 1024 * 1024

/** No character has more than three bytes for one unit of a string. */
const isLonger = (text: string, limit: number): boolean =>
  text.length > limit || (text.length * 3 > limit && byteLength(text) > limit)

const isMeasured = ({ managedFields }: ApiRequest): boolean => managedFields !== false

/** Throws RequestEntityTooLarge. */
export function checkRequestSize(request: ApiRequest): void {
  const { body, method } = request
  if (body === undefined || typeof body === 'function' || method === 'GET' || !isMeasured(request)) return
  if (isLonger(typeof body === 'string' ? body : JSON.stringify(body), requestLimit))
    throw failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${requestLimit}`)
}

/** Throws what etcd says; `request` brought the object. */
export function checkStoredSize(request: ApiRequest, object: KubeObject): void {
  if (isMeasured(request) && isLonger(JSON.stringify(object), storageLimit))
    throw plainError('etcdserver: request is too large')
}
