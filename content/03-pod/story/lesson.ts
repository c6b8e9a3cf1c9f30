import type { Container } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, isReady, limitsOf, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const steady = (view: ClusterView, name: string) => steadyFor(view, name, 30 * second)
const commandOf = (container: Container | undefined): string =>
  [...(container?.command ?? []), ...(container?.args ?? [])].join(' ')

export default {
  transcript: 'story.console',
  minutes: 30,
  level: 3,
  needs: ['3.5', '3.7', '3.8', '3.11', '3.12'],
  start: ['kk label node k8s-node1 disk=ssd', 'kk apply -f pods-ward-broken.yaml', 300],
  exercises: [
    {
      name: 'night',
      kind: 'fix',
      watch: firstUid('pods', 'shop'),
      checks: {
        search: (view: ClusterView) =>
          pod(view, 'search')?.spec.nodeSelector?.disk === 'ssd' && steady(view, 'search'),
        cover: (view: ClusterView) =>
          imagesOf(pod(view, 'cover')).some(image => sameImage(image, 'nginx:1.10.1')) &&
          steady(view, 'cover'),
        report: (view: ClusterView) => {
          const container = pod(view, 'report')?.spec.containers[0]
          const { memory } = limitsOf(container)
          return (
            /--vm-bytes 100M\b/.test(commandOf(container)) &&
            memory > 0 &&
            memory <= 256 * 1024 ** 2 &&
            steady(view, 'report')
          )
        },
        clerk: (view: ClusterView) => {
          const container = pod(view, 'clerk')?.spec.containers[0]
          return (
            sameImage(container?.image, 'busybox:1.28') &&
            /^sleep /.test(commandOf(container)) &&
            steady(view, 'clerk')
          )
        },
        shop: (view: ClusterView, uid: string | undefined) =>
          isReady(pod(view, 'shop')) &&
          pod(view, 'shop')?.metadata.uid === uid &&
          view.get('services', 'stock') !== undefined,
      },
      solution: [
        'kk create service clusterip stock --tcp=80',
        'kk set image pod/cover cover=nginx:1.10.1',
        "sed -i 's/sdd/ssd/; s/64Mi/192Mi/; s/slep/sleep/; s/ngnix/nginx/' pods-ward-broken.yaml",
        'kk delete pod search report clerk --now',
        'kk apply -f pods-ward-broken.yaml',
        60,
      ],
    },
  ],
} satisfies Lesson
