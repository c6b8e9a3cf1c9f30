// How many requests of each sort were answered, for /metrics: endpoints/metrics of apiserver.
import type { Call } from './call.ts'

const connecting = new Set(['log', 'exec', 'portforward', 'attach', 'proxy'])

/** As apiserver's endpoints/metrics calls what a request does (CleanVerb). */
export function countedVerb({ request: { method, contentType }, name, subresource = '' }: Call): string {
  if (connecting.has(subresource)) return 'CONNECT'
  if (method === 'PATCH' && contentType?.startsWith('application/apply-patch')) return 'APPLY'
  return method === 'GET' && name === undefined ? 'LIST' : method
}

/** For /metrics. What is to be made has no name in its path, and counts as one object all the same (CleanScope). */
export function countRequest(
  { server, resource, namespace, name, subresource = '', dryRun }: Call,
  verb: string,
  code: number,
) {
  const { group, plural, version, table } = resource
  const scope = name !== undefined || verb === 'POST' ? 'resource' : namespace ? 'namespace' : 'cluster'
  let counts = server.requests.get(table)
  if (!counts) server.requests.set(table, (counts = []))
  for (let i = 0; i < counts.length; i++) {
    const each = counts[i]!
    if (
      each.verb === verb &&
      each.subresource === subresource &&
      each.code === code &&
      each.scope === scope &&
      each.version === version &&
      each.group === group &&
      each.dryRun === dryRun
    ) {
      each.count++
      return
    }
  }
  counts.push({ code, dryRun, group, plural, scope, subresource, verb, version, count: 1 })
}
