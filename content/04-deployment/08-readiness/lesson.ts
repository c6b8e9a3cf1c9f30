import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, imageOf, isReady, podsOf } from '../checks.ts'

export default {
  transcript: 'readiness.console',
  exercises: [
    exercise({
      name: 'good-again',
      done: view => {
        const good = podsOf(view).filter(
          pod =>
            imageOf(pod) === 'leigg/hellok8s:readiness' &&
            pod.spec.containers[0].readinessProbe &&
            isReady(pod),
        )
        return deploymentOf(view) !== undefined && good.length === 3
      },
    }),
  ],
} satisfies Lesson
