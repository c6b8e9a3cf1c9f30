// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const create = (rules: readonly string[], more = '--class=nginx') =>
  `kk create ingress door ${more} ${rules.map(rule => `--rule="${rule}"`).join(' ')}`
const toHello = '/hello*=service-hellok8s-clusterip:3000'
const json = (ingress: string, index: number, where: string, value: unknown) =>
  `kk patch ingress ${ingress} --type=json -p '${JSON.stringify([{ op: 'replace', path: `/spec/rules/0/http/paths/${index}/${where}`, value }])}'`
const file = 'ingress-two-broken.yaml'

export default {
  'no-file': {
    right: {
      'two rules': [create([toHello, '/*=httpd-svc:8080']), 3],
      'the longer one last': [create(['/*=httpd-svc:8080', toHello]), 3],
      'from the file of the lesson': [
        "sed 's#path: /httpd#path: /#' ingress-hellok8s.yaml | kk create -f -",
        3,
      ],
      'the class given later': [
        create([toHello, '/*=httpd-svc:8080'], ''),
        `kk patch ingress door -p '{"spec":{"ingressClassName":"nginx"}}'`,
        3,
      ],
    },
    wrong: {
      'without the star: only these two paths': [
        create(['/hello=service-hellok8s-clusterip:3000', '/=httpd-svc:8080']),
        3,
      ],
      'without a class': [create([toHello, '/*=httpd-svc:8080'], ''), 3],
      'the port of the container': [create([toHello, '/*=httpd-svc:80']), 3],
      'the catalogue at a path of its own': [create([toHello, '/httpd*=httpd-svc:8080']), 3],
    },
  },
  exactly: {
    right: {
      'the type of the path': [json('shop', 0, 'pathType', 'Exact'), 3],
      'in the file': ["sed -i '13s/Prefix/Exact/' ingress-shop.yaml", 'kk apply -f ingress-shop.yaml', 3],
      'made anew': [
        'kk delete ingress shop',
        create(['/hello=service-hellok8s-clusterip:3000', '/*=httpd-svc:8080']),
        3,
      ],
    },
    wrong: {
      'both exact': ["sed -i 's/Prefix/Exact/' ingress-shop.yaml", 'kk apply -f ingress-shop.yaml', 3],
      'the other one': [json('shop', 1, 'pathType', 'Exact'), 3],
      'up to the controller': [json('shop', 0, 'pathType', 'ImplementationSpecific'), 3],
      'the path taken away': [
        `kk patch ingress shop --type=json -p '[{"op":"remove","path":"/spec/rules/0/http/paths/0"}]'`,
        3,
      ],
    },
  },
  'two-slips': {
    right: {
      'two patches': [
        json('hellok8s-ingress', 1, 'backend/service/name', 'httpd-svc'),
        json('hellok8s-ingress', 1, 'pathType', 'Prefix'),
        3,
      ],
      'in the file': [
        `sed -i 's/name: httpd$/name: httpd-svc/; s/Exact/Prefix/' ${file}`,
        `kk apply -f ${file}`,
        3,
      ],
      'another Ingress for the rest': [
        json('hellok8s-ingress', 1, 'backend/service/name', 'httpd-svc'),
        create(['/*=httpd-svc:8080']),
        3,
      ],
    },
    wrong: {
      'the name alone': [json('hellok8s-ingress', 1, 'backend/service/name', 'httpd-svc'), 3],
      'the type alone': [json('hellok8s-ingress', 1, 'pathType', 'Prefix'), 3],
      'everything to the greeting': [
        json('hellok8s-ingress', 1, 'backend/service', {
          name: 'service-hellok8s-clusterip',
          port: { number: 3000 },
        }),
        json('hellok8s-ingress', 1, 'pathType', 'Prefix'),
        3,
      ],
      'the port of the container too': [
        json('hellok8s-ingress', 1, 'backend/service', { name: 'httpd-svc', port: { number: 80 } }),
        json('hellok8s-ingress', 1, 'pathType', 'Prefix'),
        3,
      ],
    },
  },
}
