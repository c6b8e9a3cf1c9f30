import { firstUid, isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { reachesPods, reachesPort, readyAddresses, serviceOf, slicesOf } from '../checks.ts'

const isHeadless = (view: ClusterView, name: string): boolean =>
  serviceOf(view, name)?.spec.clusterIP === 'None'

/** The names that pods have behind a Service: `db-0` of `db-0.db`. */
const hostnames = (view: ClusterView, name: string): string[] =>
  slicesOf(view, name)
    .flatMap(slice => slice.endpoints ?? [])
    .map(each => each.hostname)
    .filter(each => each !== undefined)

const peers = (view: ClusterView) => podsOf(view, view.get('deployments', 'peers'))

export default {
  transcript: 'headless.console',
  minutes: 15,
  level: 2,
  needs: ['1.7', '7.2'],
  start: ['kk apply -f deployment.yaml -f service-clusterip.yaml -f pod_curl.yaml -f pod_busybox.yaml', 12],
  exercises: [
    {
      name: 'the-list',
      kind: 'repeat',
      checks: {
        headless: (view: ClusterView) => isHeadless(view, 'everyone'),
        pods: (view: ClusterView) => reachesPods(view, 'everyone'),
        three: (view: ClusterView) => {
          const all = podsOf(view, view.get('deployments', 'hellok8s-go-http')).filter(isReady)
          const listed = readyAddresses(view, 'everyone')
          return all.length === 3 && all.every(pod => listed.includes(pod.status.podIP!))
        },
      },
      solution: [
        'kk expose deployment hellok8s-go-http --name=everyone --port=3000 --cluster-ip=None',
        'kk scale deployment hellok8s-go-http --replicas=3',
        10,
      ],
    },
    {
      name: 'find-each-other',
      kind: 'vary',
      start: ['kk apply -f peers.yaml', 20],
      watch: firstUid('deployments', 'peers'),
      checks: {
        headless: (view: ClusterView) => isHeadless(view, 'peers'),
        listed: (view: ClusterView) => {
          const addresses = readyAddresses(view, 'peers').sort().join()
          const all = peers(view).map(pod => pod.status?.podIP)
          return all.length === 2 && addresses === all.sort().join()
        },
        untouched: (view: ClusterView, uid: string | undefined) => {
          const deployment = view.get('deployments', 'peers')
          const probe = deployment?.spec.template.spec.containers[0]?.readinessProbe?.httpGet
          return deployment?.metadata.uid === uid && probe?.path === '/healthz' && !peers(view).some(isReady)
        },
      },
      solution: [`kk patch service peers -p '{"spec":{"publishNotReadyAddresses":true}}'`, 5],
    },
    {
      name: 'nameless',
      kind: 'fix',
      start: ['kk apply -f statefulset-db-broken.yaml', 15],
      checks: {
        names: (view: ClusterView) => hostnames(view, 'db').sort().join() === 'db-0,db-1',
        headless: (view: ClusterView) => isHeadless(view, 'db'),
        pods: (view: ClusterView) =>
          readyAddresses(view, 'db').length === 2 &&
          reachesPods(view, 'db', 'app=db') &&
          reachesPort(view, 'db', 3000),
      },
      solution: [
        'kk exec curl -- curl -sS -m 3 db-0.db:3000',
        'kk get statefulset db -o yaml | grep serviceName',
        "sed -i 's/serviceName: database/serviceName: db/' statefulset-db-broken.yaml",
        'kk delete statefulset db',
        5,
        'kk apply -f statefulset-db-broken.yaml',
        20,
      ],
    },
  ],
} satisfies Lesson
