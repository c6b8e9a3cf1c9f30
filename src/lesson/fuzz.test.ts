// Whatever is asked of a world that keeps running: nothing is thrown out of it, no piece of its work fails in a way that
// no cluster knows, time goes on, every answer has a form that a client knows, and other objects still come to be.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whole } from '../../tests/sample.ts'
import { ApiError } from '../api/errors.ts'
import type { ApiRequest } from '../api/types.ts'
import { World } from './world.ts'

const seed = 20_261_123

const junk = fc.constantFrom<unknown>(
  ...[null, '', -1, 0, 1e20, true, [], {}, [null], 'x'.repeat(300), '__proto__', '200%', '中', { a: null }],
)
const shellOf = (text: string) => ['sh', '-c', text]
const container = fc.record({
  name: fc.constant('c'),
  image: fc.constantFrom('busybox', 'nginx', 'leigg/hellok8s:v1', 'nosuch:v9'),
  command: fc.constantFrom(
    undefined,
    shellOf('while :; do :; done'),
    shellOf('yes'),
    shellOf('head -5 /dev/zero | wc -l'),
    shellOf('echo {1..9}{1..9}{1..9}{1..9}{1..9}{1..9}{1..9}'),
    shellOf('exit 1'),
    ['nosuch'],
  ),
  readinessProbe: fc.constantFrom(undefined, { exec: { command: ['false'] }, periodSeconds: 1 }),
})
const labels = { app: 'a' }
const spec = container.map(each => ({ containers: [each] }))
const template = spec.map(value => ({ metadata: { labels }, spec: value }))
const replicas = fc.constantFrom(0, 1, 3, 30, 1e9)
const selector = { matchLabels: labels }
const metadata = fc.record({
  name: fc.constantFrom('a', 'b'),
  labels: fc.constant(labels),
  finalizers: fc.constantFrom(undefined, undefined, ['x/y'], ['foregroundDeletion']),
  ownerReferences: fc.constantFrom(undefined, undefined, [
    { apiVersion: 'nope/v1', kind: 'Nope', name: 'a', uid: 'u', blockOwnerDeletion: true },
  ]),
})

const namespaced = (root: string, plural: string) => `${root}/namespaces/default/${plural}`
const apps = '/apis/apps/v1'
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const objects: fc.Arbitrary<{
  path: string
  body: { metadata: { name: string; labels?: object }; spec: unknown }
}> = fc.oneof(
  ...(
    [
      [namespaced('/api/v1', 'pods'), spec],
      [namespaced(apps, 'deployments'), fc.record({ replicas, template, selector: fc.constant(selector) })],
      [
        namespaced(apps, 'statefulsets'),
        fc.record({
          replicas,
          template,
          selector: fc.constant(selector),
          serviceName: fc.constant('a'),
          podManagementPolicy: fc.constantFrom('OrderedReady', 'Parallel'),
        }),
      ],
      [namespaced(apps, 'daemonsets'), fc.record({ template, selector: fc.constant(selector) })],
      [
        namespaced('/apis/batch/v1', 'jobs'),
        spec.map(value => ({ parallelism: 2, template: { spec: { ...value, restartPolicy: 'Never' } } })),
      ],
      [namespaced('/api/v1', 'services'), fc.constant({ selector: labels, ports: [{ port: 80 }] })],
      [
        definitions,
        fc.constant({
          group: 'b.c',
          scope: 'Namespaced',
          names: { plural: 'a', kind: 'A' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object', properties: { a: { type: 'string' } } } },
              additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.a' }],
            },
          ],
        }),
      ],
    ] as [string, fc.Arbitrary<unknown>][]
  ).map(([path, value]) =>
    fc.record({ path: fc.constant(path), body: fc.record({ metadata, spec: value }) }),
  ),
)

/** Puts junk in the place of one value, chosen by `at`. */
function damaged(value: unknown, at: number, bad: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(value))
  const places: [Record<string, unknown>, string][] = []
  const walk = (node: unknown): void => {
    if (node && typeof node === 'object')
      for (const [name, value] of Object.entries(node)) {
        places.push([node as Record<string, unknown>, name])
        walk(value)
      }
  }
  walk(copy)
  const [node, name] = places[at % places.length]!
  node[name] = bad
  return copy
}

