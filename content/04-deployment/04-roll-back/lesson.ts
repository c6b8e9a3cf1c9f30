import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { name as deploymentName, deploymentOf, imageOf } from '../checks-before.ts'

/** How long the old pods must hold out beside the bad release, in ms. */
const endurance = 20_000

/** A bad release that waits for its pods to prove themselves, and three pods that go on serving. */
const holdsOut = (deployment: any): boolean =>
  imageOf(deployment).endsWith(':v2_problem') &&
  deployment.spec.minReadySeconds > 0 &&
  (deployment.status?.availableReplicas ?? 0) >= 3

export default {
  transcript: 'roll-back.console',
  exercises: [
    exercise<number | undefined>({
      name: 'stop-the-bad-release',
      solution: [
        "sed -i 's/replicas: 3/replicas: 3\\n  minReadySeconds: 10/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        20,
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2_problem',
        30,
      ],
      watch: {
        resources: ['deployments'],
        start: undefined,
        next: (since, { object }, { now }) => {
          if (object.metadata.name !== deploymentName) return since
          return holdsOut(object) ? (since ?? now) : undefined
        },
      },
      done: (view, since) =>
        since !== undefined && view.now - since >= endurance && holdsOut(deploymentOf(view)),
    }),
  ],
} satisfies Lesson
