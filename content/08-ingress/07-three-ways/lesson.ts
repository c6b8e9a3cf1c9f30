import { isLeaving, isRolledOut } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { controllerPods, space } from '../checks.ts'

const name = 'ingress-nginx-controller'
/** Nodes whose own port 80 a ready controller holds. */
const openNodes = (view: ClusterView): string[] => [
  ...new Set(
    controllerPods(view)
      .filter(({ spec }) => spec.hostNetwork)
      .map(({ spec }) => spec.nodeName as string),
  ),
]
const serviceOf = (view: ClusterView) => view.get('services', name, space)
const nodePort = (view: ClusterView, port: number): number | undefined =>
  serviceOf(view)?.spec.ports?.find(each => each.port === port)?.nodePort
/** Whether what makes controllers has as many as it wants. */
const isComplete = (view: ClusterView): boolean => {
  const deployment = view.get('deployments', name, space)
  const set = view.get('daemonsets', name, space)
  return deployment
    ? isRolledOut(deployment)
    : set !== undefined &&
        set.status.numberReady > 0 &&
        set.status.numberReady === set.status.desiredNumberScheduled
}

const toDaemonSet = [
  'kk delete deployment,service -n ingress-nginx ingress-nginx-controller',
  'kk label node k8s-node1 ingress=true',
  'kk apply -f ingress-nginx-daemonset-hostnetwork.yaml',
]

export default {
  transcript: 'three-ways.console',
  minutes: 18,
  level: 2,
  needs: ['5.1', '7.5', '8.6'],
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml -f ingress-shop.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
  ],
  exercises: [
    {
      name: 'every-node',
      kind: 'repeat',
      start: [...toDaemonSet, 20],
      checks: {
        both: (view: ClusterView) => openNodes(view).sort().join() === 'k8s-master,k8s-node1',
        set: (view: ClusterView) => view.get('daemonsets', name, space) !== undefined && isComplete(view),
      },
      solution: [
        'kk label node k8s-master ingress=true',
        `kk patch daemonset -n ingress-nginx ingress-nginx-controller -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"node-role.kubernetes.io/control-plane","operator":"Exists","effect":"NoSchedule"}]}}}}'`,
        60,
      ],
    },
    {
      name: 'our-numbers',
      kind: 'vary',
      checks: {
        type: (view: ClusterView) => serviceOf(view)?.spec.type === 'NodePort',
        numbers: (view: ClusterView) => nodePort(view, 80) === 31080 && nodePort(view, 443) === 31443,
        pods: (view: ClusterView) =>
          controllerPods(view).length > 0 &&
          view
            .list('endpointslices', { namespace: space, labels: `kubernetes.io/service-name=${name}` })
            .some(slice => slice.endpoints?.some(each => each.conditions?.ready)),
      },
      solution: [
        "sed 's/30080/31080/; s/30443/31443/' ingress-nginx-service-nodeport.yaml | kk apply -f -",
        3,
      ],
    },
    {
      name: 'second-waits',
      kind: 'fix',
      start: [
        'kk patch deployment -n ingress-nginx ingress-nginx-controller --patch-file controller-host-broken.yaml',
        60,
      ],
      checks: {
        open: (view: ClusterView) => openNodes(view).includes('k8s-node1'),
        complete: isComplete,
        'nobody-waits': (view: ClusterView) =>
          !view
            .list('pods', { namespace: space, labels: 'app.kubernetes.io/component=controller' })
            .some(pod => !isLeaving(pod) && pod.status?.phase === 'Pending'),
      },
      solution: [
        'kk get pods -n ingress-nginx -o wide',
        'kk events -n ingress-nginx --types=Warning',
        'kk scale -n ingress-nginx deployment ingress-nginx-controller --replicas=1',
        30,
      ],
    },
  ],
} satisfies Lesson
