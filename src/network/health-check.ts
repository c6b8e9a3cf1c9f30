// The HTTP server that kube-proxy opens for each healthCheckNodePort: a load balancer asks it whether the node has an
// endpoint of the service (pkg/proxy/healthcheck/service_health.go).
import type { KubeObject } from '../kinds/object.ts'
import type { Service } from './host.ts'

export function healthService({ metadata }: KubeObject, local: number): Service {
  const { namespace, name } = metadata
  const body = `{
\t"service": {
\t\t"namespace": ${JSON.stringify(namespace)},
\t\t"name": ${JSON.stringify(name)}
\t},
\t"localEndpoints": ${local},
\t"serviceProxyHealthy": true
}`
  const headers = {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'x-load-balancing-endpoint-weight': String(local),
    'content-length': String(body.length),
  }
  return {
    handler: function* () {
      return { status: local ? 200 : 503, headers, body }
    },
  }
}
