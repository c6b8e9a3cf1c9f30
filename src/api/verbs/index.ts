// What carries a request out: the verb that it means, and the handler of the verb for its resource or subresource.
import type { SubresourceInfo } from '../../kinds/resources.ts'
import type { Call } from '../call.ts'
import { badRequest, methodNotAllowed, notFoundPath } from '../errors.ts'
import { subresourceOf } from '../subresources/index.ts'
import type { Handler } from '../subresources/subresource.ts'
import { renderList, renderObject } from '../view.ts'
import { virtual } from '../virtual/index.ts'
import { create } from './create.ts'
import { deleteCollection, deleteOne } from './delete.ts'
import { patch } from './patch.ts'
import { get, list } from './read.ts'
import { update } from './update.ts'

type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection'

/** Throws ApiError where the resource or subresource does not have the verb. */
export function handlerOf(call: Call): Handler {
  const verb = verbOf(call)
  const { resource, subresource } = call
  if (!subresource) {
    const own = virtual[resource.table]
    if (!resource.verbs.includes(verb)) throw methodNotAllowed()
    return (own ? own[verb] : undefined) ?? verbs[verb]
  }
  const info = subresourceInfo(resource.subresources, subresource)
  if (!info) throw notFoundPath()
  if (!info.verbs.includes(verb)) throw methodNotAllowed()
  const own = subresourceOf(resource.table, subresource)
  const handler =
    own?.[verb as 'get'] ?? (info.kind === resource.kind && verb !== 'create' ? verbs[verb] : undefined)
  if (!handler) throw badRequest('Upgrade request required')
  return handler
}

function subresourceInfo(all: readonly SubresourceInfo[], name: string): SubresourceInfo | undefined {
  for (let i = 0; i < all.length; i++) if (all[i]!.name === name) return all[i]
  return undefined
}

export function verbOf(call: Pick<Call, 'request' | 'name' | 'subresource'>): Verb {
  const { method } = call.request
  const one = call.name !== undefined
  switch (method) {
    case 'GET':
      return one ? 'get' : 'list'
    case 'DELETE':
      return one ? 'delete' : 'deletecollection'
    case 'POST':
      if (one && !call.subresource) throw methodNotAllowed()
      return 'create'
    case 'PUT':
    case 'PATCH':
      if (!one) throw methodNotAllowed()
      return method === 'PUT' ? 'update' : 'patch'
    default:
      throw methodNotAllowed()
  }
}

const verbs: Record<Verb, Handler> = {
  get: call => ({ code: 200, body: renderObject(call, get(call)) }),
  list: call => ({ code: 200, body: renderList(call, list(call)) }),
  create: call => ({ code: 201, body: renderObject(call, create(call)) }),
  update(call) {
    const { stored, created } = update(call)
    return { code: created ? 201 : 200, body: renderObject(call, stored) }
  },
  patch(call) {
    const { stored, created } = patch(call)
    return { code: created ? 201 : 200, body: renderObject(call, stored) }
  },
  delete(call) {
    const deleted = deleteOne(call)
    return { code: 200, body: 'status' in deleted ? deleted.status : renderObject(call, deleted.stored) }
  },
  deletecollection: call => ({ code: 200, body: renderList(call, deleteCollection(call)) }),
}
