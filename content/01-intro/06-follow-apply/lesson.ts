import { parseTime } from '../../../src/engine/engine.ts'
import type { Deployment, Pod } from '../../../src/kinds/schema/types.ts'
import { isReady, isRolledOut } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const manifests = '/etc/kubernetes/manifests'

const condition = (object: Pod | Deployment | undefined, type: string) =>
  object?.status?.conditions?.find(each => each.type === type)

/** Addresses behind a Service that get traffic. */
const addresses = (view: ClusterView, service: string): string[] =>
  view
    .list('endpointslices', { labels: `kubernetes.io/service-name=${service}` })
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false)
    .flatMap(endpoint => endpoint.addresses)

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const age = (view: ClusterView, name: string): number => {
  const at = pod(view, name)?.metadata.creationTimestamp
  return at === undefined ? 0 : view.now - parseTime(at)
}
const waitsFor = (view: ClusterView, name: string): string =>
  pod(view, name)?.status?.containerStatuses?.[0]?.state?.waiting?.reason ?? ''

export default {
  transcript: 'follow-apply.console',
  minutes: 15,
  level: 2,
  needs: ['1.2'],
  exercises: [
    {
      name: 'all-the-way',
      kind: 'repeat',
      checks: {
        rolled: (view: ClusterView) =>
          isRolledOut(view.get('deployments', 'shop')) &&
          view.get('deployments', 'shop')?.spec.replicas === 3,
        reached: (view: ClusterView) => ({
          met: addresses(view, 'shop').length === 3,
          count: addresses(view, 'shop').length,
          at: view.now,
        }),
      },
      solution: ["sed 's/hello$/shop/; s/replicas: 1/replicas: 3/' deployment.yaml | kk apply -f -", 30],
    },
    {
      name: 'stuck-on-purpose',
      kind: 'vary',
      checks: {
        'no-node': (view: ClusterView) =>
          !pod(view, 'homeless')?.spec.nodeName &&
          condition(pod(view, 'homeless'), 'PodScheduled')?.reason === 'Unschedulable' &&
          age(view, 'homeless') >= 20 * second,
        'no-image': (view: ClusterView) =>
          pod(view, 'empty')?.spec.nodeName !== undefined &&
          /^(ErrImagePull|ImagePullBackOff)$/.test(waitsFor(view, 'empty')),
      },
      solution: [
        `kk run homeless --image=nginx --overrides='{"spec":{"nodeSelector":{"disk":"ssd"}}}'`,
        'kk run empty --image=ngnix',
        30,
      ],
    },
    {
      name: 'halfway',
      kind: 'fix',
      start: [
        `ssh k8s-master mv ${manifests}/kube-controller-manager.yaml /root/`,
        30,
        'kk apply -f deployment.yaml',
        120,
      ],
      checks: {
        manager: (view: ClusterView) =>
          isReady(view.get('pods', 'kube-controller-manager-k8s-master', 'kube-system')),
        rolled: (view: ClusterView) => isRolledOut(view.get('deployments', 'hello')),
        reached: (view: ClusterView) => addresses(view, 'hello').length > 0,
      },
      solution: [
        'kk get deployments,replicasets,pods',
        'kk get componentstatuses',
        `ssh k8s-master mv /root/kube-controller-manager.yaml ${manifests}/`,
        30,
      ],
    },
  ],
} satisfies Lesson
