import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { hasAddress, offers, reachesPods, reachesPort, readyAddresses, serviceOf } from '../checks.ts'

export default {
  transcript: 'clusterip.console',
  minutes: 15,
  level: 2,
  needs: ['3.10', '4.1', '4.8'],
  exercises: [
    {
      name: 'front-door',
      kind: 'repeat',
      start: ['kk apply -f deployment.yaml', 10],
      checks: {
        'inside-only': (view: ClusterView) => {
          const web = serviceOf(view, 'web')
          return web?.spec.type === 'ClusterIP' && hasAddress(web) && offers(web, 80)
        },
        pods: (view: ClusterView) => reachesPods(view, 'web'),
        'their-port': (view: ClusterView) => reachesPort(view, 'web', 3000),
      },
      solution: ['kk expose deployment hellok8s-go-http --name=web --port=80 --target-port=3000', 5],
    },
    {
      name: 'same-face',
      kind: 'vary',
      start: ['kk apply -f deployment.yaml -f service-clusterip.yaml', 10],
      checks: {
        'two-behind': (view: ClusterView) =>
          readyAddresses(view, 'service-hellok8s-clusterip').length >= 2 &&
          reachesPort(view, 'service-hellok8s-clusterip', 3000),
        faithful: (view: ClusterView) =>
          serviceOf(view, 'service-hellok8s-clusterip')?.spec.sessionAffinity === 'ClientIP',
      },
      solution: [
        'kk explain service.spec.sessionAffinity',
        `kk patch service service-hellok8s-clusterip -p '{"spec":{"sessionAffinity":"ClientIP"}}'`,
        5,
      ],
    },
    {
      name: 'silent-shop',
      kind: 'fix',
      start: ['kk apply -f deployment.yaml -f service-shop-broken.yaml', 10],
      // The uid of the first Service of that name: callers know its address.
      watch: {
        resources: ['services'],
        start: undefined as string | undefined,
        next: (seen: string | undefined, { object }: Change) =>
          seen ?? (object.metadata.name === 'shop' ? object.metadata.uid : undefined),
      },
      checks: {
        'same-address': (view: ClusterView, uid: string | undefined) =>
          uid !== undefined &&
          serviceOf(view, 'shop')?.metadata.uid === uid &&
          offers(serviceOf(view, 'shop'), 3000),
        pods: (view: ClusterView) => reachesPods(view, 'shop'),
        'their-port': (view: ClusterView) => reachesPort(view, 'shop', 3000),
      },
      solution: [
        'kk describe service shop',
        'kk set selector service shop app=hellok8s',
        `kk patch service shop -p '{"spec":{"ports":[{"port":3000,"targetPort":3000}]}}'`,
        5,
      ],
    },
  ],
} satisfies Lesson
