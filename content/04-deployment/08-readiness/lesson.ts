import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, imageOf, isReady, podsOf } from '../checks-before.ts'

export default {
  transcript: 'readiness.console',
  exercises: [
    exercise({
      name: 'good-again',
      solution: [
        "sed -i 's/:v2/:readiness/; s,/healthz,/,' deployment-readiness.yaml",
        'kk apply -f deployment-readiness.yaml',
        15,
      ],
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
