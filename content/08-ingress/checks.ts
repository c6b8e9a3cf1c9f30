// What the exercises of this chapter look at.
import { isReady } from '../../src/lesson/checks.ts'
import type { ClusterView } from '../../src/lesson/exercise.ts'
import { certificateOf, routeOf } from '../../src/lesson/ingress-checks.ts'

export const space = 'ingress-nginx'
/** The ready pods of the controller, in whatever way it is deployed. */
export const controllerPods = (view: ClusterView) =>
  view
    .list('pods', {
      namespace: space,
      labels: 'app.kubernetes.io/name=ingress-nginx,app.kubernetes.io/component=controller',
    })
    .filter(isReady)

const addressesOf = (view: ClusterView, service: string): string[] =>
  view
    .list('endpointslices', { labels: `kubernetes.io/service-name=${service}` })
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false)
    .flatMap(endpoint => endpoint.addresses)

/** Whether the controller hands `http://host/path` to somebody ready behind that port of that Service, asking for `asks`. */
export function reaches(
  view: ClusterView,
  [host, path]: readonly [host: string, path: string],
  [service, port]: readonly [service: string, port: number],
  asks = path,
): boolean {
  const route = routeOf(view, host, path)
  const offered = view
    .get('services', service)
    ?.spec.ports?.find(each => (typeof route?.port === 'number' ? each.port : each.name) === route?.port)
  return (
    route?.service === service &&
    offered?.port === port &&
    route.path === asks &&
    addressesOf(view, service).length > 0 &&
    controllerPods(view).length > 0
  )
}

const day = 86_400_000

/**
 * Whether the certificate shown for a host is one that browsers take for it (they do not look at the common name), valid,
 * and signed for that many days at least, of which no more than one is gone.
 */
export function showsGoodCertificate(view: ClusterView, host: string, days = 0): boolean {
  const certificate = certificateOf(view, host)
  if (!certificate || certificate.names.length === 0) return false
  const { from, to } = certificate
  return from <= view.now && to > view.now && to - from >= days * day && to >= view.now + (days - 1) * day
}

export const hello = ['service-hellok8s-clusterip', 3000] as const
export const catalog = ['httpd-svc', 8080] as const
export const admin = ['admin-svc', 80] as const
/** Some host that no rule names. */
export const anyHost = '10.0.2.3'
