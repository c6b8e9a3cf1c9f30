import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { admin, catalog, hello } from '../checks.ts'

const group = 'gateway.networking.k8s.io/v1'

/** What is looked at of an HTTPRoute: its definition comes with the lesson. */
type Route = Change['object'] & {
  readonly spec: {
    readonly hostnames?: readonly string[]
    readonly parentRefs?: readonly { readonly name: string }[]
    readonly rules?: readonly RouteRule[]
  }
}
interface RouteRule {
  readonly matches?: readonly { readonly path?: { readonly type?: string; readonly value?: string } }[]
  readonly filters?: readonly {
    readonly type: string
    readonly urlRewrite?: { readonly path?: { readonly replacePrefixMatch?: string } }
  }[]
  readonly backendRefs?: readonly {
    readonly name: string
    readonly port?: number
    readonly weight?: number
  }[]
}

const routes = (view: ClusterView, host: string): readonly Route[] =>
  (view.list(`httproutes.${group}`) as readonly Route[]).filter(({ spec }) => spec.hostnames?.includes(host))

/** Whether it names a Gateway that is there. */
const isAttached = (view: ClusterView, { spec }: Route): boolean =>
  spec.parentRefs?.some(({ name }) => view.get(`gateways.${group}`, name) !== undefined) ?? false

/** The rules for a path of that type; a rule without matches is for all paths. */
const rulesFor = (found: readonly Route[], type: string, value: string): readonly RouteRule[] =>
  found
    .flatMap(({ spec }) => spec.rules ?? [])
    .filter(({ matches = [{}] }) =>
      matches.some(
        ({ path = {} }) =>
          (path.type ?? 'PathPrefix') === type && (path.value ?? '/').replace(/(.)\/$/, '$1') === value,
      ),
    )
const leadsTo = (rule: RouteRule, [name, port]: readonly [name: string, port: number]): boolean =>
  rule.backendRefs?.length === 1 && rule.backendRefs[0]?.name === name && rule.backendRefs[0].port === port

/** Whether the matched prefix is taken away; to replace it by nothing is the same as by `/`. */
const isStripped = (rule: RouteRule): boolean =>
  /^\/?$/.test(
    rule.filters?.find(each => each.type === 'URLRewrite')?.urlRewrite?.path?.replacePrefixMatch ?? 'kept',
  )
const leadsToCatalog = (view: ClusterView): boolean =>
  rulesFor(routes(view, shop), 'PathPrefix', '/catalog').some(
    rule => leadsTo(rule, catalog) && isStripped(rule),
  )

const shop = 'shop.example.com'
const adminRoute = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: admin
spec:
  parentRefs:
    - name: door
  hostnames:
    - admin.example.com
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /
      backendRefs:
        - name: admin-svc
          port: 80
`
const prepare = ['kk apply -f gateway-crds.yaml', 2, 'kk apply -f gateway.yaml']

export default {
  transcript: 'gateway-api.console',
  minutes: 18,
  level: 2,
  needs: ['8.4'],
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml -f deployment-admin.yaml -f ingress-hosts.yaml -f ingress-rewrite.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
  ],
  exercises: [
    {
      name: 'translate',
      kind: 'repeat',
      start: prepare,
      checks: {
        host: (view: ClusterView) => routes(view, 'admin.example.com').some(each => isAttached(view, each)),
        backend: (view: ClusterView) =>
          rulesFor(routes(view, 'admin.example.com'), 'PathPrefix', '/').some(rule => leadsTo(rule, admin)),
        ingress: (view: ClusterView) => view.get('ingresses', 'hosts') !== undefined,
      },
      solution: [`kk apply -f - <<'END'\n${adminRoute}END`, 3],
    },
    {
      name: 'one-tenth',
      kind: 'vary',
      start: [
        ...prepare,
        'kk apply -f httproute.yaml',
        'kk expose deployment hellok8s-go-http --name=hello-next --port=3000',
        3,
      ],
      checks: {
        share: (view: ClusterView) =>
          rulesFor(routes(view, shop), 'PathPrefix', '/hello').some(({ backendRefs = [] }) => {
            const weight = (name: string): number | undefined =>
              backendRefs.find(each => each.name === name && each.port === 3000)?.weight
            const [old, next] = [weight(hello[0]), weight('hello-next')]
            return (
              backendRefs.length === 2 &&
              old !== undefined &&
              next !== undefined &&
              next > 0 &&
              old === 9 * next
            )
          }),
        catalog: leadsToCatalog,
      },
      solution: [
        "sed -i 's/          port: 3000/&\\n          weight: 90\\n        - name: hello-next\\n          port: 3000\\n          weight: 10/' httproute.yaml",
        'kk apply -f httproute.yaml',
        3,
      ],
    },
    {
      name: 'not-the-same',
      kind: 'fix',
      start: [...prepare, 'kk apply -f httproute-broken.yaml', 3],
      checks: {
        attached: (view: ClusterView) =>
          routes(view, shop).length > 0 && routes(view, shop).every(each => isAttached(view, each)),
        hello: (view: ClusterView) =>
          rulesFor(routes(view, shop), 'PathPrefix', '/hello').some(rule => leadsTo(rule, hello)),
        catalog: leadsToCatalog,
      },
      solution: [
        'kk get gateways,httproutes',
        'diff httproute-broken.yaml httproute.yaml',
        'kk apply -f httproute.yaml',
        3,
      ],
    },
  ],
} satisfies Lesson
