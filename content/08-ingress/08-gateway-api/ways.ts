// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const route = (name: string, spec: object) =>
  `echo '${JSON.stringify({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name }, spec })}' | kk apply -f -`
const to = (name: string, port: number, weight?: number) => ({
  name,
  port,
  ...(weight !== undefined && { weight }),
})
const prefix = (value: string) => [{ path: { type: 'PathPrefix', value } }]
const door = [{ name: 'door' }]
const back = ['admin.example.com']
const json = (path: string, value: unknown, op = 'replace') =>
  `kk patch httproute shop --type=json -p '${JSON.stringify([{ op, path, value }])}'`
const replaceBy = (replacePrefixMatch: string) => [
  { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch } } },
]
const strip = replaceBy('/')
const shares = (old: number, next: number) =>
  json('/spec/rules/0/backendRefs', [
    to('service-hellok8s-clusterip', 3000, old),
    to('hello-next', 3000, next),
  ])

export default {
  translate: {
    right: {
      'with a match': [
        route('admin', {
          parentRefs: door,
          hostnames: back,
          rules: [{ matches: prefix('/'), backendRefs: [to('admin-svc', 80)] }],
        }),
        3,
      ],
      'without a match: all paths': [
        route('admin', {
          parentRefs: door,
          hostnames: back,
          rules: [{ backendRefs: [to('admin-svc', 80)] }],
        }),
        3,
      ],
      'a path without its type': [
        route('office', {
          parentRefs: door,
          hostnames: back,
          rules: [{ matches: [{ path: { value: '/' } }], backendRefs: [to('admin-svc', 80)] }],
        }),
        3,
      ],
    },
    wrong: {
      'attached to nothing': [
        route('admin', { hostnames: back, rules: [{ backendRefs: [to('admin-svc', 80)] }] }),
        3,
      ],
      'only the first page': [
        route('admin', {
          parentRefs: door,
          hostnames: back,
          rules: [{ matches: [{ path: { type: 'Exact', value: '/' } }], backendRefs: [to('admin-svc', 80)] }],
        }),
        3,
      ],
      'for all hosts': [
        route('admin', { parentRefs: door, rules: [{ backendRefs: [to('admin-svc', 80)] }] }),
        3,
      ],
      'the port of somebody else': [
        route('admin', {
          parentRefs: door,
          hostnames: back,
          rules: [{ backendRefs: [to('admin-svc', 8080)] }],
        }),
        3,
      ],
    },
  },
  'one-tenth': {
    right: {
      '90 and 10': [shares(90, 10), 3],
      '9 and 1': [shares(9, 1), 3],
      'in the file': [
        "sed -i 's/          port: 3000/&\\n          weight: 90\\n        - name: hello-next\\n          port: 3000\\n          weight: 10/' httproute.yaml",
        'kk apply -f httproute.yaml',
        3,
      ],
    },
    wrong: {
      'half each': [
        json('/spec/rules/0/backendRefs', [to('service-hellok8s-clusterip', 3000), to('hello-next', 3000)]),
        3,
      ],
      'ten to one': [shares(10, 1), 3],
      'the other way round': [shares(1, 9), 3],
      'the catalogue sees its prefix': [json('/spec/rules/1/filters', []), shares(9, 1), 3],
      'all at once': [json('/spec/rules/0/backendRefs', [to('hello-next', 3000)]), 3],
    },
  },
  'not-the-same': {
    right: {
      'three patches': [
        json('/spec/parentRefs/0/name', 'door'),
        json('/spec/rules/0/matches/0/path/type', 'PathPrefix'),
        json('/spec/rules/1/filters', strip, 'add'),
        3,
      ],
      'the prefix replaced by nothing': [
        json('/spec/parentRefs/0/name', 'door'),
        json('/spec/rules/0/matches/0/path/type', 'PathPrefix'),
        json('/spec/rules/1/filters', replaceBy(''), 'add'),
        3,
      ],
      'in the file': [
        "sed -i 's/name: gate/name: door/; s/Exact/PathPrefix/; s#            value: /catalog#&\\n      filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]#' httproute-broken.yaml",
        'kk apply -f httproute-broken.yaml',
        3,
      ],
      'a Gateway of that name': [
        "sed 's/name: door/name: gate/' gateway.yaml | kk apply -f -",
        json('/spec/rules/0/matches/0/path/type', 'PathPrefix'),
        json('/spec/rules/1/filters', strip, 'add'),
        3,
      ],
    },
    wrong: {
      'the name alone': [json('/spec/parentRefs/0/name', 'door'), 3],
      'the prefix not taken away': [
        json('/spec/parentRefs/0/name', 'door'),
        json('/spec/rules/0/matches/0/path/type', 'PathPrefix'),
        3,
      ],
      'still exact': [
        json('/spec/parentRefs/0/name', 'door'),
        json('/spec/rules/1/filters', strip, 'add'),
        3,
      ],
      'another prefix instead of none': [
        json('/spec/parentRefs/0/name', 'door'),
        json('/spec/rules/0/matches/0/path/type', 'PathPrefix'),
        json('/spec/rules/1/filters', replaceBy('/books'), 'add'),
        3,
      ],
    },
  },
}
