import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /Pending/],
    ['kubectl get events', /FailedScheduling.*0\/3 nodes are available/s],
    ['kubectl get nodes', /SchedulingDisabled/],
  ],
  right: {
    'opened first, then the taint taken off all nodes': [
      'kubectl uncordon k8s-node2',
      'kubectl taint nodes --all maintenance- || true',
    ],
    'both written away by patches': [
      `kubectl patch node k8s-node1 --type=json -p '[{"op":"remove","path":"/spec/taints"}]'`,
      `kubectl patch node k8s-node2 --type=merge -p '{"spec":{"taints":null,"unschedulable":null}}'`,
    ],
    'the taint by its whole name': [
      'kubectl taint nodes k8s-node1 k8s-node2 maintenance=planned:NoSchedule-',
      'kubectl uncordon k8s-node2',
    ],
    'a toleration given and taken back': [
      `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"maintenance","operator":"Exists"}]}}}}'`,
      20,
      'kubectl rollout undo deployment/web',
      'kubectl taint nodes k8s-node1 k8s-node2 maintenance-',
      'kubectl uncordon k8s-node2',
    ],
  },
  wrong: {
    'the pods tolerate everything, and land on the control plane too': [
      `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'`,
    ],
    'the control plane is opened instead': [
      'kubectl taint nodes k8s-master node-role.kubernetes.io/control-plane-',
    ],
    'one node only': ['kubectl taint nodes k8s-node1 maintenance-'],
    'a milder taint': [
      'kubectl taint nodes k8s-node1 k8s-node2 maintenance=planned:PreferNoSchedule',
      'kubectl taint nodes k8s-node1 k8s-node2 maintenance:NoSchedule-',
      'kubectl uncordon k8s-node2',
    ],
    'past the scheduler': [
      `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"nodeName":"k8s-node1"}}}}'`,
    ],
  },
} satisfies DrillWays
