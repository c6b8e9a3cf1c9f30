import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { name } from '../checks-before.ts'

export default {
  transcript: 'pause-and-resume.console',
  exercises: [
    exercise({
      name: 'half-and-half',
      solution: [
        'kk apply -f deployment-stable.yaml -f deployment-canary.yaml -f service.yaml',
        'kk scale deployment hellok8s-go-http hellok8s-go-http-canary --replicas=2',
        10,
      ],
      done: view =>
        [name, `${name}-canary`].every(each => view.get('deployments', each)?.status?.readyReplicas === 2),
    }),
  ],
} satisfies Lesson
