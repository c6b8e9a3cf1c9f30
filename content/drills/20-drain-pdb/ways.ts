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
    'the third goes again at the end': [
      'kubectl scale deployment/shop --replicas=3',
      20,
      'kubectl drain k8s-node2 --ignore-daemonsets',
      'kubectl scale deployment/shop --replicas=2',
    ],
    'a rollout leaves the closed node': [
      'kubectl rollout restart deployment/shop',
      'kubectl rollout status deployment/shop --timeout=120s',
      'kubectl drain k8s-node2 --ignore-daemonsets',
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
    'they no longer keep apart from each other': [
      `kubectl patch deployment shop --type=json -p '[{"op":"replace","path":"/spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector/matchLabels/app","value":"nobody"}]'`,
      30,
      'kubectl drain k8s-node2 --ignore-daemonsets',
    ],
    'the budget smaller for a while': [
      'kubectl scale deployment/shop --replicas=3',
      20,
      `kubectl patch pdb shop -p '{"spec":{"minAvailable":1}}'`,
      'kubectl drain k8s-node2 --ignore-daemonsets',
      `kubectl patch pdb shop -p '{"spec":{"minAvailable":2}}'`,
    ],
    'emptied and opened again': [
      'kubectl scale deployment/shop --replicas=3',
      20,
      'kubectl drain k8s-node2 --ignore-daemonsets',
      'kubectl uncordon k8s-node2',
    ],
  },
  // The third pod waits for the node that is closed, as was wanted.
  still: ['8', '10'],
} satisfies DrillWays
