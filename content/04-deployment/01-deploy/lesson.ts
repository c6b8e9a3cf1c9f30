import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, isReady, podsOf } from '../checks.ts'

interface Deletion {
  readonly pod: string
  readonly at: number
}

export default {
  transcript: 'deploy.console',
  exercises: [
    exercise<readonly Deletion[]>({
      name: 'three-deleted',
      solution: ['kk apply -f deployment.yaml', 5, 'kk delete pods -l app=hellok8s', 10],
      watch: {
        resources: ['pods'],
        start: [],
        next: (seen, { object: { metadata } }, { now }) =>
          metadata.labels?.app !== 'hellok8s' ||
          !metadata.deletionTimestamp ||
          seen.some(({ pod }) => pod === metadata.name)
            ? seen
            : [...seen, { pod: metadata.name, at: now }],
      },
      done: (view, seen) =>
        seen.some((a, i) => seen.slice(i + 1).some(b => b.at - a.at < 2000)) &&
        deploymentOf(view)?.metadata.generation === 1 &&
        podsOf(view).filter(isReady).length === 2,
    }),
  ],
} satisfies Lesson
