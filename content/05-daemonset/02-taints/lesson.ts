import type { Affinity, DaemonSet, Toleration } from '../../../src/kinds/schema/types.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import {
  controlPlane,
  covers,
  daemonSet,
  goesToControlPlane,
  hasImage,
  isControlPlaneTainted,
} from '../checks.ts'

const tolerationsOf = (set: DaemonSet | undefined): readonly Toleration[] =>
  set?.spec.template.spec.tolerations ?? []

/** A node affinity of the template asks for the label of the control plane. */
const affinityAsks = (affinity: Affinity | undefined): boolean =>
  affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms?.every(term =>
    term.matchExpressions?.some(
      ({ key, operator }) => key === controlPlane && (operator === 'Exists' || operator === 'In'),
    ),
  ) === true

export default {
  transcript: 'taints.console',
  minutes: 15,
  level: 2,
  needs: ['3.12', '5.1'],
  exercises: [
    {
      name: 'reach',
      kind: 'repeat',
      start: ['kk apply -f daemonset-metrics.yaml', 20],
      checks: {
        everywhere: (view: ClusterView) => covers(view, daemonSet(view, 'metrics')),
        narrow: (view: ClusterView) => {
          const metrics = daemonSet(view, 'metrics')
          return (
            goesToControlPlane(metrics) && tolerationsOf(metrics).every(({ key }) => key === controlPlane)
          )
        },
      },
      solution: [
        `sed -i 's#      containers:#      tolerations: [{key: ${controlPlane}, operator: Exists}]\\n      containers:#' daemonset-metrics.yaml`,
        'kk apply -f daemonset-metrics.yaml',
        40,
      ],
    },
    {
      name: 'only-there',
      kind: 'vary',
      checks: {
        set: (view: ClusterView) => {
          const set = daemonSet(view, 'backup')
          const { command = [], args = [] } = set?.spec.template.spec.containers[0] ?? {}
          return hasImage(set, 'busybox:1.28') && /\bsleep 3600\b/.test([...command, ...args].join(' '))
        },
        there: (view: ClusterView) => covers(view, daemonSet(view, 'backup'), ['k8s-master']),
        tainted: (view: ClusterView) =>
          daemonSet(view, 'backup') !== undefined && isControlPlaneTainted(view),
        'by-label': (view: ClusterView) => {
          const { nodeSelector = {}, affinity } = daemonSet(view, 'backup')?.spec.template.spec ?? {}
          return nodeSelector[controlPlane] === '' || affinityAsks(affinity)
        },
      },
      solution: [
        "sed '/image:/,$d; s/log-agent/backup/' daemonset.yaml > backup.yaml",
        `printf '          image: busybox:1.28\\n          command: [sleep, "3600"]\\n      nodeSelector:\\n        ${controlPlane}: ""\\n' >> backup.yaml`,
        'kk apply -f backup.yaml',
        20,
      ],
    },
    {
      name: 'noisy',
      kind: 'fix',
      start: [
        'kk apply -f daemonset-noisy-broken.yaml',
        20,
        'kk taint node k8s-node1 disk=noisy:NoExecute',
        20,
      ],
      checks: {
        tainted: (view: ClusterView) =>
          (view.get('nodes', 'k8s-node1', '')?.spec.taints ?? []).some(
            ({ key, value, effect }) => key === 'disk' && value === 'noisy' && effect === 'NoExecute',
          ),
        everywhere: (view: ClusterView) => covers(view, daemonSet(view, 'log-agent')),
      },
      solution: [
        'kk describe node k8s-node1 | grep Taints',
        "sed -i 's/value: noise$/value: noisy/; /value: noisy/,/effect/s/NoSchedule/NoExecute/' daemonset-noisy-broken.yaml",
        'kk apply -f daemonset-noisy-broken.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
