import { parseTime } from '../../../src/engine/engine.ts'
import type { Pod } from '../../../src/kinds/schema/types.ts'
import { isReady, isRolledOut, podsOf, since, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const manifests = '/etc/kubernetes/manifests'
const hello = (view: ClusterView) => view.get('deployments', 'hello')
const component = (view: ClusterView, name: string) => view.get('pods', `${name}-k8s-master`, 'kube-system')
const isNodeReady = (view: ClusterView): boolean =>
  view
    .get('nodes', 'k8s-node1')
    ?.status?.conditions?.some(each => each.type === 'Ready' && each.status === 'True') === true
/** Names of the pods to which the Service sends requests. */
const listed = (view: ClusterView): (string | undefined)[] =>
  view
    .list('endpointslices', { labels: 'kubernetes.io/service-name=hello' })
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false)
    .map(endpoint => endpoint.targetRef?.name)
/** A pod is on the list of `hello`, and the cluster's DNS is there to answer the name. */
const canBeAsked = (view: ClusterView): boolean =>
  listed(view).length > 0 &&
  view.list('pods', { labels: 'k8s-app=kube-dns', namespace: 'kube-system' }).some(isReady)
/** A command that goes on only when it was answered. */
const insists = (command: string): boolean => /&&|\|\||\b(?:until|while|if)\b|-ec?\b/.test(command)
/** … or that began when there was somebody to answer; times of containers are whole seconds. */
const beganSince = (pod: Pod | undefined, asked: number | undefined): boolean => {
  const started = pod?.status?.containerStatuses?.[0]?.state?.running?.startedAt
  return asked !== undefined && !!started && parseTime(started) + second > asked
}
const commandOf = (pod: Pod | undefined): string => {
  const { command = [], args = [] } = pod?.spec.containers[0] ?? {}
  return [...command, ...args].join(' ')
}

export default {
  transcript: 'story.console',
  minutes: 25,
  level: 3,
  needs: ['1.2', '1.4', '1.6', '1.7'],
  start: [
    'kk scale deployment coredns -n kube-system --replicas=0',
    10,
    `ssh k8s-master mv ${manifests}/kube-scheduler.yaml ${manifests}/kube-controller-manager.yaml /root/`,
    30,
    'ssh k8s-node1 systemctl stop kubelet',
    'kk apply -f deployment.yaml',
    `kk patch service hello -p '{"spec":{"selector":{"app":"helo"}}}'`,
    120,
  ],
  exercises: [
    {
      name: 'stations',
      kind: 'fix',
      watch: since(['endpointslices', 'pods'], canBeAsked),
      checks: {
        made: (view: ClusterView) =>
          isReady(component(view, 'kube-controller-manager')) && podsOf(view, hello(view)).length > 0,
        placed: (view: ClusterView) =>
          isReady(component(view, 'kube-scheduler')) &&
          podsOf(view, hello(view)).some(pod => pod.spec.nodeName !== undefined),
        running: (view: ClusterView) => isNodeReady(view) && isRolledOut(hello(view)),
        listed: (view: ClusterView) =>
          podsOf(view, hello(view)).some(pod => isReady(pod) && listed(view).includes(pod.metadata.name)),
        greeted: (view: ClusterView, asked: number | undefined) => {
          const visitor = view.get('pods', 'visitor')
          const command = commandOf(visitor)
          const asks = /(?<!echo )(wget|curl) [^;&|]*\bhello\b/.test(command)
          const answered = canBeAsked(view) && (insists(command) || beganSince(visitor, asked))
          const steady = steadyFor(view, 'visitor', 10 * second)
          return { ...steady, met: steady.met && asks && answered }
        },
      },
      solution: [
        'kk get deployments,replicasets,pods',
        `ssh k8s-master mv /root/kube-scheduler.yaml /root/kube-controller-manager.yaml ${manifests}/`,
        'ssh k8s-node1 systemctl start kubelet',
        60,
        `kk apply -f deployment.yaml`,
        'kk scale deployment coredns -n kube-system --replicas=2',
        40,
        `kk run visitor --image=busybox:1.28 -- sh -c 'wget -qO- hello && sleep 36000'`,
        40,
      ],
    },
  ],
} satisfies Lesson
