import type { ConfigMapEnvSource, ConfigMapKeySelector, Container } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, isReady, podsOf, sameImage, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { mayConnect } from '../../../src/lesson/network-checks.ts'

const namespace = 'shop'
const services = ['home', 'catalog', 'search', 'stock', 'orders', 'till'] as const
const fairImage = 'learner/catalog:fair'
const payment = 'https://pay.example.com'

interface Seen {
  readonly share: string | undefined
  readonly front: string | undefined
}

const deployment = (view: ClusterView, name: string) => view.get('deployments', name, namespace)
const containerOf = (view: ClusterView, name: string) =>
  deployment(view, name)?.spec.template.spec.containers[0]
const readyPods = (view: ClusterView, name: string) => podsOf(view, deployment(view, name)).filter(isReady)

/** Addresses that a Service sends requests to, and the ports there. */
function behind(view: ClusterView, name: string): { addresses: string[]; ports: number[] } {
  const slices = view.list('endpointslices', {
    namespace,
    labels: `kubernetes.io/service-name=${name}`,
  })
  return {
    addresses: slices
      .flatMap(slice => slice.endpoints ?? [])
      .filter(each => each.conditions?.ready !== false)
      .flatMap(each => each.addresses),
    ports: slices.flatMap(slice => slice.ports ?? []).map(each => each.port!),
  }
}

/** Whether `front` gets an answer at port 80 from two pods that are the service's own. */
function answers(view: ClusterView, name: string): boolean {
  const service = view.get('services', name, namespace)
  const pods = readyPods(view, name)
  const { addresses, ports } = behind(view, name)
  const front = view.get('pods', 'front', namespace)
  return (
    service?.spec.clusterIP !== 'None' &&
    (service?.spec.ports ?? []).some(each => each.port === 80) &&
    ports.length > 0 &&
    ports.every(port => port === 3000) &&
    pods.length === 2 &&
    addresses.sort().join() ===
      pods
        .map(pod => pod.status.podIP)
        .sort()
        .join() &&
    isReady(front) &&
    pods.every(pod => mayConnect(view, front, pod, 3000))
  )
}

/** What a variable of `till` is, by the ConfigMap that it is read from, by its key or with all of them. */
function payUrl(view: ClusterView): string | undefined {
  const name = 'PAY_URL'
  const { env = [], envFrom = [] } = containerOf(view, 'till') ?? {}
  const dataOf = (reference: ConfigMapKeySelector | ConfigMapEnvSource | undefined) =>
    reference && view.get('configmaps', reference.name!, namespace)?.data
  const own = env.find(each => each.name === name)
  if (own) return dataOf(own.valueFrom?.configMapKeyRef)?.[own.valueFrom!.configMapKeyRef!.key]
  return envFrom
    .filter(({ prefix = '' }) => name.startsWith(prefix))
    .map(({ prefix = '', configMapRef }) => dataOf(configMapRef)?.[name.slice(prefix.length)])
    .findLast(value => value !== undefined)
}

/** The port that a readiness probe connects to, by number or by name. */
function probePort({ readinessProbe, ports = [] }: Partial<Container> = {}): number {
  const port = (readinessProbe?.httpGet ?? readinessProbe?.tcpSocket)?.port
  return ports.find(each => each.name === port)?.containerPort ?? Number(port)
}

/** What was agreed upon still holds: the share of CPU, and that nobody but `front` speaks to the home page. */
function rulesHold(view: ClusterView, seen: Seen): boolean {
  const share = view.get('resourcequotas', 'share', namespace)
  const guest = view.get('pods', 'guest', namespace)
  const homes = readyPods(view, 'home')
  return (
    seen.share !== undefined &&
    share?.metadata.uid === seen.share &&
    share.spec.hard?.pods === '20' &&
    share.spec.hard?.['requests.cpu'] === '2' &&
    isReady(guest) &&
    homes.length > 0 &&
    homes.every(pod => !mayConnect(view, guest, pod, 3000)) &&
    view.get('pods', 'front', namespace)?.metadata.uid === seen.front
  )
}

export default {
  transcript: 'story.console',
  minutes: 30,
  level: 3,
  needs: ['2.5', '4.8', '5.4', '7.10', '9.4', '10.4'],
  workers: 2,
  start: [
    'docker pull -q leigg/hellok8s:v2',
    `docker tag leigg/hellok8s:v2 ${fairImage}`,
    'kk label node k8s-node2 disk=ssd',
    `kk create namespace ${namespace}`,
    `kk config set-context --current --namespace=${namespace}`,
    'kk cordon k8s-node2',
    'kk apply -f fair-broken.yaml',
    180,
  ],
  exercises: [
    {
      name: 'fair',
      kind: 'fix',
      mark: 20,
      watch: watching({
        share: firstUid('resourcequotas', 'share', namespace),
        front: firstUid('pods', 'front', namespace),
      }),
      checks: {
        home: (view: ClusterView) => answers(view, 'home'),
        catalog: (view: ClusterView) =>
          answers(view, 'catalog') &&
          view.pushed(fairImage) &&
          readyPods(view, 'catalog').every(pod => sameImage(imagesOf(pod)[0], fairImage)),
        search: (view: ClusterView) =>
          answers(view, 'search') && probePort(containerOf(view, 'search')) === 3000,
        stock: (view: ClusterView) =>
          answers(view, 'stock') &&
          deployment(view, 'stock')?.spec.template.spec.nodeSelector?.disk === 'ssd' &&
          readyPods(view, 'stock').every(pod => pod.spec.nodeName === 'k8s-node2') &&
          !view.get('nodes', 'k8s-node2', '')?.spec.unschedulable,
        orders: (view: ClusterView) => answers(view, 'orders'),
        till: (view: ClusterView) => answers(view, 'till') && payUrl(view) === payment,
        rules: (view: ClusterView, seen: Seen) =>
          rulesHold(view, seen) && services.some(name => answers(view, name)),
      },
      solution: [
        'kk logs front --tail=1',
        'kk get deployments,pods',
        'kk describe networkpolicy home',
        `kk patch networkpolicy home --type=json -p '[{"op":"replace","path":"/spec/ingress/0/ports/0/port","value":3000}]'`,
        'kk events --types=Warning | grep orders | tail -1',
        'kk set resources deployment orders --requests=cpu=50m',
        'kk events --types=Warning | grep -e catalog -e search -e stock -e till',
        'echo secret | docker login -u learner --password-stdin',
        `docker push ${fairImage}`,
        'kk rollout restart deployment catalog',
        `kk patch deployment search --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":3000}]'`,
        'kk get nodes',
        'kk uncordon k8s-node2',
        'kk get configmap shop-config -o yaml',
        `kk patch configmap shop-config -p '{"data":{"PAY_URL":"${payment}"}}'`,
        60,
      ],
    },
  ],
} satisfies Lesson
