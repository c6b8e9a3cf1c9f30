import { isReady } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { mayConnect } from '../../../src/lesson/network-checks.ts'

/** A ready pod that still has the label by which rules know it. */
const pod = (view: ClusterView, name: string, namespace = 'default') => {
  const found = view.get('pods', name, namespace)
  return isReady(found) && found?.metadata.labels?.app === name ? found : undefined
}
const reaches = (view: ClusterView, from: string, namespace?: string): boolean =>
  mayConnect(view, pod(view, from, namespace), pod(view, 'db'), 3000)
/** Ports that are not that of `db`. */
const otherPorts = [1, 22, 80, 443, 2999, 3001, 3306, 8080, 65535]
/** It is there, and kept out. */
const isKeptOut = (view: ClusterView, from: string, namespace?: string): boolean =>
  pod(view, from, namespace) !== undefined && !reaches(view, from, namespace)

export default {
  transcript: 'network-policy.console',
  minutes: 20,
  level: 3,
  needs: ['7.2', '7.9'],
  start: ['kk apply -f database.yaml', 12],
  exercises: [
    {
      name: 'only-shop',
      kind: 'repeat',
      checks: {
        shop: (view: ClusterView) => reaches(view, 'shop'),
        test: (view: ClusterView) => isKeptOut(view, 'test'),
        port: (view: ClusterView) => {
          const [shop, db] = [pod(view, 'shop'), pod(view, 'db')]
          return db !== undefined && otherPorts.every(port => !mayConnect(view, shop, db, port))
        },
      },
      solution: ['kk apply -f policy-allow-shop.yaml', 5],
    },
    {
      name: 'report-too',
      kind: 'vary',
      start: ['kk apply -f policy-allow-shop.yaml -f data-team.yaml', 12],
      checks: {
        report: (view: ClusterView) => reaches(view, 'report', 'data'),
        shop: (view: ClusterView) => reaches(view, 'shop'),
        other: (view: ClusterView) => isKeptOut(view, 'other', 'data'),
        test: (view: ClusterView) => isKeptOut(view, 'test'),
      },
      solution: [
        `kk patch networkpolicy db-for-shop --type=json -p '[{"op":"add","path":"/spec/ingress/0/from/-","value":{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"data"}},"podSelector":{"matchLabels":{"app":"report"}}}}]'`,
        5,
      ],
    },
    {
      name: 'no-names',
      kind: 'fix',
      start: ['kk apply -f policy-egress.yaml', 5],
      checks: {
        names: (view: ClusterView) => {
          const servers = view.list('pods', { labels: 'k8s-app=kube-dns', namespace: 'kube-system' })
          const ready = servers.filter(isReady)
          return ready.length > 0 && ready.every(each => mayConnect(view, pod(view, 'shop'), each, 53, 'UDP'))
        },
        db: (view: ClusterView) => reaches(view, 'shop'),
        nothing: (view: ClusterView) => {
          const [shop, test] = [pod(view, 'shop'), pod(view, 'test')]
          return (
            test !== undefined &&
            !mayConnect(view, shop, test, 3000) &&
            !mayConnect(view, shop, test, 53) &&
            !mayConnect(view, shop, test, 53, 'UDP')
          )
        },
      },
      solution: [
        'kk exec shop -- curl -sS -m 3 db:3000',
        'kk describe networkpolicy shop-out',
        'kk apply -f policy-dns.yaml',
        5,
      ],
    },
  ],
} satisfies Lesson
