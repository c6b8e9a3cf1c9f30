// Which Ingress rule a request falls under, as the nginx that ingress-nginx configures decides it: first the server by
// host (exact, wildcard, then the nameless one), then the location by path. ingress-nginx/internal/ingress/controller.
import { type Expression, readableExpression } from '../../engine/expressions/expression.ts'
import type { Ingress, IngressBackend } from '../../kinds/schema/types.ts'

const prefix = 'nginx.ingress.kubernetes.io/'
export const annotation = (ingress: Ingress, name: string): string | undefined =>
  ingress.metadata.annotations?.[prefix + name]

export interface Location {
  readonly ingress: Ingress
  readonly path: string
  readonly pathType: string
  readonly backend: IngressBackend
}

export interface Match {
  readonly ingress: Ingress
  readonly backend: IngressBackend
  /** What the backend is asked for. */
  readonly path: string
  /** The host has a certificate. */
  readonly tls: boolean
}

/** Hosts of the rules, `''` for rules without one, with their locations. */
function servers(ingresses: readonly Ingress[]): Map<string, Location[]> {
  const byHost = new Map<string, Location[]>()
  for (const ingress of ingresses)
    for (const { host = '', http } of ingress.spec.rules ?? []) {
      const locations = byHost.get(host) ?? []
      byHost.set(host, locations)
      // The oldest Ingress keeps a path that two want.
      for (const { path = '/', pathType, backend } of http?.paths ?? [])
        if (!locations.some(l => l.path === path && l.pathType === pathType))
          locations.push({ ingress, path, pathType, backend })
    }
  return byHost
}

/** Who answers where no path fits: for its hosts the Ingress that has rules for them, else one that has no rules at all. */
function fallbackOf(ingresses: readonly Ingress[], host: string): Ingress | undefined {
  const withDefault = ingresses.filter(({ spec }) => spec.defaultBackend?.service)
  const names = new Map<string, Ingress>()
  for (const ingress of withDefault)
    for (const { host: name = '' } of ingress.spec.rules ?? []) if (!names.has(name)) names.set(name, ingress)
  const own = serverOf(names, host)
  if (own) return own
  return hasServer(ingresses, host) ? undefined : withDefault.find(({ spec }) => !spec.rules?.length)
}

/** Whether a host has a server of its own, by name or by wildcard, and is not left to the nameless one. */
export const hasServer = (ingresses: readonly Ingress[], hostHeader: string): boolean => {
  const host = hostOf(hostHeader)
  return ingresses.some(({ spec }) =>
    spec.rules?.some(rule => rule.host && serverOf(new Map([[rule.host, true]]), host)),
  )
}
const hostOf = (header: string): string => header.replace(/:\d+$/, '').toLowerCase()

function serverOf<T>(byHost: ReadonlyMap<string, T>, host: string): T | undefined {
  const own = byHost.get(host)
  if (own) return own
  // A wildcard stands for one label.
  const dot = host.indexOf('.')
  return (dot > 0 ? byHost.get(`*${host.slice(dot)}`) : undefined) ?? byHost.get('')
}

const isRegex = ({ ingress }: Location): boolean =>
  annotation(ingress, 'use-regex') === 'true' || annotation(ingress, 'rewrite-target') !== undefined

function pathMatches({ path, pathType }: Location, asked: string): boolean {
  if (pathType === 'Exact') return asked === path
  if (pathType === 'Prefix') {
    const bare = path.replace(/\/$/, '')
    return asked === bare || asked.startsWith(`${bare}/`)
  }
  return asked.startsWith(path)
}

/** nginx's `~*` location of a path; undefined where it is no regular expression. */
const asExpression = (path: string): Expression | undefined =>
  readableExpression(`^${path}`, 'perl', { ignoreCase: true })

/** One regular expression makes all locations of its host such. */
function choose(locations: readonly Location[], asked: string): Location | undefined {
  const sorted = [...locations].sort((a, b) => b.path.length - a.path.length)
  if (locations.some(isRegex)) return sorted.find(l => asExpression(l.path)?.fits(asked))
  return (
    sorted.find(l => l.pathType === 'Exact' && l.path === asked) ?? sorted.find(l => pathMatches(l, asked))
  )
}

/** Undefined: no rule and no default backend answers. */
export function matchRequest(
  ingresses: readonly Ingress[],
  hostHeader: string,
  target: string,
): Match | undefined {
  const host = hostOf(hostHeader)
  const [asked = '/', query] = target.split('?')
  const found = choose(serverOf(servers(ingresses), host) ?? [], asked)
  const tls = ingresses.some(({ spec }) =>
    spec.tls?.some(t => serverOf(new Map((t.hosts ?? []).map(h => [h, true])), host)),
  )
  // A backend that is a resource means nothing to this controller: its default one answers.
  if (found && !found.backend.service) return undefined
  if (found) {
    const { ingress, backend, path } = found
    const rewrite = annotation(ingress, 'rewrite-target')
    const pattern = asExpression(path)
    const full = rewrite && pattern?.fits(asked) ? rewriteOf(asked, pattern, rewrite) : asked
    return { ingress, backend, tls, path: query === undefined ? full : `${full}?${query}` }
  }
  const fallback = fallbackOf(ingresses, host)
  const backend = fallback?.spec.defaultBackend
  return backend && { ingress: fallback!, backend, tls, path: target }
}

/** nginx puts the target in place of the whole path, whatever stands behind the match. */
function rewriteOf(asked: string, pattern: Expression, target: string): string {
  const groups = pattern.find(asked)?.groups ?? []
  return target.replace(/\$(\d)/g, (_, n) => groups[Number(n)] ?? '')
}
