import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /Pending/],
    ['kubectl get events', /2 node\(s\) didn't have free ports for the requested pod ports/],
  ],
  right: {
    'one for a while': [
      'kubectl scale deployment/gateway --replicas=1',
      'kubectl rollout status deployment/gateway --timeout=60s',
      'kubectl scale deployment/gateway --replicas=2',
    ],
    'the strategy in the manifest': [
      "sed -i 's/^spec:$/spec:\\n  strategy:\\n    rollingUpdate: {maxSurge: 0, maxUnavailable: 1}/' gateway.yaml",
      'kubectl apply -f gateway.yaml',
    ],
  },
  wrong: {
    'back to the old template': ['kubectl rollout undo deployment/gateway'],
    'both go at once': [
      `kubectl patch deployment gateway -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`,
    ],
    'through zero: nobody serves meanwhile': [
      'kubectl scale deployment/gateway --replicas=0',
      'kubectl scale deployment/gateway --replicas=2',
    ],
  },
} satisfies DrillWays
