import { imagesOf, isReady, sameImage } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pods = (view: ClusterView) => view.list('pods', { labels: 'app=hellok8s' })
const runs = (view: ClusterView, image: string): boolean =>
  pods(view).some(pod => isReady(pod) && imagesOf(pod).every(each => sameImage(each, image)))
/** The uid of the pod that there was at the beginning. */
const firstPod = {
  resources: ['pods'],
  start: undefined as string | undefined,
  next: (seen: string | undefined, { object }: Change) =>
    seen ?? (object.metadata.labels?.app === 'hellok8s' ? object.metadata.uid : undefined),
}
const build = 'docker build -q -t learner/hellok8s:v1 .'
const login = 'echo secret | docker login -u learner --password-stdin'

export default {
  transcript: 'local-image.console',
  minutes: 15,
  level: 2,
  needs: ['2.4', '1.4'],
  exercises: [
    {
      name: 'same-pod',
      kind: 'repeat',
      start: ['kk apply -f deployment.yaml', 60],
      watch: firstPod,
      checks: {
        image: (view: ClusterView) => runs(view, 'learner/hellok8s:v1'),
        'same-pod': (view: ClusterView, uid: string | undefined) =>
          pods(view).some(pod => pod.metadata.uid === uid && isReady(pod)),
      },
      solution: [build, login, 'docker push learner/hellok8s:v1', 300],
    },
    {
      name: 'no-registry',
      kind: 'vary',
      start: [build, 'kk apply -f deployment.yaml', 60],
      faults: [{ type: 'registry-down', host: 'docker.io' }],
      checks: {
        image: (view: ClusterView) => runs(view, 'learner/hellok8s:v1'),
        one: (view: ClusterView) => pods(view).filter(pod => !pod.metadata.deletionTimestamp).length === 1,
      },
      solution: ['docker save learner/hellok8s:v1 | ssh k8s-node1 ctr -n k8s.io image import -', 300],
    },
    {
      name: 'still-missing',
      kind: 'fix',
      start: [
        'docker build -q -t learner/hellok8s .',
        'docker save learner/hellok8s | ssh k8s-node1 ctr -n k8s.io image import -',
        "sed 's/hellok8s:v1/hellok8s/' deployment.yaml > late.yaml",
        'kk apply -f late.yaml',
        300,
      ],
      checks: {
        ours: (view: ClusterView) =>
          pods(view).some(
            pod =>
              isReady(pod) && imagesOf(pod).every(each => /^(docker\.io\/)?learner\/hellok8s\b/.test(each)),
          ),
        settled: (view: ClusterView) => pods(view).length > 0 && pods(view).every(isReady),
      },
      solution: [
        'kk get pods -o jsonpath={.items[*].spec.containers[*].imagePullPolicy}',
        login,
        'docker push learner/hellok8s',
        300,
      ],
    },
  ],
} satisfies Lesson
