import type { Service } from '../../../src/kinds/schema/types.ts'
import { firstUid } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { offers, reachesPods, reachesPort, serviceOf } from '../checks.ts'

const nodePorts = (service: Service | undefined): unknown[] =>
  (service?.spec.ports ?? []).map(each => each.nodePort).filter(Boolean)
/** It asks whoever gives addresses; with a class it would ask one provider only. */
const asksForAddress = (service: Service | undefined): boolean =>
  service?.spec.type === 'LoadBalancer' && service.spec.loadBalancerClass === undefined
const leadsToHello = (view: ClusterView, name: string): boolean =>
  reachesPods(view, name) && reachesPort(view, name, 3000)

export default {
  transcript: 'loadbalancer.console',
  minutes: 15,
  level: 2,
  needs: ['7.1', '7.4'],
  start: ['kk apply -f deployment.yaml -f pod_curl.yaml', 12],
  exercises: [
    {
      name: 'for-tomorrow',
      kind: 'repeat',
      checks: {
        type: (view: ClusterView) =>
          asksForAddress(serviceOf(view, 'front')) && offers(serviceOf(view, 'front'), 80),
        today: (view: ClusterView) => nodePorts(serviceOf(view, 'front')).includes(30080),
        pods: (view: ClusterView) => leadsToHello(view, 'front'),
      },
      solution: [
        "sed 's/name: .*/name: front/; s/targetPort: 3000/targetPort: 3000\\n      nodePort: 30080/' service-loadbalancer.yaml | kk apply -f -",
        3,
      ],
    },
    {
      name: 'no-back-doors',
      kind: 'vary',
      checks: {
        type: (view: ClusterView) => asksForAddress(serviceOf(view, 'front')),
        closed: (view: ClusterView) => {
          const service = serviceOf(view, 'front')
          // The port for health checks is open on the nodes like any other.
          return service !== undefined && nodePorts(service).length === 0 && !service.spec.healthCheckNodePort
        },
        pods: (view: ClusterView) => leadsToHello(view, 'front'),
      },
      solution: [
        "sed 's/name: .*/name: front/; s/type: LoadBalancer/type: LoadBalancer\\n  allocateLoadBalancerNodePorts: false/' service-loadbalancer.yaml | kk apply -f -",
        3,
      ],
    },
    {
      name: 'waiting-room',
      kind: 'fix',
      start: ['kk apply -f service-gate-broken.yaml', 5],
      watch: firstUid('services', 'gate'),
      checks: {
        same: (view: ClusterView, uid: string | undefined) =>
          uid !== undefined && serviceOf(view, 'gate')?.metadata.uid === uid,
        waits: (view: ClusterView) =>
          serviceOf(view, 'gate') !== undefined && serviceOf(view, 'gate')?.spec.type !== 'LoadBalancer',
        number: (view: ClusterView) => nodePorts(serviceOf(view, 'gate')).includes(30081),
        pods: (view: ClusterView) => leadsToHello(view, 'gate'),
      },
      solution: [
        'kk describe service gate',
        `kk patch service gate -p '{"spec":{"type":"NodePort"}}'`,
        'curl -m 3 10.0.2.2:30081',
        `kk patch service gate -p '{"spec":{"ports":[{"port":80,"targetPort":3000}]}}'`,
        3,
      ],
    },
  ],
} satisfies Lesson
