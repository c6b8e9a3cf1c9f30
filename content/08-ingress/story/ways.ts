// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'shop-move-broken.yaml'
const json = (ingress: string, ...changes: readonly object[]) =>
  `kk patch ingress ${ingress} --type=json -p '${JSON.stringify(changes)}'`
const paths = '/spec/rules/0/http/paths'
const port = json('shop', { op: 'replace', path: `${paths}/1/backend/service/port/number`, value: 8080 })
const apart = [
  json('shop', { op: 'remove', path: `${paths}/0` }),
  'kk create ingress hello --class=nginx --rule="shop.example.com/hello*=service-hellok8s-clusterip:3000,tls=shop-tls"',
]
const sign = (host: string, name: string, days = 90) =>
  `openssl req -x509 -nodes -newkey rsa:1024 -days ${days} -keyout ${name}.key -out ${name}.crt -subj /CN=${host} -addext subjectAltName=DNS:${host}`
const renew = [
  sign('shop.example.com', 'shop'),
  'kk create secret tls shop-tls --cert=shop.crt --key=shop.key --dry-run=client -o yaml | kk replace -f -',
]
const adminTls = { hosts: ['admin.example.com'], secretName: 'admin-tls' }
const office = [
  sign('admin.example.com', 'admin'),
  'kk create secret tls admin-tls --cert=admin.crt --key=admin.key',
  `kk patch ingress admin -p '${JSON.stringify({ spec: { ingressClassName: 'nginx', tls: [adminTls] } })}'`,
]
const close = 'kk delete service card-hello card-catalog card-admin'

export default {
  move: {
    right: {
      'one after the other': [port, ...apart, ...renew, ...office, close, 3],
      'in the file': [
        `sed -i 's/number: 80$/number: 8080/; /name: admin-svc/,$s/8080/80/; s/^  name: admin$/&/; s#path: /hello#path: /hello(/|$)(.*)#' ${file}`,
        `sed -i '/^  name: admin$/,$s/^spec:$/spec:\\n  ingressClassName: nginx\\n  tls: [{hosts: [admin.example.com], secretName: admin-tls}]/' ${file}`,
        `sed -i '18,24d' ${file}`,
        `kk apply -f ${file}`,
        apart[1]!,
        ...renew,
        sign('admin.example.com', 'admin'),
        'kk create secret tls admin-tls --cert=admin.crt --key=admin.key',
        close,
        3,
      ],
      'one certificate for all names': [
        port,
        ...apart,
        'openssl req -x509 -nodes -newkey rsa:1024 -days 90 -keyout all.key -out all.crt -subj /CN=example.com -addext "subjectAltName=DNS:*.example.com"',
        'kk create secret tls shop-tls --cert=all.crt --key=all.key --dry-run=client -o yaml | kk replace -f -',
        `kk patch ingress admin -p '${JSON.stringify({ spec: { ingressClassName: 'nginx', tls: [{ ...adminTls, secretName: 'shop-tls' }] } })}'`,
        close,
        3,
      ],
      'a pattern for the greeting that puts its path together again, and thirty days': [
        port,
        json(
          'shop',
          { op: 'replace', path: `${paths}/0/path`, value: '/()(hello.*)' },
          { op: 'replace', path: `${paths}/0/pathType`, value: 'ImplementationSpecific' },
        ),
        sign('shop.example.com', 'shop', 30),
        renew[1]!,
        ...office,
        close,
        3,
      ],
      'the node ports turned into ClusterIP': [
        port,
        ...apart,
        ...renew,
        ...office,
        ...['card-hello', 'card-catalog', 'card-admin'].map(
          name =>
            `kk patch service ${name} --type=json -p '[{"op":"replace","path":"/spec/type","value":"ClusterIP"},{"op":"remove","path":"/spec/ports/0/nodePort"}]'`,
        ),
        3,
      ],
    },
    wrong: {
      'the greeting is still rewritten': [port, ...renew, ...office, close, 3],
      'no certificate for the back office': [
        port,
        ...apart,
        ...renew,
        `kk patch ingress admin -p '{"spec":{"ingressClassName":"nginx"}}'`,
        close,
        3,
      ],
      'a certificate with a common name only': [
        port,
        ...apart,
        renew[0]!.replace(/ -addext .*/, ''),
        renew[1]!,
        ...office,
        close,
        3,
      ],
      'the old certificate': [port, ...apart, ...office, close, 3],
      'the old doors stay open': [port, ...apart, ...renew, ...office, 3],
      'no rewriting: the catalogue sees its prefix': [
        port,
        'kk annotate ingress shop nginx.ingress.kubernetes.io/rewrite-target-',
        ...renew,
        ...office,
        close,
        3,
      ],
      'a catch-all for everybody': [
        port,
        ...apart,
        ...renew,
        'kk create ingress rest --class=nginx --default-backend=httpd-svc:8080',
        ...office,
        close,
        3,
      ],
    },
  },
}
