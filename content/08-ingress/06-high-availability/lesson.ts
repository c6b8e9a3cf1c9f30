import { isRolledOut, nodesFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { controllerPods, space } from '../checks.ts'

const name = 'ingress-nginx-controller'
const deploymentOf = (view: ClusterView) => view.get('deployments', name, space)
const nodesOf = (view: ClusterView): string[] => controllerPods(view).map(pod => pod.spec.nodeName!)
const areApart = (view: ClusterView): boolean =>
  nodesOf(view).length >= 2 && new Set(nodesOf(view)).size === nodesOf(view).length

/** Whether a budget covers the controllers, keeps one of them and lets the others go. */
const hasBudget = (view: ClusterView): boolean =>
  view
    .list('poddisruptionbudgets', { namespace: space })
    .some(
      ({ status }) =>
        status?.expectedPods >= 2 && status.desiredHealthy >= 1 && status.disruptionsAllowed >= 1,
    )

/** The nodes that the controller's pods could go to, by the labels that they ask for. */
const allowedNodes = (view: ClusterView): string[] => nodesFor(view, deploymentOf(view))

const patch = (value: object) => `kk patch deployment -n ${space} ${name} -p '${JSON.stringify(value)}'`
const noSurge = { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }

export default {
  transcript: 'high-availability.console',
  minutes: 18,
  level: 2,
  needs: ['5.4', '8.2'],
  workers: 2,
  start: [
    'kk apply -f nginx-ingress.yaml -f deployment.yaml -f service-clusterip.yaml -f deployment_httpd_svc.yaml -f ingress-shop.yaml',
    'kk rollout status -n ingress-nginx deployment/ingress-nginx-controller',
  ],
  exercises: [
    {
      name: 'understudy',
      kind: 'repeat',
      checks: { apart: areApart, budget: hasBudget },
      solution: [
        'kk label nodes k8s-node1 k8s-node2 ingress=true',
        patch({ spec: noSurge }),
        'kk patch deployment -n ingress-nginx ingress-nginx-controller --patch-file controller-ha.yaml',
        'kk apply -f controller-pdb.yaml',
        60,
      ],
    },
    {
      name: 'edge',
      kind: 'vary',
      checks: {
        only: (view: ClusterView) =>
          allowedNodes(view).join() === 'k8s-node1' && isRolledOut(deploymentOf(view)),
        two: (view: ClusterView) =>
          nodesOf(view).length >= 2 && nodesOf(view).every(each => each === 'k8s-node1'),
      },
      solution: [
        'kk label node k8s-node1 edge=true',
        patch({ spec: { replicas: 2, template: { spec: { nodeSelector: { edge: 'true' } } } } }),
        60,
      ],
    },
    {
      name: 'never-ends',
      kind: 'fix',
      start: [
        'kk label nodes k8s-node1 k8s-node2 ingress=true',
        'kk patch deployment -n ingress-nginx ingress-nginx-controller --patch-file controller-ha-broken.yaml',
        60,
      ],
      checks: {
        done: (view: ClusterView) => isRolledOut(deploymentOf(view)),
        apart: areApart,
        nodes: (view: ClusterView) => allowedNodes(view).join() === 'k8s-node1,k8s-node2',
      },
      solution: [
        'kk get pods -n ingress-nginx',
        'kk events -n ingress-nginx --types=Warning',
        'kk get nodes -L ingress',
        patch({ spec: { ...noSurge, template: { spec: { nodeSelector: { ingress: 'true' } } } } }),
        90,
      ],
    },
  ],
} satisfies Lesson
