import type { ClusterView } from '../../../src/lesson/exercise.ts'
import { isRedirected, routeOf } from '../../../src/lesson/ingress-checks.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { admin, catalog, hello, reaches, showsGoodCertificate } from '../checks.ts'

const shop = 'shop.example.com'
const back = 'admin.example.com'

/** Whether a host shows a certificate of its own, signed for thirty days at least, and sends plain requests to HTTPS. */
const isSecure = (view: ClusterView, host: string, path: string): boolean => {
  const route = routeOf(view, host, path)
  return showsGoodCertificate(view, host, 30) && route !== undefined && isRedirected(route)
}
const sign = (host: string, name: string, more: string) =>
  `openssl req -x509 ${more} -days 90 -out ${name}.crt -subj /CN=${host} -addext subjectAltName=DNS:${host}`

export default {
  transcript: 'story.console',
  minutes: 30,
  level: 3,
  needs: ['8.1', '8.4', '8.5'],
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml -f deployment-admin.yaml -f services-card.yaml',
    'openssl req -x509 -nodes -newkey rsa:1024 -days 0 -keyout shop.key -out shop.crt -subj /CN=shop.example.com -addext subjectAltName=DNS:shop.example.com',
    'kk create secret tls shop-tls --cert=shop.crt --key=shop.key',
    'kk apply -f shop-move-broken.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
    5,
  ],
  exercises: [
    {
      name: 'move',
      kind: 'fix',
      checks: {
        hello: (view: ClusterView) => reaches(view, [shop, '/hello'], hello),
        catalog: (view: ClusterView) =>
          reaches(view, [shop, '/catalog'], catalog, '/') &&
          reaches(view, [shop, '/catalog/books/42'], catalog, '/books/42'),
        admin: (view: ClusterView) =>
          reaches(view, [back, '/'], admin) && reaches(view, [back, '/orders'], admin),
        'shop-tls': (view: ClusterView) => isSecure(view, shop, '/hello') && isSecure(view, shop, '/catalog'),
        'admin-tls': (view: ClusterView) => isSecure(view, back, '/'),
        doors: (view: ClusterView) => view.list('services').every(({ spec }) => spec.type === 'ClusterIP'),
        strangers: (view: ClusterView) =>
          ['other.example.com', '10.0.2.3'].every(host => routeOf(view, host, '/hello') === undefined),
      },
      solution: [
        'kk describe ingress',
        `kk patch ingress shop --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/1/backend/service/port/number","value":8080},{"op":"remove","path":"/spec/rules/0/http/paths/0"}]'`,
        'kk create ingress hello --class=nginx --rule="shop.example.com/hello*=service-hellok8s-clusterip:3000,tls=shop-tls"',
        sign(shop, 'shop', '-key shop.key'),
        'kk create secret tls shop-tls --cert=shop.crt --key=shop.key --dry-run=client -o yaml | kk replace -f -',
        sign(back, 'admin', '-nodes -newkey rsa:2048 -keyout admin.key'),
        'kk create secret tls admin-tls --cert=admin.crt --key=admin.key',
        `kk patch ingress admin -p '{"spec":{"ingressClassName":"nginx","tls":[{"hosts":["admin.example.com"],"secretName":"admin-tls"}]}}'`,
        3,
        'kk delete service card-hello card-catalog card-admin',
        3,
      ],
    },
  ],
} satisfies Lesson
