import type { PodSpec } from '../../../src/kinds/schema/types.ts'
import { isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { serviceOf } from '../checks.ts'

const clusterDns = '20.1.0.10'

/** Whether a pod asks the cluster's DNS, with the suffixes of its namespace. */
const asksClusterDns = ({ dnsPolicy = 'ClusterFirst', hostNetwork, dnsConfig }: PodSpec): boolean => {
  if (dnsPolicy === 'ClusterFirstWithHostNet') return true
  if (dnsPolicy === 'ClusterFirst') return !hostNetwork
  return (
    dnsPolicy === 'None' &&
    dnsConfig?.nameservers?.[0] === clusterDns &&
    dnsConfig.searches?.includes('default.svc.cluster.local') === true
  )
}

/** The value of `ndots` that a pod asks for; 5 where it says nothing. */
const ndotsOf = (spec: PodSpec): number =>
  Number(spec.dnsConfig?.options?.find(each => each.name === 'ndots')?.value ?? 5)

export default {
  transcript: 'discovery.console',
  minutes: 20,
  level: 2,
  needs: ['1.7', '7.2'],
  outside: true,
  // One CoreDNS that logs every question, so that they stand in their order.
  start: [
    "kk -n kube-system get configmap coredns -o yaml | sed 's/^\\( *\\)errors$/\\1errors\\n\\1log/' | kk apply -f -",
    'kk -n kube-system scale deployment coredns --replicas=1',
    'kk apply -f deployment.yaml -f pod_curl.yaml',
    10,
    'kk apply -f service-clusterip.yaml',
    180,
  ],
  exercises: [
    {
      name: 'seven-lines',
      kind: 'repeat',
      checks: {
        running: (view: ClusterView) => isReady(view.get('pods', 'curl')),
        links: (view: ClusterView) => view.get('pods', 'curl')?.spec.enableServiceLinks !== false,
        order: (view: ClusterView) => {
          // Its container, not the pod: one that is started again gets its variables anew.
          const pod = view.get('pods', 'curl')
          const started = pod?.status?.containerStatuses?.[0]?.state?.running?.startedAt
          const made = serviceOf(view, 'service-hellok8s-clusterip')?.metadata.creationTimestamp
          return !!started && made !== undefined && Date.parse(started) > Date.parse(made)
        },
      },
      solution: ['kk delete pod curl', 'kk apply -f pod_curl.yaml', 10],
    },
    {
      name: 'one-question',
      kind: 'vary',
      checks: {
        ready: (view: ClusterView) => isReady(view.get('pods', 'asker')),
        once: (view: ClusterView) => {
          const spec = view.get('pods', 'asker')?.spec
          return spec !== undefined && ndotsOf(spec) <= 2
        },
        short: (view: ClusterView) => {
          const spec = view.get('pods', 'asker')?.spec
          return spec !== undefined && asksClusterDns(spec) && ndotsOf(spec) >= 1
        },
      },
      solution: [
        'sed \'s/name: curl$/name: asker/; s/^spec:/spec:\\n  dnsConfig: {options: [{name: ndots, value: "1"}]}/\' pod_curl.yaml | kk apply -f -',
        10,
      ],
    },
    {
      name: 'watcher',
      kind: 'fix',
      start: ['kk apply -f watcher.yaml', 15],
      checks: {
        host: (view: ClusterView) => {
          const deployment = view.get('deployments', 'watcher')
          const pods = podsOf(view, deployment)
          return pods.length === 1 && pods.every(pod => pod.spec.hostNetwork && isReady(pod))
        },
        name: (view: ClusterView) => {
          const pods = podsOf(view, view.get('deployments', 'watcher'))
          return pods.length > 0 && pods.every(pod => asksClusterDns(pod.spec))
        },
      },
      solution: [
        'kk exec deployment/watcher -- cat /etc/resolv.conf',
        `kk patch deployment watcher -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirstWithHostNet"}}}}'`,
        60,
      ],
    },
  ],
} satisfies Lesson
