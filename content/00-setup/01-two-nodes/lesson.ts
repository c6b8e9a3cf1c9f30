import { configuredServer, isReady, sameImage } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pod = (view: ClusterView, name: string) => view.get('pods', name)

export default {
  transcript: 'two-nodes.console',
  minutes: 12,
  level: 1,
  exercises: [
    {
      name: 'one-more',
      kind: 'repeat',
      checks: {
        nginx: (view: ClusterView) => sameImage(pod(view, 'web')?.spec.containers[0]?.image, 'nginx'),
        ready: (view: ClusterView) => isReady(pod(view, 'web')),
      },
      solution: ['kk run web --image=nginx', 20],
    },
    {
      name: 'foresee',
      kind: 'vary',
      checks: {
        named: (view: ClusterView) =>
          view.list('pods').some(each => each.metadata.name === each.spec.nodeName && isReady(each)),
      },
      solution: ['kk run k8s-node1 --image=nginx', 20],
    },
    {
      name: 'wrong-door',
      kind: 'fix',
      start: ['kubectl config set-cluster kubernetes --server=https://10.0.2.3:6443'],
      checks: {
        door: (view: ClusterView) => /^(https:\/\/)?10\.0\.2\.2:6443\/?$/.test(configuredServer(view) ?? ''),
        proof: (view: ClusterView) => isReady(pod(view, 'proof')),
      },
      solution: [
        'kk config view',
        'kk config set-cluster kubernetes --server=https://10.0.2.2:6443',
        'kk run proof --image=nginx',
        20,
      ],
    },
  ],
} satisfies Lesson
