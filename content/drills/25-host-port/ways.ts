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
    'no surge, and the rest as it is': [
      `kubectl patch deployment gateway -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0}}}}'`,
    ],
    'back, then again with another strategy': [
      'kubectl rollout undo deployment/gateway',
      `kubectl patch deployment gateway -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
      'kubectl rollout restart deployment/gateway',
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
    'the control plane is opened': ['kubectl taint nodes k8s-master node-role.kubernetes.io/control-plane-'],
    'its pods tolerate the control plane': [
      `kubectl patch deployment gateway -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'`,
    ],
    'without the port of the node': [
      `kubectl patch deployment gateway --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/ports/0/hostPort"}]'`,
    ],
    'all pods deleted': ['kubectl delete pods --all'],
  },
} satisfies DrillWays
