import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, isReady, podsOf } from '../checks-before.ts'

const cost = 'controller.kubernetes.io/pod-deletion-cost'

interface Victim {
  readonly name: string
  readonly gone: boolean
}

export default {
  transcript: 'scale.console',
  exercises: [
    exercise<Victim | undefined>({
      name: 'pick-the-victim',
      solution: [
        'kk apply -f deployment-three.yaml',
        5,
        'kk scale deployment hellok8s-go-http --replicas=5',
        5,
        'kk annotate $(kk get pods -o name --sort-by=.metadata.creationTimestamp | head -1) controller.kubernetes.io/pod-deletion-cost=-10',
        'kk scale deployment hellok8s-go-http --replicas=4',
        10,
      ],
      watch: {
        resources: ['pods'],
        start: undefined,
        next: (victim, { type, object: { metadata } }, view) => {
          if (metadata.labels?.app !== 'hellok8s') return victim
          if (type === 'DELETED') {
            const chosen = victim?.name === metadata.name && deploymentOf(view)?.spec.replicas === 4
            return chosen ? { name: metadata.name, gone: true } : victim
          }
          if (Number(metadata.annotations?.[cost]) >= 0 || !metadata.annotations?.[cost]) return victim
          const oldest = podsOf(view).every(
            pod => pod.metadata.creationTimestamp! >= metadata.creationTimestamp!,
          )
          return oldest ? { name: metadata.name, gone: false } : victim
        },
      },
      done: (view, victim) => victim?.gone === true && podsOf(view).filter(isReady).length === 4,
    }),
  ],
} satisfies Lesson
