import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { anyHost, catalog, hello, reaches } from '../checks.ts'

const greets = (view: ClusterView) => reaches(view, [anyHost, '/hello'], hello)
const greetsBelow = (view: ClusterView) => reaches(view, [anyHost, '/hello/there'], hello)
const showsCatalog = (view: ClusterView, ...paths: string[]) =>
  paths.every(path => reaches(view, [anyHost, path], catalog))

export default {
  transcript: 'two-backends.console',
  minutes: 15,
  level: 2,
  needs: ['8.1'],
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
  ],
  exercises: [
    {
      name: 'no-file',
      kind: 'repeat',
      checks: {
        hello: (view: ClusterView) => greets(view) && greetsBelow(view),
        catalog: (view: ClusterView) => showsCatalog(view, '/', '/index.html'),
        one: (view: ClusterView) => view.list('ingresses').length === 1,
      },
      solution: [
        'kk create ingress door --class=nginx --rule="/hello*=service-hellok8s-clusterip:3000" --rule="/*=httpd-svc:8080"',
        3,
      ],
    },
    {
      name: 'exactly',
      kind: 'vary',
      start: ['kk apply -f ingress-shop.yaml', 3],
      checks: {
        hello: greets,
        below: (view: ClusterView) => showsCatalog(view, '/hello/there', '/hello/'),
        catalog: (view: ClusterView) => showsCatalog(view, '/', '/index.html'),
      },
      solution: [
        `kk patch ingress shop --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/pathType","value":"Exact"}]'`,
        3,
      ],
    },
    {
      name: 'two-slips',
      kind: 'fix',
      start: ['kk apply -f ingress-two-broken.yaml', 3],
      checks: {
        first: (view: ClusterView) => showsCatalog(view, '/'),
        all: (view: ClusterView) => showsCatalog(view, '/index.html', '/books/42'),
        hello: greets,
      },
      solution: [
        'kk describe ingress hellok8s-ingress',
        'kk get services',
        "sed -i 's/name: httpd$/name: httpd-svc/; s/Exact/Prefix/' ingress-two-broken.yaml",
        'kk apply -f ingress-two-broken.yaml',
        3,
      ],
    },
  ],
} satisfies Lesson
