import {
  fewest,
  firstUid,
  imagesOf,
  isReady,
  neverBelow,
  podsOf,
  sameImage,
  watching,
} from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, fileAt, readyPod, runs, secret, secretData, variable } from '../checks.ts'

const home = (view: ClusterView) => deployment(view, 'home')
const readyHomes = (view: ClusterView): number => podsOf(view, home(view)).filter(isReady).length

export default {
  transcript: 'references.console',
  minutes: 15,
  level: 2,
  needs: ['10.1', '10.3'],
  exercises: [
    {
      name: 'may-be-missing',
      kind: 'repeat',
      checks: {
        refers: (view: ClusterView) => {
          const { env = [] } = view.get('pods', 'calm')?.spec.containers[0] ?? {}
          return env.some(
            ({ name, valueFrom }) =>
              name === 'LOG_LEVEL' &&
              valueFrom?.secretKeyRef?.name === 'tuning' &&
              valueFrom.secretKeyRef.key === 'LOG_LEVEL',
          )
        },
        absent: (view: ClusterView) => secret(view, 'tuning') === undefined,
        ready: (view: ClusterView) => readyPod(view, 'calm') !== undefined,
      },
      solution: [
        "sed '1,/^---/d; /^---/,$d; s/variable-optional/calm/' pods-references.yaml > calm.yaml",
        'kk apply -f calm.yaml',
        10,
      ],
    },
    {
      name: 'hands-off',
      kind: 'vary',
      start: ['kk apply -f pod-report-waits.yaml', 20],
      watch: watching({ pod: firstUid('pods', 'report'), secret: firstUid('secrets', 'report-db') }),
      checks: {
        ready: (view: ClusterView) => readyPod(view, 'report') !== undefined,
        'same-pod': (view: ClusterView, seen: { pod?: string }) => {
          const pod = readyPod(view, 'report')
          return pod?.metadata.uid === seen.pod && variable(view, pod, 'DB_PASSWD')?.value === 'pass123'
        },
        user: (view: ClusterView) =>
          secretData(view, 'report-db').USER === 'report' && readyPod(view, 'report') !== undefined,
      },
      solution: [`kk patch secret report-db -p '{"stringData":{"PASSWORD":"pass123"}}'`, 60],
    },
    {
      name: 'two-letters',
      kind: 'fix',
      start: [
        'kk apply -f home-references.yaml',
        20,
        'kk apply -f deployment-home-references-broken.yaml',
        30,
      ],
      watch: fewest(['pods'], view => (home(view) ? readyHomes(view) : 0)),
      checks: {
        password: (view: ClusterView) => {
          const given = variable(view, home(view), 'DB_PASSWD')
          return given?.value === 'pass123' && given.from.startsWith('Secret/') && runs(view, 'home', 2)
        },
        file: (view: ClusterView) =>
          fileAt(view, home(view), '/etc/secret_vol/some.txt')?.value === 'hello readers' &&
          runs(view, 'home', 2),
        version: (view: ClusterView) =>
          sameImage(imagesOf(home(view))[0], 'leigg/hellok8s:v4_secret') && runs(view, 'home', 2),
        always: (_: ClusterView, seen: { count: number; at: number } | undefined) => neverBelow(seen, 2),
      },
      solution: [
        'kk events --types=Warning',
        "sed -i 's/DB_PASWD/DB_PASSWD/; s/home-file$/home-files/' deployment-home-references-broken.yaml",
        'kk apply -f deployment-home-references-broken.yaml',
        60,
      ],
    },
  ],
} satisfies Lesson
