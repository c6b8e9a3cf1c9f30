import type { Service } from '../../../src/kinds/schema/types.ts'
import { firstUid } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { offers, reachesPods, reachesPort, serviceOf, slicesOf } from '../checks.ts'

const opens = (service: Service | undefined, port: number): boolean =>
  (service?.spec.ports ?? []).some(each => each.nodePort === port)

/** Whether a caller from outside is answered at any node: all forward to all pods, or each has one of its own. */
const answersOnEveryNode = (view: ClusterView, name: string): boolean => {
  if (serviceOf(view, name)?.spec.externalTrafficPolicy === 'Cluster') return true
  const endpoints = slicesOf(view, name).flatMap(slice => slice.endpoints ?? [])
  const has = new Set(endpoints.filter(each => each.conditions?.ready).map(each => each.nodeName))
  return view.list('nodes').every(node => has.has(node.metadata.name))
}

export default {
  transcript: 'nodeport.console',
  minutes: 15,
  level: 2,
  needs: ['7.1', '7.2'],
  start: ['kk apply -f deployment.yaml -f pod_curl.yaml', 10],
  exercises: [
    {
      name: 'fixed-number',
      kind: 'repeat',
      checks: {
        number: (view: ClusterView) =>
          opens(serviceOf(view, 'door'), 31000) && answersOnEveryNode(view, 'door'),
        inside: (view: ClusterView) => offers(serviceOf(view, 'door'), 80),
        pods: (view: ClusterView) => reachesPods(view, 'door') && reachesPort(view, 'door', 3000),
      },
      solution: [
        "sed 's/name: .*/name: door/; s/ port: 3000/ port: 80/; s/30000/31000/' service-nodeport.yaml | kk apply -f -",
        5,
      ],
    },
    {
      name: 'who-was-it',
      kind: 'vary',
      start: ['kk apply -f visitors.yaml', 15],
      watch: firstUid('services', 'visitors'),
      checks: {
        own: (view: ClusterView) => serviceOf(view, 'visitors')?.spec.externalTrafficPolicy === 'Local',
        number: (view: ClusterView, uid: string | undefined) =>
          serviceOf(view, 'visitors')?.metadata.uid === uid && opens(serviceOf(view, 'visitors'), 30080),
        pods: (view: ClusterView) =>
          reachesPods(view, 'visitors', 'app=visitors') && reachesPort(view, 'visitors', 80),
      },
      solution: [`kk patch service visitors -p '{"spec":{"externalTrafficPolicy":"Local"}}'`, 5],
    },
    {
      name: 'business-card',
      kind: 'fix',
      start: ['kk apply -f service-door-broken.yaml', 5],
      watch: firstUid('services', 'door'),
      checks: {
        same: (view: ClusterView, uid: string | undefined) =>
          uid !== undefined && serviceOf(view, 'door')?.metadata.uid === uid,
        number: (view: ClusterView) => opens(serviceOf(view, 'door'), 30090),
        nodes: (view: ClusterView) =>
          serviceOf(view, 'door')?.spec.type !== 'ClusterIP' && answersOnEveryNode(view, 'door'),
        pods: (view: ClusterView) => reachesPods(view, 'door') && reachesPort(view, 'door', 3000),
      },
      solution: [
        'curl -m 3 10.0.2.2:30090',
        'kk get service door',
        `kk patch service door -p '{"spec":{"ports":[{"port":3000,"nodePort":30090}]}}'`,
        'curl -m 3 10.0.2.2:30090',
        `kk patch service door -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`,
        5,
      ],
    },
  ],
} satisfies Lesson
