import { firstUid, imagesOf, isReady, sameImage } from '../../../src/lesson/checks.ts'
import { type ClusterView, exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pod = (view: ClusterView, name: string) => view.get('pods', name)

/** A ready pod all of whose containers are of that version. */
const runs = (view: ClusterView, name: string, version: string): boolean => {
  const images = imagesOf(pod(view, name))
  return (
    isReady(pod(view, name)) &&
    images.length > 0 &&
    images.every(image => sameImage(image, `leigg/hellok8s:${version}`))
  )
}

const saved = (view: ClusterView, file: string, greeting: string): boolean =>
  (view.file(file) ?? '').includes(greeting)

export default {
  transcript: 'own-program.console',
  minutes: 12,
  level: 1,
  needs: ['2.4', '3.1', '3.3'],
  exercises: [
    {
      name: 'ask-it',
      kind: 'repeat',
      checks: {
        pod: view => runs(view, 'greeter', 'v2'),
        answer: view => saved(view, 'answer.txt', '[v2] Hello, Kubernetes!'),
      },
      solution: [
        'kk run greeter --image=leigg/hellok8s:v2',
        10,
        "curl -s $(kk get pod greeter -o jsonpath='{.status.podIP}'):3000 > answer.txt",
        1,
      ],
    },
    {
      name: 'two-versions',
      kind: 'vary',
      checks: {
        pods: view => runs(view, 'blue', 'v1') && runs(view, 'green', 'v2'),
        both: view =>
          saved(view, 'both.txt', '[v1] Hello, Kubernetes!') &&
          saved(view, 'both.txt', '[v2] Hello, Kubernetes!'),
      },
      solution: [
        'kk run blue --image=leigg/hellok8s:v1',
        'kk run green --image=leigg/hellok8s:v2',
        10,
        "for pod in blue green; do curl -s $(kk get pod $pod -o jsonpath='{.status.podIP}'):3000 >> both.txt; done",
        1,
      ],
    },
    exercise<string | undefined>({
      name: 'typo',
      kind: 'fix',
      start: ['kk run hello --image=leigg/helloks8:v1', 120],
      watch: firstUid('pods', 'hello'),
      checks: {
        image: view => imagesOf(pod(view, 'hello')).every(image => sameImage(image, 'leigg/hellok8s:v1')),
        same: (view, uid) => isReady(pod(view, 'hello')) && pod(view, 'hello')?.metadata.uid === uid,
      },
      solution: [
        "kk describe pod hello | grep 'Failed to pull'",
        'kk set image pod/hello hello=leigg/hellok8s:v1',
        60,
      ],
    }),
  ],
} satisfies Lesson
