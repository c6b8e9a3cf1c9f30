import { fewest, isReady, neverBelow, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { may, type Subject } from '../access.ts'
import { deployment, hasLeft, podsAllowed, runs } from '../checks.ts'

const analyst: Subject = { kind: 'User', name: 'analyst' }
const reading = ['get', 'list', 'watch']
const writing = ['create', 'update', 'patch', 'delete']

const readyHomes = (view: ClusterView): number =>
  ['default', 'shop'].flatMap(each => podsOf(view, deployment(view, each, 'home'))).filter(isReady).length

const looksInShop = (view: ClusterView): boolean =>
  reading.every(verb => may(view, analyst, verb, 'pods', 'shop')) &&
  !writing.some(
    verb => may(view, analyst, verb, 'pods', 'shop') || may(view, analyst, verb, 'deployments', 'shop'),
  )

export default {
  transcript: 'story.console',
  minutes: 25,
  level: 3,
  needs: ['9.1', '9.4', '9.5'],
  start: ['kk apply -f home.yaml -f deployment-report-data.yaml', 15],
  exercises: [
    {
      name: 'two-teams',
      kind: 'vary',
      watch: fewest(['pods'], readyHomes),
      checks: {
        shop: (view: ClusterView) =>
          runs(view, 'shop', 'home', 'leigg/hellok8s:v1', 2) &&
          view.get('services', 'home', 'shop')?.spec.selector?.app === 'home',
        data: (view: ClusterView) => runs(view, 'data', 'report', 'leigg/hellok8s:v2'),
        none: (view: ClusterView) =>
          runs(view, 'shop', 'home', 'leigg/hellok8s:v1', 2) &&
          ['home', 'report'].every(each => hasLeft(view, 'default', each)) &&
          view.get('services', 'home') === undefined,
        share: (view: ClusterView) => podsAllowed(view, 'data') >= 1 && podsAllowed(view, 'data') <= 10,
        keys: (view: ClusterView) =>
          looksInShop(view) &&
          writing.every(verb => may(view, analyst, verb, 'deployments', 'data')) &&
          ['shop', 'data'].every(each => !may(view, analyst, 'delete', 'namespaces', each, each)),
        always: (_: ClusterView, seen) => neverBelow(seen, 2),
      },
      solution: [
        'kk create namespace shop',
        'kk create namespace data',
        'kk create quota share --hard=pods=10 -n data',
        'kk apply -f home.yaml -n shop',
        'kk apply -f deployment-report-data.yaml -n data',
        'kk rollout status deployment/home -n shop',
        5,
        'kk create rolebinding looks --clusterrole=view --user=analyst -n shop',
        'kk create rolebinding works --clusterrole=edit --user=analyst -n data',
        'kk delete -f home.yaml -f deployment-report-data.yaml',
        10,
      ],
    },
  ],
} satisfies Lesson
