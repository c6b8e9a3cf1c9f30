import { isReady, isRolledOut } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const readyBehind = (view: ClusterView, service: string): number =>
  view
    .list('endpointslices', { labels: `kubernetes.io/service-name=${service}` })
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false).length

export default {
  transcript: 'objects.console',
  minutes: 12,
  level: 1,
  needs: ['0.2', '1.2'],
  exercises: [
    {
      name: 'the-pair',
      kind: 'repeat',
      checks: {
        deployment: (view: ClusterView) =>
          view.get('deployments', 'shop')?.spec.replicas === 3 &&
          isRolledOut(view.get('deployments', 'shop')),
        service: (view: ClusterView) => readyBehind(view, 'shop') === 3,
      },
      solution: [
        'kk create deployment shop --image=leigg/hellok8s:v1 --replicas=3',
        'kk expose deployment shop --port=80 --target-port=3000',
        30,
      ],
    },
    {
      name: 'by-label',
      kind: 'vary',
      start: ['kk run a --image=nginx', 'kk run b --image=nginx', 'kk run c --image=nginx', 30],
      checks: {
        picked: (view: ClusterView) =>
          view
            .list('pods', { labels: 'tier=front' })
            .map(each => each.metadata.name)
            .sort()
            .join() === 'a,b',
        untouched: (view: ClusterView) => ['a', 'b', 'c'].every(name => isReady(view.get('pods', name))),
      },
      solution: ['kk label pods a b tier=front'],
    },
  ],
} satisfies Lesson
