import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, imageOf, isRolledOut, podsOf } from '../checks.ts'

const v1 = 'leigg/hellok8s:v1'
const v2 = 'leigg/hellok8s:v2'

export default {
  transcript: 'update.console',
  exercises: [
    exercise<boolean>({
      name: 'update-by-file',
      watch: {
        resources: ['deployments'],
        start: false,
        next: (wasUpdated, { object }) => wasUpdated || (imageOf(object) === v2 && isRolledOut(object)),
      },
      done: (view, wasUpdated) => {
        const deployment = deploymentOf(view)
        const applied = deployment?.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration']
        return (
          wasUpdated &&
          !!applied?.includes(`"${v1}"`) &&
          isRolledOut(deployment) &&
          podsOf(view).every(pod => imageOf(pod) === v1 || pod.metadata.deletionTimestamp !== undefined)
        )
      },
    }),
  ],
} satisfies Lesson
