import type { DaemonSet } from '../../../src/kinds/schema/types.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { covers, daemonSet, hasImage, takesAnyNode } from '../checks.ts'

const greeter = 'daemonset-hellok8s-go-http'

const takesPort = (set: DaemonSet | undefined, port: number): boolean => {
  const { hostNetwork, containers = [] } = set?.spec.template.spec ?? {}
  return hostNetwork === true
    ? port === 3000
    : containers.some(each =>
        each.ports?.some(({ containerPort, hostPort }) => containerPort === 3000 && hostPort === port),
      )
}

export default {
  transcript: 'one-per-node.console',
  minutes: 15,
  level: 1,
  needs: ['3.12', '3.13', '4.1'],
  exercises: [
    {
      name: 'metrics',
      kind: 'repeat',
      checks: {
        set: (view: ClusterView) => hasImage(daemonSet(view, 'metrics'), 'prom/node-exporter:v1.8.1'),
        everywhere: (view: ClusterView) => covers(view, daemonSet(view, 'metrics')),
      },
      solution: [
        "sed '/command:/,$d; s/log-agent/metrics/; s#busybox:1.28#prom/node-exporter:v1.8.1#' daemonset.yaml > metrics.yaml",
        'kk apply -f metrics.yaml',
        20,
      ],
    },
    {
      name: 'at-the-door',
      kind: 'vary',
      checks: {
        set: (view: ClusterView) => hasImage(daemonSet(view, greeter), 'leigg/hellok8s:v1'),
        port: (view: ClusterView) => takesPort(daemonSet(view, greeter), 3000),
        everywhere: (view: ClusterView) => covers(view, daemonSet(view, greeter)),
      },
      solution: [
        `sed '/command:/,$d; s/name: log-agent/name: ${greeter}/; s/app: log-agent/app: hellok8s/; s#busybox:1.28#leigg/hellok8s:v1#' daemonset.yaml > hellok8s.yaml`,
        "printf '          ports:\\n            - containerPort: 3000\\n              hostPort: 3000\\n' >> hellok8s.yaml",
        'kk apply -f hellok8s.yaml',
        20,
      ],
    },
    {
      name: 'two-days',
      kind: 'fix',
      start: ['kk label node k8s-master logs=collected', 'kk apply -f daemonset-picky-broken.yaml', 20],
      checks: {
        everywhere: (view: ClusterView) => covers(view, daemonSet(view, 'log-agent')),
        tomorrow: (view: ClusterView) => takesAnyNode(daemonSet(view, 'log-agent')),
      },
      solution: [
        'kk get daemonset,nodes --show-labels',
        "sed -i '/nodeSelector/,+1d' daemonset-picky-broken.yaml",
        'kk apply -f daemonset-picky-broken.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
