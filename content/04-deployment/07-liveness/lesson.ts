import { parseTime } from '../../../src/engine/engine.ts'
import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { imageOf, podsOf } from '../checks-before.ts'

const minute = 60_000

export default {
  transcript: 'liveness.console',
  exercises: [
    exercise({
      name: 'be-patient',
      solution: [
        "sed -i 's/periodSeconds: 3/periodSeconds: 30/' deployment-liveness.yaml",
        'kk apply -f deployment-liveness.yaml',
        65,
      ],
      done: view =>
        podsOf(view).some(pod => {
          const status = pod.status?.containerStatuses?.[0]
          const started = status?.state?.running?.startedAt
          return (
            imageOf(pod) === 'leigg/hellok8s:liveness' &&
            pod.spec.containers[0].livenessProbe !== undefined &&
            status?.restartCount === 0 &&
            started !== undefined &&
            view.now - parseTime(started) >= minute
          )
        }),
    }),
  ],
} satisfies Lesson
