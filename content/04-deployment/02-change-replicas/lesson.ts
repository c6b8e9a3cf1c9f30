import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, isReady, podsOf } from '../checks.ts'

export default {
  transcript: 'change-replicas.console',
  exercises: [
    exercise<boolean>({
      name: 'to-zero-and-back',
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
