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
  },
  wrong: {
    'no request at all': ['kubectl set resources deployment/search --requests=cpu=0,memory=64Mi'],
    'room made at the expense of the neighbours': ['kubectl scale deployment/billing --replicas=0'],
    'half of the mistake kept, and the neighbours gone': [
      'kubectl set resources deployment/search --requests=cpu=1500m',
      'kubectl scale deployment/billing --replicas=0',
    ],
  },
} satisfies DrillWays
