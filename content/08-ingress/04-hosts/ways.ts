// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const create = (name: string, ...rules: string[]) =>
  `kk create ingress ${name} --class=nginx ${rules.map(rule => `--rule="${rule}"`).join(' ')}`
const json = (ingress: string, op: string, path: string, value?: unknown) =>
  `kk patch ingress ${ingress} --type=json -p '${JSON.stringify([{ op, path, ...(value !== undefined && { value }) }])}'`
const backend = (name: string, number: number) => ({ service: { name, port: { number } } })
const rule = (host: string | undefined, path: string, name: string, number: number) => ({
  ...(host && { host }),
  http: { paths: [{ path, pathType: 'Prefix', backend: backend(name, number) }] },
})
const target = 'kk annotate ingress shop --overwrite nginx.ingress.kubernetes.io/rewrite-target=/\\$2'
const noHello = json('shop', 'remove', '/spec/rules/0/http/paths/0')
const toHello = 'service-hellok8s-clusterip:3000'

export default {
  'third-host': {
    right: {
      'an Ingress of its own': [create('catalog', 'catalog.example.com/*=httpd-svc:8080'), 3],
      'a rule more': [
        json('hosts', 'add', '/spec/rules/-', rule('catalog.example.com', '/', 'httpd-svc', 8080)),
        3,
      ],
      'in the file': [
        "sed -i 's#^  rules:#&\\n    - host: catalog.example.com\\n      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: httpd-svc, port: {number: 8080}}}}]}#' ingress-hosts.yaml",
        'kk apply -f ingress-hosts.yaml',
        3,
      ],
    },
    wrong: {
      'without a host: all strangers too': [create('catalog', '/*=httpd-svc:8080'), 3],
      'only the first page': [create('catalog', 'catalog.example.com/=httpd-svc:8080'), 3],
      'the host of another taken over': [
        json('hosts', 'replace', '/spec/rules/0', rule('catalog.example.com', '/', 'httpd-svc', 8080)),
        3,
      ],
      'a default backend': [
        `kk patch ingress hosts -p '${JSON.stringify({ spec: { defaultBackend: backend('httpd-svc', 8080) } })}'`,
        3,
      ],
    },
  },
  'any-shop': {
    right: {
      'a wildcard of its own': [create('any', `*.example.com/hello*=${toHello}`), 3],
      'in place of the one host': [json('hosts', 'replace', '/spec/rules/0/host', '*.example.com'), 3],
      'a rule more': [
        json(
          'hosts',
          'add',
          '/spec/rules/-',
          rule('*.example.com', '/hello', 'service-hellok8s-clusterip', 3000),
        ),
        3,
      ],
    },
    wrong: {
      'without a host: strangers too': [create('any', `/hello*=${toHello}`), 3],
      'some of them by name': [
        create('any', `north.example.com/hello*=${toHello}`, `south.example.com/hello*=${toHello}`),
        3,
      ],
      'a star for everything': [create('any', `*.com/hello*=${toHello}`), 3],
      'a default backend': [
        `kk patch ingress hosts -p '${JSON.stringify({ spec: { defaultBackend: backend('service-hellok8s-clusterip', 3000) } })}'`,
        3,
      ],
    },
  },
  'same-page': {
    right: {
      'the greeting to a host of its own': [
        noHello,
        target,
        create('hello', `hello.example.com/hello*=${toHello}`),
        3,
      ],
      'as an expression that ends': [
        noHello,
        target,
        `kk create ingress hello --class=nginx --rule="${'shop.example.com'}/hello(/|$)=${toHello}" --dry-run=client -o yaml | sed 's/pathType: .*/pathType: ImplementationSpecific/' | kk create -f -`,
        3,
      ],
      'in the file': [
        'sed -i "s#rewrite-target: /#rewrite-target: /\\$2#; /path: .hello/,/number: 3000/d" ingress-strip-broken.yaml',
        'kk apply -f ingress-strip-broken.yaml',
        create('hello', `hello.example.com/hello*=${toHello}`),
        3,
      ],
    },
    wrong: {
      'the target alone': [target, 3],
      'apart, but on the same host': [
        noHello,
        target,
        create('hello', `shop.example.com/hello*=${toHello}`),
        3,
      ],
      'the wrong group': [
        noHello,
        'kk annotate ingress shop --overwrite nginx.ingress.kubernetes.io/rewrite-target=/\\$1',
        create('hello', `hello.example.com/hello*=${toHello}`),
        3,
      ],
      'no rewriting at all': ['kk annotate ingress shop nginx.ingress.kubernetes.io/rewrite-target-', 3],
    },
  },
}
