import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get deployment -n team-a', /4\/4 +0 +4/],
    [
      'kubectl get events -n team-a',
      /FailedCreate.*exceeded quota: team, requested: limits.memory=256Mi, used: limits.memory=1Gi, limited: limits.memory=1Gi/s,
    ],
    ['kubectl get deployment api -n team-a -o yaml', /ReplicaFailure/],
  ],
  right: {
    'three for a while': [
      'kubectl -n team-a scale deployment/api --replicas=3',
      'kubectl -n team-a rollout status deployment/api --timeout=120s',
      'kubectl -n team-a scale deployment/api --replicas=4',
    ],
    'the strategy and the image in the manifest': [
      "sed -i 's/maxSurge: 1, maxUnavailable: 0/maxSurge: 0, maxUnavailable: 1/; s/:v1/:v2/' api.yaml",
      'kubectl apply -f api.yaml',
    ],
    'each takes less': [
      'kubectl -n team-a set resources deployment/api --limits=memory=128Mi --requests=memory=128Mi',
      'kubectl -n team-a scale deployment/api --replicas=3',
      20,
      'kubectl -n team-a scale deployment/api --replicas=4',
    ],
  },
  wrong: {
    'a larger quota': [`kubectl -n team-a patch quota team -p '{"spec":{"hard":{"limits.memory":"2Gi"}}}'`],
    'all old pods go at once': [
      `kubectl -n team-a patch deployment api -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`,
    ],
    'all pods deleted': ['kubectl -n team-a delete pods -l app=api'],
    'a larger quota for a while': [
      `kubectl -n team-a patch quota team -p '{"spec":{"hard":{"limits.memory":"2Gi"}}}'`,
      60,
      `kubectl -n team-a patch quota team -p '{"spec":{"hard":{"limits.memory":"1Gi"}}}'`,
    ],
    'through zero': [
      'kubectl -n team-a scale deployment/api --replicas=0',
      'kubectl -n team-a scale deployment/api --replicas=4',
    ],
    'replaced by force': ["sed -i 's/:v1/:v2/' api.yaml", 'kubectl replace --force -f api.yaml'],
  },
} satisfies DrillWays
