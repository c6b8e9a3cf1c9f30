import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, namespaceOf, runs } from '../checks.ts'

const wasDeleted = (name: string) => ({
  resources: ['namespaces'],
  start: false,
  next: (seen: boolean, { type, object }: Change) =>
    seen || (type === 'DELETED' && object.metadata.name === name),
})

/** Whether the ledger has gone, the namespace has, and the namespace before the ledger: that leaves it behind. */
interface Held {
  readonly ledger: boolean
  readonly gone: boolean
  readonly torn: boolean
}

const exists = (view: ClusterView, name: string) => view.get('namespaces', name, '') !== undefined

export default {
  transcript: 'delete.console',
  minutes: 15,
  level: 2,
  needs: ['3.9', '9.1'],
  exercises: [
    {
      name: 'clear-out',
      kind: 'repeat',
      start: [
        'kk create namespace test',
        'kk apply -f deployment-report.yaml -n test',
        'kk apply -f deployment-report.yaml',
        15,
      ],
      watch: wasDeleted('test'),
      checks: {
        gone: (view: ClusterView, seen: boolean) => seen && !exists(view, 'test'),
        kept: (view: ClusterView) => runs(view, 'default', 'report', 'leigg/hellok8s:v1', 2),
      },
      solution: ['kk delete namespace test', 10],
    },
    {
      name: 'empty-only',
      kind: 'vary',
      start: [
        'kk create namespace test',
        'kk create configmap settings --from-literal=mode=test -n test',
        'kk apply -f deployment-report.yaml -n test',
        15,
      ],
      watch: wasDeleted('test'),
      checks: {
        emptied: (view: ClusterView) =>
          deployment(view, 'test', 'report') === undefined &&
          view.list('pods', { namespace: 'test' }).length === 0 &&
          view.list('replicasets', { namespace: 'test' }).length === 0,
        kept: (view: ClusterView, seen: boolean) =>
          !seen &&
          namespaceOf(view, 'test') !== undefined &&
          view.get('configmaps', 'settings', 'test')?.data?.mode === 'test',
      },
      solution: ['kk delete deployment report -n test', 15],
    },
    {
      name: 'held',
      kind: 'fix',
      start: [
        'kk create namespace test',
        'kk apply -f configmap-ledger.yaml -n test',
        'kk apply -f deployment-report.yaml -n test',
        15,
        'kk delete namespace test --wait=false',
        60,
      ],
      watch: {
        resources: ['namespaces', 'configmaps'],
        start: { ledger: false, gone: false, torn: false },
        next: (seen: Held, { type, resource, object: { metadata } }: Change): Held => {
          if (type !== 'DELETED') return seen
          if (resource === 'configmaps')
            return metadata.name === 'ledger' && metadata.namespace === 'test'
              ? { ...seen, ledger: true }
              : seen
          return metadata.name === 'test' ? { ...seen, gone: true, torn: seen.torn || !seen.ledger } : seen
        },
      },
      checks: {
        saved: (view: ClusterView) => view.get('configmaps', 'ledger')?.data?.month === '11',
        'let-go': (_: ClusterView, seen: Held) => seen.ledger && !seen.torn,
        gone: (view: ClusterView, seen: Held) => seen.gone && !exists(view, 'test'),
      },
      solution: [
        `kk get namespace test -o jsonpath='{.status.conditions[*].message}'`,
        'kk create configmap ledger --from-literal=month=11',
        `kk patch configmap ledger -n test --type=merge -p '{"metadata":{"finalizers":null}}'`,
        20,
      ],
    },
  ],
} satisfies Lesson
