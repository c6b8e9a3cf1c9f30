import { imagesOf, isReady, readySince, sameImage } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const runs = (view: ClusterView, image: string): boolean => {
  const pod = view.get('pods', 'greeting')
  return isReady(pod) && imagesOf(pod).every(each => sameImage(each, image))
}
const pods = (view: ClusterView) => view.list('pods', { labels: 'app=hellok8s' })
const ours = /^(docker\.io\/)?learner\/hellok8s\b/
const login = 'echo secret | docker login -u learner --password-stdin'

export default {
  transcript: 'push.console',
  minutes: 15,
  level: 2,
  needs: ['2.1', '2.2'],
  exercises: [
    {
      name: 'own-name',
      kind: 'repeat',
      start: [
        'docker build -q -t hellok8s .',
        'kk run greeting --image=reader/hellok8s:v1 --image-pull-policy=Always',
        20,
      ],
      checks: { pulled: (view: ClusterView) => runs(view, 'reader/hellok8s:v1') },
      solution: [
        'docker tag hellok8s reader/hellok8s:v1',
        'echo secret | docker login -u reader --password-stdin',
        'docker push reader/hellok8s:v1',
        180,
      ],
    },
    {
      name: 'harbor',
      kind: 'vary',
      start: [
        'docker build -q -t hellok8s .',
        'kk run greeting --image=harbor.example.com:5001/library/hellok8s:v1 --image-pull-policy=Always',
        20,
      ],
      checks: { pulled: (view: ClusterView) => runs(view, 'harbor.example.com:5001/library/hellok8s:v1') },
      solution: [
        'docker tag hellok8s harbor.example.com:5001/library/hellok8s:v1',
        'echo Harbor12345 | docker login -u admin --password-stdin harbor.example.com:5001',
        'docker push harbor.example.com:5001/library/hellok8s:v1',
        180,
      ],
    },
    {
      name: 'moved-tag',
      kind: 'fix',
      start: [
        login,
        'docker build -q -t learner/hellok8s:v1 .',
        'docker push -q learner/hellok8s:v1',
        `sed -i 's/http.HandleFunc.*/panic("no greeting")/' main.go`,
        'docker build -q -t learner/hellok8s:v1 .',
        'docker push -q learner/hellok8s:v1',
        'kk apply -f deployment.yaml',
        60,
      ],
      checks: {
        ours: (view: ClusterView) =>
          pods(view).some(pod => isReady(pod) && imagesOf(pod).every(each => ours.test(each))),
        steady: (view: ClusterView) =>
          pods(view).length > 0 &&
          pods(view).every(pod => view.now - (readySince(pod) ?? Number.POSITIVE_INFINITY) >= 20_000),
      },
      solution: [
        'docker images',
        'docker tag $(docker images -q learner/hellok8s | tail -1) learner/hellok8s:v1.1',
        'docker push learner/hellok8s:v1.1',
        'kk set image deployment/hellok8s hellok8s=learner/hellok8s:v1.1',
        60,
      ],
    },
  ],
} satisfies Lesson
