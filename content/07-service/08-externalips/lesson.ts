import type { Service } from '../../../src/kinds/schema/types.ts'
import { firstUid } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { hasAddress, offers, reachesPods, reachesPort, serviceOf } from '../checks.ts'

const external = (service: Service | undefined): readonly string[] => service?.spec.externalIPs ?? []
const namespaces = (view: ClusterView): readonly string[] =>
  view.list('namespaces').map(each => each.metadata.name)
/** Services of any namespace that claim an address. */
const claiming = (view: ClusterView, address: string) =>
  namespaces(view).flatMap(namespace =>
    view.list('services', { namespace }).filter(each => external(each).includes(address)),
  )

export default {
  transcript: 'externalips.console',
  minutes: 12,
  level: 2,
  needs: ['7.2', '7.3'],
  outside: true,
  start: ['kk apply -f deployment.yaml -f pod_curl.yaml', 12],
  exercises: [
    {
      name: 'hang-it',
      kind: 'repeat',
      start: ['kk apply -f service-clusterip.yaml', 3],
      watch: firstUid('services', 'service-hellok8s-clusterip'),
      checks: {
        same: (view: ClusterView, uid: string | undefined) =>
          uid !== undefined && serviceOf(view, 'service-hellok8s-clusterip')?.metadata.uid === uid,
        address: (view: ClusterView) =>
          external(serviceOf(view, 'service-hellok8s-clusterip')).includes('192.168.255.100'),
        pods: (view: ClusterView) =>
          reachesPods(view, 'service-hellok8s-clusterip') &&
          reachesPort(view, 'service-hellok8s-clusterip', 3000),
      },
      solution: [
        `kk patch service service-hellok8s-clusterip -p '{"spec":{"externalIPs":["192.168.255.100"]}}'`,
        3,
      ],
    },
    {
      name: 'without',
      kind: 'vary',
      start: ['kk apply -f service-clusterip-externalip.yaml', 3],
      watch: firstUid('services', 'service-hellok8s-clusterip-externalip'),
      checks: {
        none: (view: ClusterView) => claiming(view, '192.168.255.100').length === 0,
        same: (view: ClusterView, uid: string | undefined) =>
          uid !== undefined &&
          serviceOf(view, 'service-hellok8s-clusterip-externalip')?.metadata.uid === uid &&
          offers(serviceOf(view, 'service-hellok8s-clusterip-externalip'), 3000) &&
          reachesPods(view, 'service-hellok8s-clusterip-externalip'),
        door: (view: ClusterView) =>
          view
            .list('services')
            .some(
              each =>
                each.spec.ports?.some(port => port.nodePort === 30100) &&
                reachesPods(view, each.metadata.name) &&
                reachesPort(view, each.metadata.name, 3000),
            ),
      },
      solution: [
        `kk patch service service-hellok8s-clusterip-externalip -p '{"spec":{"externalIPs":null,"type":"NodePort","ports":[{"port":3000,"nodePort":30100}]}}'`,
        3,
      ],
    },
    {
      name: 'taken-over',
      kind: 'fix',
      start: [
        'kk create namespace data',
        'kk -n data create deployment report --image=leigg/hellok8s:v2',
        10,
        'kk -n data expose deployment report --port=80 --target-port=3000 --external-ip=203.0.113.10',
        3,
      ],
      watch: firstUid('services', 'report', 'data'),
      checks: {
        free: (view: ClusterView) => claiming(view, '203.0.113.10').length === 0,
        same: (view: ClusterView, uid: string | undefined) => {
          const service = serviceOf(view, 'report', 'data')
          return uid !== undefined && service?.metadata.uid === uid && hasAddress(service)
        },
        works: (view: ClusterView) => {
          const service = serviceOf(view, 'report', 'data')
          const [port, ...more] = service?.spec.ports ?? []
          return (
            port?.port === 80 &&
            port.targetPort === 3000 &&
            more.length === 0 &&
            service?.spec.selector?.app === 'report'
          )
        },
      },
      solution: [
        'kk exec curl -- curl -sS -m 3 http://www.example.com',
        'kk get services -A',
        `kk -n data patch service report -p '{"spec":{"externalIPs":null}}'`,
        3,
      ],
    },
  ],
} satisfies Lesson
