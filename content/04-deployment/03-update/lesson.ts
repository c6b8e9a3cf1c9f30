import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, imageOf, isRolledOut, podsOf } from '../checks.ts'

const image = 'leigg/hellok8s:v3_hostname'
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

export default {
  transcript: 'update.console',
  exercises: [
    exercise({
      name: 'update-by-file',
      solution: [
        'kk apply -f deployment-three.yaml',
        5,
        "sed -i 's/:v1/:v3_hostname/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        10,
      ],
      done: view => {
        const deployment = deploymentOf(view)
        return (
          !!deployment?.metadata.annotations?.[lastApplied]?.includes(`"${image}"`) &&
          isRolledOut(deployment) &&
          podsOf(view).every(pod => imageOf(pod) === image || pod.metadata.deletionTimestamp !== undefined)
        )
      },
    }),
  ],
} satisfies Lesson
