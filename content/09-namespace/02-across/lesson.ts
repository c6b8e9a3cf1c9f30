import type { Container } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment } from '../checks.ts'

const ready = ['kk rollout status deployment/hellok8s -n shop', 5] as const

/** The Service of the other namespace by a name that is found from here, and its port. */
const neighbour = /(^|[\s/])hellok8s\.shop(\.svc(\.cluster\.local\.?)?)?:3000(?=[\s/;"']|$)/

const alias = /^hellok8s\.shop(\.svc(\.cluster\.local\.?)?)?$/

const wordsOf = (container: Container | undefined): string[] => [
  ...(container?.command ?? []),
  ...(container?.args ?? []),
]

const lineOf = (container: Container | undefined): string => wordsOf(container).join(' ')

/** Every address that answers to the Service `hellok8s` of `data` is one of the shop's, by an alias or by endpoints. */
function leadsToShop(view: ClusterView): boolean {
  const service = view.get('services', 'hellok8s', 'data')
  if (service?.spec.type === 'ExternalName') return alias.test(service.spec.externalName!)
  const theirs = podsOf(view, deployment(view, 'shop', 'hellok8s')).map(pod => pod.status.podIP)
  const addresses = view
    .list('endpointslices', { namespace: 'data', labels: 'kubernetes.io/service-name=hellok8s' })
    .flatMap(({ endpoints }) => (endpoints ?? []).flatMap(each => each.addresses))
  return addresses.length > 0 && addresses.every(each => theirs.includes(each))
}

const page = (view: ClusterView) => deployment(view, 'data', 'page')

export default {
  transcript: 'across.console',
  minutes: 15,
  level: 2,
  needs: ['7.2', '9.1'],
  start: ['kk apply -f two-teams.yaml', ...ready],
  exercises: [
    {
      name: 'visitor',
      kind: 'repeat',
      checks: {
        there: (view: ClusterView) => view.get('pods', 'visitor', 'data') !== undefined,
        'by-name': (view: ClusterView) =>
          neighbour.test(lineOf(view.get('pods', 'visitor', 'data')?.spec.containers[0])),
        answered: (view: ClusterView) => {
          const pod = view.get('pods', 'visitor', 'data')
          const [program, ...more] = wordsOf(pod?.spec.containers[0])
          return (
            pod?.status?.phase === 'Succeeded' &&
            /^(\S*\/)?curl$|^-/.test(program ?? '') &&
            more.filter(word => /:\/\/|:\d+(\/|$)/.test(word)).every(word => neighbour.test(word))
          )
        },
      },
      solution: [
        'kk run visitor -n data --image=curlimages/curl:8.14.1 --restart=Never -- curl -sf hellok8s.shop:3000',
        10,
      ],
    },
    {
      name: 'own-name',
      kind: 'vary',
      start: ['kk apply -f pod-page.yaml -n data', 15],
      watch: firstUid('pods', 'page', 'data'),
      checks: {
        page: (view: ClusterView, uid: string | undefined) => {
          const pod = view.get('pods', 'page', 'data')
          return pod?.metadata.uid === uid && isReady(pod)
        },
        guest: (view: ClusterView) =>
          isReady(view.get('pods', 'page', 'data')) &&
          leadsToShop(view) &&
          !view
            .list('pods', { namespace: 'data' })
            .some(pod => imagesOf(pod).some(image => /hellok8s/.test(image))),
      },
      solution: [
        'kk create service externalname hellok8s -n data --external-name=hellok8s.shop.svc.cluster.local',
        15,
      ],
    },
    {
      name: 'wrong-way-round',
      kind: 'fix',
      start: ['kk apply -f deployment-page-broken.yaml -n data', 60],
      checks: {
        'by-name': (view: ClusterView) =>
          neighbour.test(lineOf(page(view)?.spec.template.spec.initContainers?.[0])),
        ready: (view: ClusterView) => {
          const count = podsOf(view, page(view)).filter(isReady).length
          return { met: page(view)?.spec.replicas === 2 && count === 2, count }
        },
      },
      solution: [
        'kk logs deployment/page -n data -c wait',
        "sed -i 's/shop.hellok8s/hellok8s.shop/' deployment-page-broken.yaml",
        'kk apply -f deployment-page-broken.yaml -n data',
        30,
      ],
    },
  ],
} satisfies Lesson