const damage = fc.option(fc.tuple(fc.nat(200), junk), { freq: 3 })
const important = fc.constantFrom(
  '/api/v1/nodes/k8s-master',
  '/api/v1/namespaces/kube-system/pods/kube-apiserver-k8s-master',
  '/api/v1/namespaces/kube-system/services/kube-dns',
  '/api/v1/namespaces/default/services/kubernetes',
  '/apis/apps/v1/namespaces/kube-system/deployments/coredns',
  '/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy',
)
const step = fc.oneof(
  fc.record({ type: fc.constant('create' as const), object: objects, damage }),
  fc.record({ type: fc.constant('change' as const), object: objects, damage, put: fc.boolean() }),
  fc.record({ type: fc.constant('delete' as const), object: objects, foreground: fc.boolean() }),
  fc.record({ type: fc.constant('break' as const), path: important }),
  fc.record({
    type: fc.constant('type' as const),
    text: fc.constantFrom(
      'kubectl get pods -w',
      'yes',
      'head 9 /dev/zero',
      'kubectl describe pods',
      'kubectl logs -f deploy/a',
      'iptables-save -t x',
      'cat',
      '"',
      'kubectl delete pods --all --wait=false',
    ),
    interrupts: fc.nat(2),
  }),
)

type Step = [typeof step extends fc.Arbitrary<infer T> ? T : never, number]
const create = (path: string, spec: unknown, name = 'a'): Step => [
  {
    type: 'create',
    object: { path, body: { metadata: { name, labels }, spec } },
    damage: null,
  },
  5000,
]
const pods = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
const version = { name: 'v1', served: true, storage: true, additionalPrinterColumns: 'none' }
/** What was found once. */
const found: [Step[]][] = [
  [
    [
      create(namespaced(apps, 'statefulsets'), {
        replicas: 1e9,
        selector,
        serviceName: 'a',
        podManagementPolicy: 'Parallel',
        template: pods,
      }),
    ],
  ],
  [
    [
      create(definitions, { group: 'b.c', scope: 'Cluster', names: { plural: 'a' }, versions: [version] }),
      create(definitions, {
        group: 'b.c',
        scope: 'Cluster',
        names: { plural: 'a', kind: 'A' },
        versions: [version],
      }),
    ],
  ],
]

test(`a world survives random objects, changes, deletions, typing and Ctrl-C (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.constantFrom(0, 5, 500, 5000)), { maxLength: 8 }), steps => {
      const failures: string[] = []
      const world = new World({
        seed,
        onError(error, key) {
          // A sync that the API refuses, and kinds that an owner names and nobody serves, are tried again: no fault.
          const isTriedAgain = error instanceof ApiError || /^no kind /.test((error as Error).message)
          if (key === 'event' || !isTriedAgain) failures.push(`${key}: ${(error as Error).stack}`)
        },
      })
      const { api } = world.cluster
      const send = (request: ApiRequest) => {
        const { code, body } = api.handle(request)
        expect(typeof body?.kind).toBe('string')
        if (code >= 300) expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code })
        expect(body.message ?? '').not.toMatch(/Internal error occurred: (?:Cannot|.* is not|undefined)/)
      }
      for (const [each, pause] of steps) {
        if (each.type === 'type') {
          world.type(1, each.text)
          world.advance(pause)
          for (let i = 0; i < each.interrupts; i++) world.interrupt(1)
        } else if (each.type === 'break') send({ method: 'DELETE', path: each.path })
        else {
          const { path, body } = each.object
          const one = `${path}/${body.metadata.name}`
          if (each.type === 'delete') {
            const propagationPolicy = each.foreground ? 'Foreground' : 'Background'
            send({ method: 'DELETE', path: one, body: { propagationPolicy } })
          } else {
            if (path.includes('apiextensions')) body.metadata = { name: 'a.b.c' }
            const value = each.damage ? damaged(body, ...each.damage) : body
            if (each.type === 'create') send({ method: 'POST', path, body: value })
            else if (each.put) send({ method: 'PUT', path: one, body: value })
            else
              send({ method: 'PATCH', path: one, body: value, contentType: 'application/merge-patch+json' })
          }
        }
        world.advance(pause)
      }
      const before = world.elapsed
      world.interrupt(1)
      world.advance(10_000)
      expect(world.elapsed - before).toBe(10_000)
      send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'other' } } })
      world.advance(1000)
      const path = '/apis/apps/v1/namespaces/other/replicasets'
      const other = {
        replicas: 2,
        selector,
        template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      }
      send({ method: 'POST', path, body: { metadata: { name: 'other' }, spec: other } })
      world.advance(20_000)
      expect(api.handle({ method: 'GET', path: `${path}/other` }).body.status.replicas).toBe(2)
      expect(failures).toEqual([])
    }),
    { seed, numRuns: whole ? 200 : 12, examples: found },
  )
}, 300_000)
