import type { Pod } from '../../../src/kinds/schema/types.ts'
import { isReady, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const pod = (view: ClusterView, name: string) => view.get('pods', name)
const commandOf = (object: Pod | undefined): string => {
  const { command = [], args = [] } = object?.spec.containers[0] ?? {}
  return [...command, ...args].join(' ')
}
const slices = (view: ClusterView, service: string) =>
  view.list('endpointslices', { labels: `kubernetes.io/service-name=${service}` })

/** A pod that ends with an error as long as it cannot resolve mydb. */
const report = "kk run report --image=busybox:1.28 -- sh -c 'nslookup mydb && sleep 36000'"

export default {
  transcript: 'dns.console',
  minutes: 14,
  level: 2,
  needs: ['1.6'],
  exercises: [
    {
      name: 'give-a-name',
      kind: 'repeat',
      start: ['kk run db --image=redis', 30],
      checks: {
        named: (view: ClusterView) => view.get('services', 'orders-db') !== undefined,
        behind: (view: ClusterView) =>
          slices(view, 'orders-db').some(slice =>
            slice.endpoints?.some(
              each =>
                each.targetRef?.name === 'db' &&
                each.conditions?.ready !== false &&
                slice.ports?.some(port => port.port === 6379),
            ),
          ),
      },
      solution: ['kk expose pod db --name=orders-db --port=6379', 5],
    },
    {
      name: 'next-door',
      kind: 'vary',
      start: ['kk create namespace shop', 'kk create service clusterip stock --tcp=80 -n shop', 5],
      checks: {
        asks: (view: ClusterView) =>
          /(?<!echo )nslookup\s+(-\S+\s+)?["']?stock\.shop\b/.test(commandOf(pod(view, 'caller'))),
        steady: (view: ClusterView) => steadyFor(view, 'caller', 10 * second),
        'only-there': (view: ClusterView) =>
          view.get('services', 'stock') === undefined && view.get('services', 'stock', 'shop') !== undefined,
      },
      solution: ["kk run caller --image=busybox:1.28 -- sh -c 'nslookup stock.shop && sleep 36000'", 30],
    },
    {
      name: 'nobody-answers',
      kind: 'fix',
      start: [
        'kk create service clusterip mydb --tcp=5432',
        'kk scale deployment coredns -n kube-system --replicas=0',
        20,
        report,
        60,
      ],
      checks: {
        dns: (view: ClusterView) =>
          view.list('pods', { namespace: 'kube-system', labels: 'k8s-app=kube-dns' }).some(isReady),
        steady: (view: ClusterView) => steadyFor(view, 'report', 10 * second),
      },
      solution: [
        'kk logs report',
        'kk get pods -n kube-system',
        'kk scale deployment coredns -n kube-system --replicas=2',
        300,
      ],
    },
  ],
} satisfies Lesson
