// GET of one object and of lists, with selectors, limit and continue.
import { errorText } from '../../kinds/machinery/field-error.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { base64Url, fromBase64Url } from '../base64.ts'
import type { Call } from '../call.ts'
import { badRequest, gone, notFound, plainError } from '../errors.ts'
import { filterOf } from '../selectors.ts'
import { type Stored, storeKey } from '../store.ts'
import type { WatchFilter } from '../watchers.ts'
import { versionFault } from './versions.ts'

export function get(call: Call): Stored {
  const stored = call.table.get(storeKey(call.namespace, call.name!))
  if (!stored) throw missing(call)
  return stored
}

/** Where the namespace itself is missing, that is what is said. */
function missing({ server, resource, namespace, name }: Call): Error {
  return namespace !== undefined && !server.lookup('namespaces', undefined, namespace)
    ? notFound({ group: '', plural: 'namespaces' }, namespace)
    : notFound(resource, name!)
}

export interface Listed {
  readonly items: Stored[]
  readonly revision: number
  readonly continue?: string
  readonly remaining?: number
}

export function list(call: Call): Listed {
  const filter = filterOf(call.resource, call.namespace, undefined, call.query)
  const { revision } = call.server.store
  if (call.request.follows && call.table.isDeferred) return { items: [], revision }
  const fault = versionFault(call.query.resourceVersion ?? '')
  if (fault) throw plainError(errorText(fault))
  const limit = Number(call.query.limit ?? 0)
  const from = call.query.continue ? parseContinue(call.query.continue) : undefined
  const keys = call.table.keys(filter.namespace)
  const items: Stored[] = []
  let index = from ? firstAfter(keys, from.key) : 0
  for (; index < keys.length && !(limit > 0 && items.length === limit); index++) {
    const stored = call.table.get(keys[index]!)
    if (stored && sees(filter, stored.object)) items.push(stored)
  }
  if (index >= keys.length) return { items, revision: from?.revision ?? revision }
  const at = from?.revision ?? revision
  return {
    items,
    revision: at,
    continue: continueToken(at, keys[index - 1]!),
    ...(!filter.matches && !filter.field && { remaining: keys.length - index }),
  }
}

export function sees({ name, field, matches }: WatchFilter, object: KubeObject): boolean {
  return (
    (name === undefined || object.metadata.name === name) &&
    (field === undefined || field.of(object) === field.value) &&
    (matches === undefined || matches(object))
  )
}

function firstAfter(keys: readonly string[], key: string): number {
  let low = 0
  for (let high = keys.length; low < high; ) {
    const middle = (low + high) >> 1
    if (keys[middle]! <= key) low = middle + 1
    else high = middle
  }
  return low
}

/** storage.EncodeContinue: `{"v":"meta.k8s.io/v1","rv":…,"start":"…\u0000"}` in unpadded URL base64. */
const continueToken = (revision: number, lastKey: string): string =>
  base64Url(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${lastKey}\0` }))

function parseContinue(token: string): { revision: number; key: string } {
  let parsed: { rv?: number; start?: string } | undefined
  try {
    parsed = JSON.parse(fromBase64Url(token) ?? '')
  } catch {
    throw badRequest(`continue key is not valid: illegal base64 data at input byte 0`)
  }
  if (typeof parsed?.rv !== 'number' || typeof parsed.start !== 'string')
    throw gone(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
    )
  return { revision: parsed.rv, key: parsed.start.replace(/\0$/, '') }
}
