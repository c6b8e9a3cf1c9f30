import type { Deployment } from '../../../src/kinds/schema/types.ts'
import { firstUid, isReady, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { mayConnect } from '../../../src/lesson/network-checks.ts'
import { hasAddress, offers, reachesPods, reachesPort, serviceOf } from '../checks.ts'

const names = ['hello', 'catalog', 'search', 'stock'] as const
type Seen = Readonly<Record<(typeof names)[number], string | undefined>>

const podsBehind = (view: ClusterView, name: string) =>
  podsOf(view, view.get('deployments', name)).filter(isReady)
/** A client with its own label. */
const client = (view: ClusterView, name: string) => {
  const pod = view.get('pods', name)
  return isReady(pod) && pod?.metadata.labels?.app === name ? pod : undefined
}
const maySpeak = (view: ClusterView, from: string, to: string): boolean =>
  podsBehind(view, to).every(pod => mayConnect(view, client(view, from), pod, 3000))

/** Whether `front` gets an answer at port 80, from two pods. */
const answers = (view: ClusterView, name: string): boolean =>
  hasAddress(serviceOf(view, name)) &&
  offers(serviceOf(view, name), 80) &&
  podsBehind(view, name).length === 2 &&
  reachesPods(view, name, `app=${name}`) &&
  reachesPort(view, name, 3000) &&
  maySpeak(view, 'front', name)

const asksPort = (deployment: Deployment | undefined, port: number): boolean => {
  const { readinessProbe, ports = [] } = deployment?.spec.template.spec.containers[0] ?? {}
  const asked = (readinessProbe?.httpGet ?? readinessProbe?.tcpSocket)?.port
  return asked === port || ports.some(each => each.name === asked && each.containerPort === port)
}
/** Pods that have no business with `stock`. */
const strangers = (view: ClusterView) => [
  client(view, 'guest'),
  ...['hello', 'catalog', 'search'].flatMap(name => podsBehind(view, name)),
]

export default {
  transcript: 'story.console',
  minutes: 25,
  level: 3,
  needs: ['4.8', '7.2', '7.9', '7.10'],
  start: ['kk apply -f street-broken.yaml', 30],
  exercises: [
    {
      name: 'street',
      kind: 'fix',
      watch: watching({
        hello: firstUid('services', 'hello'),
        catalog: firstUid('services', 'catalog'),
        search: firstUid('services', 'search'),
        stock: firstUid('services', 'stock'),
      }),
      checks: {
        hello: (view: ClusterView) => answers(view, 'hello'),
        catalog: (view: ClusterView) => answers(view, 'catalog'),
        search: (view: ClusterView) =>
          answers(view, 'search') && asksPort(view.get('deployments', 'search'), 3000),
        stock: (view: ClusterView) => answers(view, 'stock'),
        guest: (view: ClusterView) =>
          client(view, 'guest') !== undefined &&
          podsBehind(view, 'stock').length > 0 &&
          podsBehind(view, 'stock').every(pod =>
            strangers(view).every(stranger => !mayConnect(view, stranger, pod, 3000)),
          ),
        same: (view: ClusterView, seen: Seen) =>
          names.every(name => seen[name] !== undefined && serviceOf(view, name)?.metadata.uid === seen[name]),
      },
      solution: [
        'kk get pods --show-labels',
        'kk describe service hello | grep -e Selector -e Endpoints',
        'kk set selector service hello app=hello',
        `kk patch service catalog --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":80}]'`,
        'kk get events --field-selector reason=Unhealthy',
        `kk patch deployment search --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":3000}]'`,
        30,
        `kk patch networkpolicy stock --type=json -p '[{"op":"replace","path":"/spec/ingress/0/from/0/podSelector/matchLabels/app","value":"front"}]'`,
        5,
      ],
    },
  ],
} satisfies Lesson
