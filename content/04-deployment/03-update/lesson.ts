import type { Fewest } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import {
  alwaysAvailable,
  availability,
  fileRuns,
  isReleased,
  lastAppliedRuns,
  replicaSetsOf,
  runs,
} from '../checks.ts'

const cause = 'kubernetes.io/change-cause'

/** The words written down for the revision with that image. */
const causeOf = (view: ClusterView, tag: string): string =>
  replicaSetsOf(view).find(each => runs(each, tag))?.metadata.annotations?.[cause] ?? ''

export default {
  transcript: 'update.console',
  minutes: 20,
  level: 1,
  needs: ['4.1', '4.2'],
  exercises: [
    {
      name: 'update-by-file',
      kind: 'repeat',
      start: ['kk apply -f deployment-three.yaml', 10],
      checks: {
        file: (view: ClusterView) => fileRuns(view, 'deployment-three.yaml', 'v3_hostname'),
        applied: (view: ClusterView) => lastAppliedRuns(view, 'v3_hostname'),
        'rolled-out': (view: ClusterView) => isReleased(view, 'v3_hostname'),
      },
      solution: [
        "sed -i 's/:v1/:v3_hostname/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        15,
      ],
    },
    {
      name: 'two-causes',
      kind: 'vary',
      start: ['kk apply -f deployment-three.yaml', 10],
      checks: {
        v2: (view: ClusterView) => causeOf(view, 'v2') !== '',
        v3: (view: ClusterView) => {
          const words = causeOf(view, 'v3_hostname')
          return words !== '' && words !== causeOf(view, 'v2')
        },
        'rolled-out': (view: ClusterView) => isReleased(view, 'v3_hostname'),
      },
      solution: [
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2',
        'kk annotate deployment/hellok8s-go-http kubernetes.io/change-cause="a new greeting"',
        15,
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v3_hostname',
        15,
        'kk annotate deployment/hellok8s-go-http kubernetes.io/change-cause="say who answers" --overwrite',
        5,
      ],
    },
    {
      name: 'typo',
      kind: 'fix',
      start: [
        'kk apply -f deployment-three.yaml',
        10,
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v22',
        120,
      ],
      watch: availability,
      checks: {
        'rolled-out': (view: ClusterView) => isReleased(view, 'v2'),
        always: (view: ClusterView, seen: Fewest | undefined) => alwaysAvailable(3)(view, seen),
      },
      solution: ['kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2', 20],
    },
  ],
} satisfies Lesson
