import { exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { isReady, podsOf } from '../checks-before.ts'

export default {
  transcript: 'replicaset.console',
  exercises: [
    exercise<boolean>({
      name: 'keep-the-pods',
      solution: ['kk apply -f replicaset.yaml', 5, 'kk delete replicaset hellok8s-rs --cascade=orphan', 5],
      watch: {
        resources: ['replicasets'],
        start: false,
        next: (existed, { object: { metadata, status } }) =>
          existed || (metadata.name === 'hellok8s-rs' && status?.readyReplicas === 2),
      },
      done: (view, existed) =>
        existed &&
        view.get('replicasets', 'hellok8s-rs') === undefined &&
        podsOf(view).filter(pod => isReady(pod) && !pod.metadata.ownerReferences?.length).length >= 2,
    }),
  ],
} satisfies Lesson
