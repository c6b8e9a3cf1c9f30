import { configuredNamespace, fewest, isReady, neverBelow, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, hasLeft, namespaceOf, runs } from '../checks.ts'

const ours = 'leigg/hellok8s:v1'
const theirs = 'leigg/hellok8s:v2'

const readyReports = (view: ClusterView): number =>
  ['default', 'shop']
    .flatMap(namespace => podsOf(view, deployment(view, namespace, 'report')))
    .filter(isReady).length

export default {
  transcript: 'create.console',
  minutes: 15,
  level: 1,
  needs: ['0.2', '4.1'],
  exercises: [
    {
      name: 'two-rooms',
      kind: 'repeat',
      checks: {
        rooms: (view: ClusterView) =>
          namespaceOf(view, 'shop') !== undefined && namespaceOf(view, 'data') !== undefined,
        shop: (view: ClusterView) => runs(view, 'shop', 'report', ours),
        data: (view: ClusterView) => runs(view, 'data', 'report', theirs),
        none: (view: ClusterView) =>
          namespaceOf(view, 'shop') !== undefined && hasLeft(view, 'default', 'report'),
      },
      solution: [
        'kk create namespace shop',
        'kk create namespace data',
        'kk apply -f deployment-report.yaml -n shop',
        'kk apply -f deployment-report-data.yaml -n data',
        15,
      ],
    },
    {
      name: 'move',
      kind: 'vary',
      start: ['kk apply -f deployment-report.yaml', 10, 'kk create namespace shop'],
      watch: fewest(['pods'], readyReports),
      checks: {
        there: (view: ClusterView) => runs(view, 'shop', 'report', ours, 2),
        gone: (view: ClusterView) => hasLeft(view, 'default', 'report'),
        always: (_: ClusterView, seen) => neverBelow(seen, 2),
      },
      solution: [
        'kk apply -f deployment-report.yaml -n shop',
        'kk rollout status deployment/report -n shop',
        5,
        'kk delete deployment report',
        10,
      ],
    },
    {
      name: 'wrong-room',
      kind: 'fix',
      start: [
        'kk create namespace dev',
        'kk apply -f deployment-report-data.yaml -n dev',
        10,
        'kk config set-context --current --namespace=dev',
        'kk apply -f deployment-report.yaml',
        20,
      ],
      checks: {
        theirs: (view: ClusterView) => runs(view, 'dev', 'report', theirs),
        ours: (view: ClusterView) => runs(view, 'default', 'report', ours, 2),
        current: (view: ClusterView) => configuredNamespace(view) === 'default',
      },
      solution: [
        'kk get deployments -A -o wide',
        'kk apply -f deployment-report-data.yaml',
        'kk config set-context --current --namespace=default',
        'kk apply -f deployment-report.yaml',
        20,
      ],
    },
  ],
} satisfies Lesson
