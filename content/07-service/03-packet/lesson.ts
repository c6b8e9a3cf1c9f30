import { isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { podChain } from '../../../src/lesson/network-checks.ts'
import { reachesPods, readyAddresses, serviceOf } from '../checks.ts'

const name = 'service-hellok8s-clusterip'
const suspects = (view: ClusterView) => view.list('pods', { labels: 'suspect=yes' })
const named = (view: ClusterView): string => view.file('chain.txt')?.trim() ?? ''

export default {
  transcript: 'packet.console',
  minutes: 20,
  level: 3,
  needs: ['7.2'],
  start: ['kk apply -f deployment.yaml -f service-clusterip.yaml', 12],
  exercises: [
    {
      name: 'which-pod',
      kind: 'repeat',
      start: [
        'kk scale deployment/hellok8s-go-http --replicas=3',
        15,
        "ssh k8s-master iptables-save -t nat | grep -o 'KUBE-SEP-[A-Z0-9]* -s 20.2.1' | sed 's/ .*//; 2!d' > chain.txt",
      ],
      checks: {
        one: (view: ClusterView) => {
          const count = suspects(view).length
          return { met: count === 1, count }
        },
        right: (view: ClusterView) => {
          const service = serviceOf(view, name)
          return service !== undefined && suspects(view).some(pod => podChain(service, pod) === named(view))
        },
        behind: (view: ClusterView) => readyAddresses(view, name).length === 3,
      },
      solution: [
        'cat chain.txt',
        'ssh k8s-master iptables-save -t nat | grep $(cat chain.txt) | grep DNAT',
        "kk label pod $(kk get pods -o custom-columns=POD:.metadata.name,IP:.status.podIP | grep \"$(ssh k8s-master iptables-save -t nat | grep $(cat chain.txt) | grep -o 'destination [0-9.]*' | sed 's/.* //')$\" | sed 's/ .*//') suspect=yes",
        2,
      ],
    },
    {
      name: 'ten-minutes',
      kind: 'vary',
      checks: {
        sticky: (view: ClusterView) => serviceOf(view, name)?.spec.sessionAffinity === 'ClientIP',
        seconds: (view: ClusterView) =>
          serviceOf(view, name)?.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === 600,
        pods: (view: ClusterView) => readyAddresses(view, name).length >= 2 && reachesPods(view, name),
      },
      solution: [
        `kk patch service ${name} -p '{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":600}}}}'`,
        3,
      ],
    },
    {
      name: 'old-rules',
      kind: 'fix',
      start: [
        `kk -n kube-system patch daemonset kube-proxy -p '{"spec":{"template":{"spec":{"nodeSelector":{"proxy":"on"}}}}}'`,
        45,
        'kk delete pods -l app=hellok8s',
        5,
      ],
      checks: {
        proxies: (view: ClusterView) => {
          const daemonSet = view.get('daemonsets', 'kube-proxy', 'kube-system')
          const nodes = view.list('nodes').map(node => node.metadata.name)
          const pods = view
            .list('pods', { labels: 'k8s-app=kube-proxy', namespace: 'kube-system' })
            .filter(isReady)
          const count = nodes.filter(node => pods.some(pod => pod.spec.nodeName === node)).length
          return { met: daemonSet !== undefined && count === nodes.length, count }
        },
        pods: (view: ClusterView) => {
          const pods = podsOf(view, view.get('deployments', 'hellok8s-go-http'))
          return pods.length === 2 && pods.every(isReady) && reachesPods(view, name)
        },
      },
      solution: [
        'kk -n kube-system get daemonset kube-proxy',
        'kk get nodes --show-labels | grep -c proxy=on',
        `kk -n kube-system patch daemonset kube-proxy --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector/proxy"}]'`,
        60,
      ],
    },
  ],
} satisfies Lesson
