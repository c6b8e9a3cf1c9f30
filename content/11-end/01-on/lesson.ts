import type { Deployment } from '../../../src/kinds/schema/types.ts'
import {
  fewest,
  firstUid,
  imagesOf,
  isKind,
  isReady,
  isRolledOut,
  type KubeObject,
  neverBelow,
  objectsIn,
  podsOf,
  sameImage,
  watching,
} from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const [v1, v2] = ['leigg/hellok8s:v1', 'leigg/hellok8s:v2']

const home = (view: ClusterView, namespace: string) => view.get('deployments', 'home', namespace)
const runs = (object: KubeObject | undefined, image: string): object is Deployment =>
  isKind(object, 'Deployment') && imagesOf(object).some(each => sameImage(each, image))
const readyHomes = (view: ClusterView, namespace: string) =>
  podsOf(view, home(view, namespace)).filter(isReady)

const saved = (view: ClusterView) =>
  objectsIn(view, 'shop.yaml').filter(each => each.metadata.name === 'home')
const isWhole = (view: ClusterView): boolean =>
  saved(view).some(each => runs(each, v1) && each.spec.replicas === 2) &&
  saved(view).some(
    each =>
      isKind(each, 'Service') && each.spec?.selector?.app === 'home' && each.spec.ports?.[0]?.port === 80,
  )

/** What a cluster fills in. */
interface Filled extends KubeObject {
  readonly spec?: { readonly clusterIP?: string; readonly clusterIPs?: readonly string[] }
  readonly status?: object
}

/** Nothing that this cluster filled in, and no word on the namespace. */
const isClean = ({ metadata, spec, status }: Filled): boolean =>
  !(
    ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'namespace'] as const
  ).some(each => (metadata[each] ?? undefined) !== undefined) &&
  spec?.clusterIP === undefined &&
  spec?.clusterIPs === undefined &&
  // What `kubectl create --dry-run` leaves: `status: {loadBalancer: {}}`.
  Object.values(status ?? {}).every(each => JSON.stringify(each) === '{}')

/** The copy in `stage`: two pods, and its own Service that leads to them. */
function isMoved(view: ClusterView): boolean {
  const pods = readyHomes(view, 'stage')
  const slices = view.list('endpointslices', {
    namespace: 'stage',
    labels: 'kubernetes.io/service-name=home',
  })
  const behind = slices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(each => each.addresses))
  return (
    runs(home(view, 'stage'), v1) &&
    pods.length === 2 &&
    behind.sort().join() ===
      pods
        .map(pod => pod.status.podIP)
        .sort()
        .join()
  )
}

export default {
  transcript: 'on.console',
  minutes: 20,
  level: 2,
  needs: ['4.3', '4.9', '9.1'],
  start: ['kk create namespace shop', 'kk apply -n shop -f home.yaml', 20],
  exercises: [
    {
      name: 'carry',
      kind: 'vary',
      start: ['rm home.yaml', 'kk create namespace stage'],
      checks: {
        whole: isWhole,
        clean: (view: ClusterView) => isWhole(view) && saved(view).every(isClean),
        moved: isMoved,
      },
      solution: [
        'kk get deployment home -n shop -o yaml',
        'kk create deployment home --image=leigg/hellok8s:v1 --replicas=2 --dry-run=client -o yaml > shop.yaml',
        'echo --- >> shop.yaml',
        'kk create service clusterip home --tcp=80:3000 --dry-run=client -o yaml >> shop.yaml',
        'kk apply -n stage -f shop.yaml',
        15,
      ],
    },
    {
      name: 'stuck',
      kind: 'fix',
      start: [
        'kk rollout pause deployment/home -n shop',
        "sed 's/:v1/:v2/' home.yaml > next.yaml",
        'kk apply -n shop -f next.yaml',
        10,
      ],
      watch: watching({
        uid: firstUid('deployments', 'home', 'shop'),
        ready: fewest(['pods'], view => readyHomes(view, 'shop').length),
      }),
      checks: {
        released: (view: ClusterView) => {
          const deployment = home(view, 'shop')
          const pods = readyHomes(view, 'shop')
          return (
            isRolledOut(deployment) &&
            pods.length === 2 &&
            pods.every(pod => imagesOf(pod).some(each => sameImage(each, v2)))
          )
        },
        next: (view: ClusterView) => home(view, 'shop') !== undefined && !home(view, 'shop')?.spec.paused,
        same: (view: ClusterView, seen) =>
          seen.uid !== undefined && home(view, 'shop')?.metadata.uid === seen.uid,
        always: (_: ClusterView, seen) => neverBelow(seen.ready, 2),
      },
      solution: [
        'kk describe deployment home -n shop | grep -A4 Conditions',
        'kk rollout resume deployment/home -n shop',
        30,
      ],
    },
  ],
} satisfies Lesson
