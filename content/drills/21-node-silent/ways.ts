import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get nodes', /k8s-node2 +NotReady/],
    ['kubectl get pods', /queue-0 +1\/1 +Terminating/],
    ['kubectl describe node k8s-node2', /NodeStatusUnknown +Kubelet stopped posting node status/],
  ],
  right: {
    'restarted instead of started': ['ssh k8s-node2 systemctl restart kubelet'],
    'as root, then waited for': [
      'ssh k8s-node2 sudo systemctl start kubelet',
      'kubectl wait --for=condition=Ready node/k8s-node2 --timeout=60s',
    ],
    'started now and at every boot': ['ssh k8s-node2 sudo systemctl enable --now kubelet'],
    'by the older command': ['ssh k8s-node2 sudo service kubelet start'],
  },
  wrong: {
    'by force: the old one may still run': ['kubectl delete pod queue-0 --force --grace-period=0'],
    'the node is deleted': ['kubectl delete node k8s-node2'],
    'the set made anew around its pod': [
      'kubectl delete statefulset queue --cascade=orphan',
      'kubectl apply -f queue.yaml',
    ],
    'the page is asked to repair what it broke': ['fault repair'],
    'by its name': ['fault repair kubelet-stopped k8s-node2'],
    'declared out of service, and left so': [
      'kubectl taint nodes k8s-node2 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
      60,
      'ssh k8s-node2 systemctl start kubelet',
    ],
    'deleted, then started': ['kubectl delete node k8s-node2', 'ssh k8s-node2 systemctl start kubelet'],
  },
} satisfies DrillWays
