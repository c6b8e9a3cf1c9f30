import type { Container } from '../../../src/kinds/schema/types.ts'
import { imagesOf, isReady, limitsOf, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const mebi = 1024 ** 2

const first = (view: ClusterView, name: string) => view.get('pods', name)?.spec.containers[0]
const commandOf = (container: Container | undefined): string =>
  [...(container?.command ?? []), ...(container?.args ?? [])].join(' ')

export default {
  transcript: 'resources.console',
  minutes: 20,
  level: 2,
  needs: ['3.2', '3.7', '3.8'],
  metrics: true,
  exercises: [
    {
      name: 'breakfast',
      kind: 'repeat',
      start: ['kk apply -f pod-report-memory.yaml', 60],
      checks: {
        'same-work': (view: ClusterView) =>
          sameImage(first(view, 'report')?.image, 'polinux/stress') &&
          /--vm-bytes (?:100M|104857600)\b/.test(commandOf(first(view, 'report'))),
        bounded: (view: ClusterView) => {
          const { memory } = limitsOf(first(view, 'report'))
          return memory > 0 && memory <= 256 * mebi
        },
        steady: (view: ClusterView) => steadyFor(view, 'report', 60 * second),
      },
      solution: [
        "sed -i 's/64Mi/192Mi/' pod-report-memory.yaml",
        'kk replace --force -f pod-report-memory.yaml',
        65,
      ],
    },
    {
      name: 'last-to-go',
      kind: 'vary',
      checks: {
        class: (view: ClusterView) => view.get('pods', 'till')?.status?.qosClass === 'Guaranteed',
        amounts: (view: ClusterView) => {
          const { cpu, memory } = limitsOf(first(view, 'till'))
          return cpu === 250 && memory === 128 * mebi
        },
        running: (view: ClusterView) => {
          const pod = view.get('pods', 'till')
          return isReady(pod) && imagesOf(pod).some(image => sameImage(image, 'nginx:1.10.1'))
        },
      },
      solution: ["sed 's/busy/till/; s/500m/250m/; s/64Mi/128Mi/' pod-busy.yaml | kk apply -f -", 10],
    },
    {
      name: 'never-starts',
      kind: 'fix',
      start: ['kk apply -f pod-shop-memory.yaml', 600],
      checks: {
        bounded: (view: ClusterView) => {
          const { cpu, memory } = limitsOf(first(view, 'shop'))
          return cpu > 0 && memory >= 64 * mebi && memory <= 512 * mebi
        },
        steady: (view: ClusterView) => steadyFor(view, 'shop', 30 * second),
      },
      solution: [
        'kk describe pod shop',
        "sed -i 's/128m/128Mi/' pod-shop-memory.yaml",
        'kk replace --force -f pod-shop-memory.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
