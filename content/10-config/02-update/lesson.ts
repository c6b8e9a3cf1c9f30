import { parseTime } from '../../../src/engine/engine.ts'
import type { Pod, PodSpec } from '../../../src/kinds/schema/types.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const begin = ['kk apply -f configmap-hellok8s.yaml -f deployment-use-configmap.yaml', 120]
const moved = `kk patch configmap hellok8s-configmap -p '{"data":{"DB_URL":"http://orders.example123.com"}}'`

const configMap = (view: ClusterView, name = 'hellok8s-configmap') => view.get('configmaps', name)
const template = (view: ClusterView) => view.get('deployments', 'hellok8s-go-http')?.spec.template.spec
const pods = (view: ClusterView) =>
  view.list('pods', { labels: 'app=hellok8s' }).filter(pod => !pod.metadata.deletionTimestamp)
const started = (pod: Pod): number | undefined => {
  const { ready, state } = pod.status?.containerStatuses?.[0] ?? {}
  return ready ? parseTime(state?.running?.startedAt ?? '') : undefined
}

/** One Pod, no other waiting beside it, and it is ready and of the newest template. */
const settled = (view: ClusterView): boolean => {
  const deployment = view.get('deployments', 'hellok8s-go-http')
  const all = pods(view)
  return (
    all.length === 1 &&
    started(all[0]!) !== undefined &&
    deployment?.status?.observedGeneration === deployment?.metadata.generation &&
    deployment?.status?.updatedReplicas === 1
  )
}

/** Since when DB_URL has had the value of the exercises (ms). */
const since = {
  resources: ['configmaps'],
  start: undefined as number | undefined,
  next: (seen: number | undefined, { object }: Change, { now }: ClusterView) =>
    object.metadata.name !== 'hellok8s-configmap'
      ? seen
      : object.data?.DB_URL === 'http://orders.example123.com'
        ? (seen ?? now)
        : undefined,
}
const inUse = (view: ClusterView, at: number | undefined): boolean =>
  at !== undefined && pods(view).some(pod => (started(pod) ?? 0) >= at - (at % 1000))

/** Names of the ConfigMaps that a template uses. */
const used = (spec: PodSpec | undefined): string[] => [
  ...(spec?.containers ?? []).flatMap(c =>
    (c.env ?? []).flatMap(e => e.valueFrom?.configMapKeyRef?.name ?? []),
  ),
  ...(spec?.volumes ?? []).flatMap(v => v.configMap?.name ?? []),
]

export default {
  transcript: 'update.console',
  minutes: 15,
  level: 2,
  needs: ['10.1', '4.5', '3.13'],
  exercises: [
    {
      name: 'both-lines',
      kind: 'repeat',
      start: begin,
      watch: since,
      checks: {
        value: (_: ClusterView, at: number | undefined) => at !== undefined,
        'in-use': inUse,
        settled,
      },
      solution: [
        moved,
        `kk patch deployment hellok8s-go-http -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`,
        'kk rollout restart deployment/hellok8s-go-http',
        10,
      ],
    },
    {
      name: 'new-name',
      kind: 'vary',
      start: begin,
      checks: {
        immutable: (view: ClusterView) => configMap(view, 'hellok8s-configmap-2')?.immutable === true,
        'old-kept': (view: ClusterView) =>
          configMap(view)?.data?.DB_URL === 'http://mydb.example123.com' &&
          configMap(view)?.immutable !== true,
        switched: (view: ClusterView) => {
          const names = used(template(view))
          return names.length >= 2 && names.every(name => name === 'hellok8s-configmap-2')
        },
        settled,
      },
      solution: [
        "sed 's/hellok8s-configmap/hellok8s-configmap-2/; s/mydb/orders/' configmap-hellok8s.yaml > new.yaml",
        "echo 'immutable: true' >> new.yaml",
        "sed -i 's/hellok8s-configmap/hellok8s-configmap-2/; s/replicas: 1/replicas: 1\\n  strategy:\\n    type: Recreate/' deployment-use-configmap.yaml",
        'kk apply -f new.yaml -f deployment-use-configmap.yaml',
        10,
      ],
    },
    {
      name: 'half-done',
      kind: 'fix',
      start: [...begin, moved, 'kk rollout restart deployment/hellok8s-go-http', 600],
      watch: since,
      checks: {
        'in-use': inUse,
        settled,
        'same-door': (view: ClusterView) => template(view)?.containers[0]?.ports?.[0]?.hostPort === 3000,
      },
      solution: [
        'kk events --types=Warning',
        'kk scale deployment hellok8s-go-http --replicas=0',
        5,
        'kk scale deployment hellok8s-go-http --replicas=1',
        10,
      ],
    },
  ],
} satisfies Lesson
