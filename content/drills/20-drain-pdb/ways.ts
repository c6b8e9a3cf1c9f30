import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pdb', /2 +N\/A +0/],
    [
      'kubectl drain k8s-node2 --ignore-daemonsets --timeout=10s',
      /Cannot evict pod as it would violate the pod's disruption budget/,
    ],
    ['kubectl get nodes', /k8s-node2 +Ready,SchedulingDisabled/],
  ],
  right: {
    'the drain waits for the third by itself': [
      'kubectl scale deployment/shop --replicas=3',
      'kubectl drain k8s-node2 --ignore-daemonsets --timeout=120s',
    ],
    'the pod deleted by hand once there is a third': [
      `kubectl patch deployment shop -p '{"spec":{"replicas":3}}'`,
      "kubectl wait --for=jsonpath='{.status.availableReplicas}'=3 deployment/shop --timeout=60s",
      'kubectl delete pod $(kubectl get pods -l app=shop --field-selector spec.nodeName=k8s-node2 -o name | cut -d/ -f2)',
    ],
  },
  wrong: {
    'without a budget': ['kubectl delete pdb shop', 'kubectl drain k8s-node2 --ignore-daemonsets'],
    'past the budget': ['kubectl drain k8s-node2 --ignore-daemonsets --disable-eviction'],
    'a smaller budget': [
      `kubectl patch pdb shop -p '{"spec":{"minAvailable":1}}'`,
      'kubectl drain k8s-node2 --ignore-daemonsets',
    ],
    'the node is deleted with what runs on it': ['kubectl delete node k8s-node2'],
  },
} satisfies DrillWays
