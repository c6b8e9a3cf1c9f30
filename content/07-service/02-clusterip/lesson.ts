import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const service = (view: ClusterView, name: string) => view.get('services', name)

const slices = (view: ClusterView, name: string) =>
  view.list('endpointslices', { labels: `kubernetes.io/service-name=${name}` })

/** Addresses behind a Service that get traffic. */
const readyAddresses = (view: ClusterView, name: string): string[] =>
  slices(view, name)
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false)
    .flatMap(endpoint => endpoint.addresses)

/** … and the addresses of the ready Pods of hellok8s. */
const podAddresses = (view: ClusterView): string[] =>
  view
    .list('pods', { labels: 'app=hellok8s' })
    .filter(pod => !pod.metadata.deletionTimestamp)
    .filter(pod => pod.status?.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True'))
    .map(pod => pod.status.podIP)

const reachesThePods = (view: ClusterView, name: string): boolean => {
  const behind = readyAddresses(view, name).sort().join()
  return behind !== '' && behind === podAddresses(view).sort().join()
}

const reachesPort = (view: ClusterView, name: string, port: number): boolean => {
  const ports = slices(view, name).flatMap(slice => slice.ports ?? [])
  return ports.length > 0 && ports.every(each => each.port === port)
}

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
          const { type, clusterIP, ports } = service(view, 'web')?.spec ?? {}
          return type === 'ClusterIP' && clusterIP !== 'None' && (ports ?? []).some((p: any) => p.port === 80)
        },
        pods: (view: ClusterView) => reachesThePods(view, 'web'),
        'their-port': (view: ClusterView) => reachesPort(view, 'web', 3000),
      },
      solution: ['kk expose deployment hellok8s-go-http --name=web --port=80 --target-port=3000', 5],
    },
    {
      name: 'same-face',
      kind: 'vary',
      start: ['kk apply -f deployment.yaml -f service-clusterip.yaml', 10],
      checks: {
        'two-behind': (view: ClusterView) => readyAddresses(view, 'service-hellok8s-clusterip').length >= 2,
        faithful: (view: ClusterView) =>
          service(view, 'service-hellok8s-clusterip')?.spec.sessionAffinity === 'ClientIP',
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
          uid !== undefined && service(view, 'shop')?.metadata.uid === uid,
        pods: (view: ClusterView) => reachesThePods(view, 'shop'),
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
