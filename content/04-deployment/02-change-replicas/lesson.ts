import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, isReady, podsOf } from '../checks-before.ts'

export default {
  transcript: 'change-replicas.console',
  exercises: [
    exercise<boolean>({
      name: 'to-zero-and-back',
      solution: [
        'kk apply -f deployment.yaml',
        5,
        'kk scale deployment hellok8s-go-http --replicas=0',
        10,
        'kk scale deployment hellok8s-go-http --replicas=2',
        5,
      ],
      watch: {
        resources: ['pods', 'deployments'],
        start: false,
        next: (emptied, _, view) =>
          emptied || (deploymentOf(view)?.spec.replicas === 0 && podsOf(view).length === 0),
      },
      done: (view, emptied) =>
        emptied && deploymentOf(view)?.spec.replicas === 2 && podsOf(view).filter(isReady).length === 2,
    }),
  ],
} satisfies Lesson
