import type { ClusterView } from '../../../src/lesson/exercise.ts'
import { routeOf } from '../../../src/lesson/ingress-checks.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { admin, catalog, hello, reaches } from '../checks.ts'

const shop = 'shop.example.com'
const showsAdmin = (view: ClusterView) => reaches(view, ['admin.example.com', '/'], admin)

export default {
  transcript: 'hosts.console',
  minutes: 18,
  level: 2,
  needs: ['8.3'],
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml -f deployment-admin.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
  ],
  exercises: [
    {
      name: 'third-host',
      kind: 'repeat',
      start: ['kk apply -f ingress-hosts.yaml', 3],
      checks: {
        catalog: (view: ClusterView) =>
          ['/', '/index.html'].every(path => reaches(view, ['catalog.example.com', path], catalog)),
        shop: (view: ClusterView) => reaches(view, [shop, '/hello'], hello),
        admin: showsAdmin,
        strangers: (view: ClusterView) => routeOf(view, 'other.example.com', '/') === undefined,
      },
      solution: ['kk create ingress catalog --class=nginx --rule="catalog.example.com/*=httpd-svc:8080"', 3],
    },
    {
      name: 'any-shop',
      kind: 'vary',
      start: ['kk apply -f ingress-hosts.yaml', 3],
      checks: {
        all: (view: ClusterView) =>
          ['north', 'south', 'east'].every(name => reaches(view, [`${name}.example.com`, '/hello'], hello)),
        shop: (view: ClusterView) => reaches(view, [shop, '/hello'], hello),
        admin: showsAdmin,
        strangers: (view: ClusterView) => routeOf(view, 'north.example.org', '/hello') === undefined,
      },
      solution: [
        'kk create ingress any --class=nginx --rule="*.example.com/hello*=service-hellok8s-clusterip:3000"',
        3,
      ],
    },
    {
      name: 'same-page',
      kind: 'fix',
      start: ['kk apply -f ingress-strip-broken.yaml', 3],
      checks: {
        first: (view: ClusterView) => reaches(view, [shop, '/catalog'], catalog, '/'),
        inner: (view: ClusterView) => reaches(view, [shop, '/catalog/books/42'], catalog, '/books/42'),
        hello: (view: ClusterView) =>
          reaches(view, [shop, '/hello'], hello) || reaches(view, ['hello.example.com', '/hello'], hello),
        strict: (view: ClusterView) =>
          [shop, 'hello.example.com'].every(host => routeOf(view, host, '/hellothere') === undefined),
      },
      solution: [
        'kk describe ingress shop',
        `kk patch ingress shop --type=json -p '[{"op":"remove","path":"/spec/rules/0/http/paths/0"}]'`,
        'kk annotate ingress shop --overwrite nginx.ingress.kubernetes.io/rewrite-target=/\\$2',
        'kk create ingress hello --class=nginx --rule="hello.example.com/hello*=service-hellok8s-clusterip:3000"',
        3,
      ],
    },
  ],
} satisfies Lesson
