// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const make = (host: string, name: string, days = 90) =>
  `openssl req -x509 -nodes -newkey rsa:1024 -days ${days} -keyout ${name}.key -out ${name}.crt -subj /CN=${host} -addext subjectAltName=DNS:${host}`
const secret = (name: string, files: string) =>
  `kk create secret tls ${name} --cert=${files}.crt --key=${files}.key`
const again = `${secret('shop-tls', 'shop')} --dry-run=client -o yaml | kk replace -f -`
const tls = (ingress: string, host: string, secretName: string) =>
  `kk patch ingress ${ingress} -p '${JSON.stringify({ spec: { tls: [{ hosts: [host], secretName }] } })}'`
const back = 'admin.example.com'
const shop = 'shop.example.com'
const prefix = 'nginx.ingress.kubernetes.io'

export default {
  'back-office': {
    right: {
      'certificate, Secret, Ingress': [
        make(back, 'admin'),
        secret('admin-tls', 'admin'),
        tls('hosts', back, 'admin-tls'),
        3,
      ],
      'the Ingress first': [
        tls('hosts', back, 'admin-tls'),
        make(back, 'admin'),
        secret('admin-tls', 'admin'),
        3,
      ],
      'thirty days and no more': [
        make(back, 'admin', 30),
        secret('admin-tls', 'admin'),
        tls('hosts', back, 'admin-tls'),
        3,
      ],
      'a certificate for all names': [
        make('*.example.com', 'all'),
        secret('all-tls', 'all'),
        tls('hosts', back, 'all-tls'),
        3,
      ],
      'an Ingress of its own': [
        make(back, 'admin'),
        secret('admin-tls', 'admin'),
        `kk patch ingress hosts --type=json -p '[{"op":"remove","path":"/spec/rules/1"}]'`,
        `kk create ingress admin --class=nginx --rule="${back}/*=admin-svc:80,tls=admin-tls"`,
        3,
      ],
    },
    wrong: {
      'no Secret': [tls('hosts', back, 'admin-tls'), 3],
      'a certificate for another name': [
        make(shop, 'admin'),
        secret('admin-tls', 'admin'),
        tls('hosts', back, 'admin-tls'),
        3,
      ],
      'a Secret in the namespace of the controller': [
        make(back, 'admin'),
        `${secret('admin-tls', 'admin')} -n ingress-nginx`,
        tls('hosts', back, 'admin-tls'),
        3,
      ],
      'for the other host': [
        make(back, 'admin'),
        secret('admin-tls', 'admin'),
        tls('hosts', shop, 'admin-tls'),
        3,
      ],
    },
  },
  'both-ways': {
    right: {
      annotate: [`kk annotate ingress shop ${prefix}/ssl-redirect=false`, 3],
      'in the file': [
        `sed -i 's#^  name: shop$#&\\n  annotations: {${prefix}/ssl-redirect: "false"}#' ingress-tls.yaml`,
        'kk apply -f ingress-tls.yaml',
        3,
      ],
      patch: [
        `kk patch ingress shop -p '{"metadata":{"annotations":{"${prefix}/ssl-redirect":"false"}}}'`,
        3,
      ],
    },
    wrong: {
      'no TLS any more': [`kk patch ingress shop --type=json -p '[{"op":"remove","path":"/spec/tls"}]'`, 3],
      'the annotation of another': [`kk annotate ingress shop ${prefix}/force-ssl-redirect=false`, 3],
      'the Secret deleted': ['kk delete secret shop-tls', 3],
    },
  },
  saturday: {
    right: {
      'the same Secret, replaced': [make(shop, 'shop'), again, 3],
      'deleted and made anew': [
        make(shop, 'shop'),
        'kk delete secret shop-tls',
        secret('shop-tls', 'shop'),
        3,
      ],
      'another Secret': [make(shop, 'new'), secret('new-tls', 'new'), tls('shop', shop, 'new-tls'), 3],
      'piped through apply, with the days that openssl takes by itself': [
        make(shop, 'shop').replace(' -days 90', ''),
        again.replace('replace', 'apply'),
        3,
      ],
    },
    wrong: {
      'only the file': [make(shop, 'shop'), 3],
      'a common name only: browsers do not look at it': [
        make(shop, 'shop').replace(/ -addext .*/, ''),
        again,
        3,
      ],
      'the controller begun anew': [
        'kk rollout restart -n ingress-nginx deployment/ingress-nginx-controller',
        40,
      ],
      'good for one day': [make(shop, 'shop', 1), again, 3],
      'without TLS': [`kk patch ingress shop --type=json -p '[{"op":"remove","path":"/spec/tls"}]'`, 3],
      'for www': [make('www.example.com', 'shop'), again, 3],
    },
  },
}
