import type { ClusterView } from '../../../src/lesson/exercise.ts'
import { isRedirected, routeOf } from '../../../src/lesson/ingress-checks.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { admin, hello, reaches, showsGoodCertificate } from '../checks.ts'

const shop = 'shop.example.com'
const back = 'admin.example.com'

const redirects = (view: ClusterView, host: string): boolean => {
  const route = routeOf(view, host, '/hello')
  return route !== undefined && isRedirected(route)
}
const make = (host: string, name: string, days: number, bits = 2048) =>
  `openssl req -x509 -nodes -newkey rsa:${bits} -days ${days} -keyout ${name}.key -out ${name}.crt -subj /CN=${host} -addext subjectAltName=DNS:${host}`

export default {
  transcript: 'tls.console',
  minutes: 18,
  level: 2,
  needs: ['8.4'],
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
  ],
  exercises: [
    {
      name: 'back-office',
      kind: 'repeat',
      start: ['kk apply -f deployment-admin.yaml -f ingress-hosts.yaml', 15],
      checks: {
        certificate: (view: ClusterView) => showsGoodCertificate(view, back, 30),
        backend: (view: ClusterView) => reaches(view, [back, '/'], admin),
        redirect: (view: ClusterView) => {
          const route = routeOf(view, back, '/')
          return route !== undefined && isRedirected(route)
        },
      },
      solution: [
        make(back, 'admin', 90),
        'kk create secret tls admin-tls --cert=admin.crt --key=admin.key',
        `kk patch ingress hosts -p '{"spec":{"tls":[{"hosts":["admin.example.com"],"secretName":"admin-tls"}]}}'`,
        3,
      ],
    },
    {
      name: 'both-ways',
      kind: 'vary',
      start: [
        make(shop, 'shop', 90, 1024),
        'kk create secret tls shop-tls --cert=shop.crt --key=shop.key',
        'kk apply -f ingress-tls.yaml',
        3,
      ],
      checks: {
        plain: (view: ClusterView) => reaches(view, [shop, '/hello'], hello) && !redirects(view, shop),
        certificate: (view: ClusterView) => showsGoodCertificate(view, shop),
      },
      solution: ['kk annotate ingress shop nginx.ingress.kubernetes.io/ssl-redirect=false', 3],
    },
    {
      name: 'saturday',
      kind: 'fix',
      start: [
        make(shop, 'shop', 0, 1024),
        'kk create secret tls shop-tls --cert=shop.crt --key=shop.key',
        'kk apply -f ingress-tls.yaml',
        3,
      ],
      checks: {
        certificate: (view: ClusterView) => showsGoodCertificate(view, shop, 30),
        redirect: (view: ClusterView) => redirects(view, shop),
        backend: (view: ClusterView) => reaches(view, [shop, '/hello'], hello),
      },
      solution: [
        `curl -sS --resolve ${shop}:30443:10.0.2.3 --cacert shop.crt https://${shop}:30443/hello`,
        'openssl x509 -in shop.crt -noout -dates',
        `openssl req -x509 -key shop.key -days 90 -out shop.crt -subj /CN=${shop} -addext subjectAltName=DNS:${shop}`,
        'kk create secret tls shop-tls --cert=shop.crt --key=shop.key --dry-run=client -o yaml | kk replace -f -',
        3,
      ],
    },
  ],
} satisfies Lesson
