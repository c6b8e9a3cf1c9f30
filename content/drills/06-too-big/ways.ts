import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods -l app=search', /Pending/],
    ['kubectl get events', /FailedScheduling.*0\/3 nodes are available: .*2 Insufficient cpu/s],
  ],
  right: {
    '300m in the manifest': ["sed -i 's/cpu: 4,/cpu: 300m,/' search.yaml", 'kubectl apply -f search.yaml'],
    '100m by a patch': [
      `kubectl patch deployment search -p '{"spec":{"template":{"spec":{"containers":[{"name":"search","resources":{"requests":{"cpu":"100m"}}}]}}}}'`,
    ],
    'with a limit too': ['kubectl set resources deployment/search --requests=cpu=200m --limits=cpu=400m'],
    'replaced by force: nothing of it ran': [
      "sed -i 's/cpu: 4,/cpu: 100m,/' search.yaml",
      'kubectl replace --force -f search.yaml',
    ],
  },
  wrong: {
    'no request at all': ['kubectl set resources deployment/search --requests=cpu=0,memory=64Mi'],
    'room made at the expense of the neighbours': ['kubectl scale deployment/billing --replicas=0'],
    'half of the mistake kept, and the neighbours gone': [
      'kubectl set resources deployment/search --requests=cpu=1500m',
      'kubectl scale deployment/billing --replicas=0',
    ],
    'room made on the control plane': [
      'kubectl taint nodes k8s-master node-role.kubernetes.io/control-plane-',
      'kubectl set resources deployment/search --requests=cpu=500m',
    ],
    'the neighbours pushed out by priority': [
      'kubectl create priorityclass high --value=1000000',
      'kubectl set resources deployment/search --requests=cpu=1',
      `kubectl patch deployment search -p '{"spec":{"template":{"spec":{"priorityClassName":"high"}}}}'`,
    ],
    'the neighbours come back too late': [
      'kubectl scale deployment/billing --replicas=0',
      'kubectl set resources deployment/search --requests=cpu=500m',
      30,
      'kubectl scale deployment/billing --replicas=2',
    ],
  },
} satisfies DrillWays
