import { firstUid, isReady, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const pod = (view: ClusterView, name: string) => view.get('pods', name)
const container = (view: ClusterView, name: string) => pod(view, name)?.status?.containerStatuses?.[0]
const isNodeReady = (view: ClusterView, name: string): boolean =>
  view
    .get('nodes', name)
    ?.status?.conditions?.some(each => each.type === 'Ready' && each.status === 'True') === true

export default {
  transcript: 'node.console',
  minutes: 14,
  level: 2,
  needs: ['0.1', '1.2'],
  exercises: [
    {
      name: 'new-container',
      kind: 'repeat',
      start: ['kk run hello --image=nginx', 30],
      watch: firstUid('pods', 'hello'),
      checks: {
        'same-pod': (view: ClusterView, uid: string | undefined) =>
          uid !== undefined && pod(view, 'hello')?.metadata.uid === uid,
        restarted: (view: ClusterView) => (container(view, 'hello')?.restartCount ?? 0) >= 2,
        ready: (view: ClusterView) => isReady(pod(view, 'hello')),
      },
      solution: [
        "ssh k8s-node1 'crictl stop $(crictl ps -q --name hello)'",
        20,
        "ssh k8s-node1 'crictl stop $(crictl ps -q --name hello)'",
        30,
      ],
    },
    {
      name: 'brought-along',
      kind: 'vary',
      checks: {
        never: (view: ClusterView) =>
          pod(view, 'local')?.spec.containers[0]?.imagePullPolicy === 'Never' &&
          sameImage(pod(view, 'local')?.spec.containers[0]?.image, 'httpd'),
        ready: (view: ClusterView) => isReady(pod(view, 'local')),
      },
      solution: [
        'ssh k8s-node1 crictl pull httpd',
        'kk run local --image=httpd --image-pull-policy=Never',
        20,
      ],
    },
    {
      name: 'not-ready',
      kind: 'fix',
      start: ['ssh k8s-node1 systemctl stop containerd', 'kk run late --image=nginx', 120],
      checks: {
        node: (view: ClusterView) => isNodeReady(view, 'k8s-node1'),
        steady: (view: ClusterView) => steadyFor(view, 'late', 10 * second),
      },
      solution: [
        'kk describe node k8s-node1',
        'ssh k8s-node1 systemctl is-active kubelet containerd',
        'ssh k8s-node1 systemctl start containerd',
        120,
      ],
    },
  ],
} satisfies Lesson
