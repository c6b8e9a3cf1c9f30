// From a request to a call: authenticate → route → authorise → read.
import type { DeleteOptions, Eviction } from '../kinds/schema/types.ts'
import { authorize } from './authorization.ts'
import { readBody } from './body.ts'
import type { Call, Machinery } from './call.ts'
import { invalid } from './errors.ts'
import { isNamed, whoAsks } from './identity.ts'
import { route, routeTo } from './route.ts'
import { checkRequestSize } from './size.ts'
import type { ApiRequest } from './types.ts'
import { verbOf } from './verbs/index.ts'

/** Undefined where the path names no resource; throws ApiError where the request is refused before it is handled. */
export function beginCall(server: Machinery, request: ApiRequest): Call | undefined {
  const user = whoAsks(server, request)
  const { registry } = server
  const found = request.target ? routeTo(registry, request.target) : route(registry, request.path)
  if (!found) return undefined
  const { resource, namespace, name, subresource, rest } = found
  const { query = none, managedFields } = request
  if (isNamed(request))
    authorize(server, user, {
      verb: query.watch === 'true' ? 'watch' : verbOf({ request, name, subresource }),
      namespace: resource.table === 'namespaces' ? name : namespace,
      group: resource.group,
      resource: subresource ? `${resource.plural}/${subresource}` : resource.plural,
      name,
    })
  checkRequestSize(request)
  const { value: body, duplicates } = readBody(request, found)
  const call: Call = {
    resource,
    namespace,
    name,
    subresource,
    rest,
    server,
    request,
    user,
    query,
    table: server.store.table(resource.table),
    dryRun: query.dryRun === 'All' || triesDeletion(request, subresource, body),
    fieldValidation: (query.fieldValidation || 'Warn') as Call['fieldValidation'],
    manager: query.fieldManager || managerOf(request.userAgent ?? 'unknown'),
    warnings: [],
    body,
    duplicates,
  }
  if (query !== none) checkQuery(call)
  const deprecation = managedFields !== false && resource.rules.deprecation
  if (deprecation) call.warnings.push(deprecation)
  return call
}

const none: Readonly<Record<string, string>> = Object.freeze({})

/** Is it only tried to delete? The options of a deletion stand in its body, and those of an eviction within it. */
function triesDeletion({ method }: ApiRequest, subresource: string | undefined, body: unknown): boolean {
  const within =
    subresource === 'eviction' ? (body as Partial<Eviction> | undefined)?.deleteOptions : undefined
  const options = method === 'DELETE' ? (body as DeleteOptions | undefined) : within
  return options?.dryRun?.[0] === 'All'
}

/** The first part of a user agent: `kubectl/v1.36.0 (…)`. */
function managerOf(userAgent: string): string {
  const slash = userAgent.indexOf('/')
  return slash < 0 ? userAgent : userAgent.slice(0, slash)
}

function checkQuery({ query }: Call): void {
  const { dryRun, fieldValidation } = query
  const bad = (field: string, value: string, supported: string) =>
    invalid({ group: 'meta.k8s.io', kind: 'CreateOptions' }, '', [
      { type: 'NotSupported', field, value, detail: `supported values: ${supported}` },
    ])
  if (dryRun && dryRun !== 'All') throw bad('dryRun', dryRun, '"All"')
  if (fieldValidation && !['Ignore', 'Warn', 'Strict'].includes(fieldValidation))
    throw bad('fieldValidation', fieldValidation, '"", "Ignore", "Strict", "Warn"')
}
