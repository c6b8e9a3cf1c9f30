import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { name as deploymentName, deploymentOf, imageOf, isRolledOut } from '../checks-before.ts'

const v2 = 'leigg/hellok8s:v2'

const hasStrategy = (deployment: any): boolean => {
  const rolling = deployment?.spec.strategy?.rollingUpdate
  return rolling?.maxSurge === 2 && rolling.maxUnavailable === 0
}

export default {
  transcript: 'strategy.console',
  exercises: [
    exercise<'waiting' | 'ready' | 'updating'>({
      name: 'never-less-than-wanted',
      solution: [
        "sed -i 's/maxSurge: 1/maxSurge: 2/; s/maxUnavailable: 1/maxUnavailable: 0/' deployment-rolling.yaml",
        'kk apply -f deployment-rolling.yaml',
        5,
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2',
        10,
      ],
      watch: {
        resources: ['deployments'],
        start: 'waiting',
        next: (phase, { object }) => {
          if (object.metadata.name !== deploymentName) return phase
          if (!hasStrategy(object)) return 'waiting'
          if (imageOf(object) !== v2) return isRolledOut(object) ? 'ready' : 'waiting'
          const enough = (object.status?.availableReplicas ?? 0) >= 3
          return phase !== 'waiting' && enough ? 'updating' : 'waiting'
        },
      },
      done: (view, phase) => phase === 'updating' && isRolledOut(deploymentOf(view)),
    }),
  ],
} satisfies Lesson
