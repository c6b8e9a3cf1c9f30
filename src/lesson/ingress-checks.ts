// What exercises about Ingress look at: where a request would go, by the same rules as the controller's own.
import { chooseCertificate } from '../containers/images/ingress-certificates.ts'
import { annotation, matchRequest } from '../containers/images/ingress-routes.ts'
import type { ServerCertificate } from '../engine/network.ts'
import type { Ingress } from '../kinds/schema/types.ts'
import type { ClusterView } from './exercise.ts'

const controllerClass = 'k8s.io/ingress-nginx'

export interface Route {
  readonly service: string
  /** As the Ingress names it: number or name of the Service's port. */
  readonly port: number | string
  /** What the Service is asked for. */
  readonly path: string
  /** The Ingress that says so. */
  readonly ingress: Ingress
  /** Its host stands in the `tls` of an Ingress. */
  readonly tls: boolean
}

/** The Ingresses of `default` that ingress-nginx reads, oldest first. */
const readIngresses = (view: ClusterView): readonly Ingress[] =>
  view
    .list('ingresses')
    .filter(({ spec, metadata }) => {
      const name = spec.ingressClassName
      return name
        ? view.get('ingressclasses', name)?.spec?.controller === controllerClass
        : metadata.annotations?.['kubernetes.io/ingress.class'] === 'nginx'
    })
    .toSorted((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1))

const ageOf = ({ metadata }: Ingress): string => `${metadata.creationTimestamp} ${metadata.name}`

/** Where a request for `http://host/path` goes; undefined where ingress-nginx answers 404 by itself. */
export function routeOf(view: ClusterView, host: string, path: string): Route | undefined {
  const match = matchRequest(readIngresses(view), host, path)
  const service = match?.backend.service
  if (!match || !service) return
  const { number, name = '' } = service.port
  return {
    service: service.name,
    port: number ?? name,
    path: match.path,
    ingress: match.ingress,
    tls: match.tls,
  }
}

/** The certificate that ingress-nginx shows for a host, where it is not the one that it makes for itself. */
export const certificateOf = (view: ClusterView, host: string): ServerCertificate | undefined =>
  chooseCertificate(readIngresses(view), host, (namespace, name) => view.get('secrets', name, namespace))
    .certificate

/** Whether plain requests are sent to HTTPS. */
export const isRedirected = ({ ingress, tls }: Route): boolean =>
  annotation(ingress, 'force-ssl-redirect') === 'true' ||
  (tls && annotation(ingress, 'ssl-redirect') !== 'false')
