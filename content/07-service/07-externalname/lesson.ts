import type { Service } from '../../../src/kinds/schema/types.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { hasAddress, offers, reachesPods, reachesPort, serviceOf, slicesOf } from '../checks.ts'

const outside = '203.0.113.10'

/** Ports at which a Service leads to that address, by a slice whose port has the name of the Service's. */
const leadsTo = (view: ClusterView, name: string, address: string): number[] => {
  const names = (serviceOf(view, name)?.spec.ports ?? []).map(each => each.name ?? '')
  return slicesOf(view, name)
    .filter(slice => (slice.endpoints ?? []).some(each => each.addresses.includes(address)))
    .flatMap(slice => slice.ports ?? [])
    .filter(port => names.includes(port.name ?? ''))
    .map(port => port.port!)
}
const hasNoSelector = (service: Service | undefined): boolean =>
  Object.keys(service?.spec.selector ?? {}).length === 0

export default {
  transcript: 'externalname.console',
  minutes: 15,
  level: 2,
  needs: ['1.7', '7.1', '7.2'],
  outside: true,
  start: ['kk apply -f deployment.yaml -f pod_curl.yaml', 12],
  exercises: [
    {
      name: 'by-number',
      kind: 'repeat',
      checks: {
        service: (view: ClusterView) => {
          const service = serviceOf(view, 'catalog')
          return hasAddress(service) && hasNoSelector(service) && offers(service, 80)
        },
        list: (view: ClusterView) => leadsTo(view, 'catalog', outside).includes(80),
      },
      solution: ["sed 's/warehouse/catalog/; s/port: 8080/port: 80/' service-slice.yaml | kk apply -f -", 3],
    },
    {
      name: 'moved-in',
      kind: 'vary',
      start: ['kk apply -f service-externalname.yaml', 3],
      checks: {
        inside: (view: ClusterView) => {
          const service = serviceOf(view, 'payment')
          return service?.spec.type !== 'ExternalName' && hasAddress(service)
        },
        eighty: (view: ClusterView) => offers(serviceOf(view, 'payment'), 80),
        pods: (view: ClusterView) => reachesPods(view, 'payment') && reachesPort(view, 'payment', 3000),
      },
      solution: [
        `kk patch service payment -p '{"spec":{"type":"ClusterIP","externalName":null,"selector":{"app":"hellok8s"},"ports":[{"port":80,"targetPort":3000}]}}'`,
        3,
      ],
    },
    {
      name: 'two-letters',
      kind: 'fix',
      start: ['kk apply -f service-archive-broken.yaml', 3],
      checks: {
        listed: (view: ClusterView) =>
          slicesOf(view, 'archive').some(slice =>
            (slice.endpoints ?? []).some(each => each.addresses.includes(outside)),
          ),
        port: (view: ClusterView) => leadsTo(view, 'archive', outside).includes(80),
        service: (view: ClusterView) => {
          const service = serviceOf(view, 'archive')
          return hasAddress(service) && offers(service, 8080)
        },
      },
      solution: [
        'kk get endpointslices -l kubernetes.io/service-name=archive',
        'kk label endpointslice archive-1 kubernetes.io/service-name=archive --overwrite',
        'kk describe service archive',
        `kk patch endpointslice archive-1 --type=json -p '[{"op":"replace","path":"/ports/0/name","value":"http"}]'`,
        3,
      ],
    },
  ],
} satisfies Lesson
