// From a path to what it means: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go.
import type { Registry, Resource } from './registry.ts'
import type { Target } from './types.ts'

export interface Route {
  readonly resource: Resource
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
  /** What follows the subresource (`proxy/metrics/…`). */
  readonly rest: readonly string[]
}

/** Undefined where the path names no resource that is served. */
export function route(registry: Registry, path: string): Route | undefined {
  const parts = path.slice(1).split('/')
  if (parts.includes(''))
    return path === '/' ? undefined : route(registry, `/${parts.filter(part => part).join('/')}`)
  let group = ''
  let at = 1
  if (parts[0] === 'apis') {
    group = parts[1] ?? ''
    at = 2
  } else if (parts[0] !== 'api') return undefined
  const version = parts[at++]
  if (!version || parts.length <= at) return undefined
  // `/watch/` paths are long deprecated and not served here.
  let namespace: string | undefined
  const third = parts[at + 2]
  const ofNamespaces = third === 'status' || third === 'finalize' || third === undefined
  if (parts[at] === 'namespaces' && parts.length > at + 1 && !(ofNamespaces && group === '')) {
    namespace = decode(parts[at + 1]!)
    at += 2
  }
  const resource = registry.find(group, version, parts[at] ?? '')
  if (!resource) return undefined
  if (!resource.namespaced && namespace !== undefined) return undefined
  const name = parts[at + 1]
  const subresource = parts[at + 2]
  const rest = parts.length > at + 3 ? parts.slice(at + 3) : none
  if (name !== undefined && resource.namespaced && namespace === undefined) return undefined
  return { resource, namespace, name: name === undefined ? undefined : decode(name), subresource, rest }
}

/** The same for what names a resource without a path. */
export function routeTo(
  registry: Registry,
  { resource: key, namespace, name, subresource }: Target,
): Route | undefined {
  const resource = registry.at(key)
  if (!resource) return undefined
  const isPlaced = resource.namespaced
    ? name === undefined || namespace !== undefined
    : namespace === undefined
  return isPlaced ? { resource, namespace, name, subresource, rest: none } : undefined
}

const none: readonly string[] = []

function decode(part: string): string {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
