import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { anyHost, catalog, hello, reaches } from '../checks.ts'

const install = [
  'kk apply -f nginx-ingress.yaml',
  'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
]
const greets = (view: ClusterView) => reaches(view, [anyHost, '/hello'], hello)
const showsCatalog = (view: ClusterView) =>
  ['/', '/index.html'].every(path => reaches(view, [anyHost, path], catalog))

/** Whether no Service opens a port on the nodes for these pods. */
const isClosed = (view: ClusterView, app: string): boolean =>
  !view
    .list('services')
    .some(
      ({ spec }) => spec.selector?.app === app && (spec.type === 'NodePort' || spec.type === 'LoadBalancer'),
    )

/** Whether one of these Services takes a port of the nodes, wherever it leads. */
const holdsPort = (view: ClusterView, ...names: string[]): boolean =>
  names.some(name => view.get('services', name)?.spec.ports?.some(each => each.nodePort))

export default {
  transcript: 'why.console',
  minutes: 15,
  level: 2,
  needs: ['7.2', '7.3', '7.4'],
  start: [
    'kk apply -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml -f deployment-admin.yaml -f services-card.yaml',
    20,
  ],
  exercises: [
    {
      name: 'second-path',
      kind: 'repeat',
      start: [...install, 'kk apply -f ingress-shop.yaml', 3],
      checks: {
        greet: (view: ClusterView) => reaches(view, [anyHost, '/greet'], hello),
        hello: greets,
        catalog: showsCatalog,
      },
      solution: [
        `kk patch ingress shop --type=json -p '[{"op":"add","path":"/spec/rules/0/http/paths/0","value":{"path":"/greet","pathType":"Prefix","backend":{"service":{"name":"service-hellok8s-clusterip","port":{"number":3000}}}}}]'`,
        3,
      ],
    },
    {
      name: 'close-doors',
      kind: 'vary',
      start: install,
      checks: {
        hello: greets,
        catalog: showsCatalog,
        closed: (view: ClusterView) =>
          isClosed(view, 'hellok8s') &&
          isClosed(view, 'httpd') &&
          !holdsPort(view, 'card-hello', 'card-catalog'),
        admin: (view: ClusterView) => !isClosed(view, 'admin'),
      },
      solution: ['kk apply -f ingress-shop.yaml', 'kk delete service card-hello card-catalog', 3],
    },
    {
      name: 'all-404',
      kind: 'fix',
      start: [...install, 'kk apply -f ingress-shop-broken.yaml', 3],
      checks: { hello: greets, catalog: showsCatalog },
      solution: [
        'kk get ingress,ingressclass',
        `kk patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'`,
        'curl -s 10.0.2.3:30080/hello',
        'kk describe ingress shop',
        'kk get services',
        `kk patch ingress shop --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/port/number","value":3000}]'`,
        3,
      ],
    },
  ],
} satisfies Lesson
