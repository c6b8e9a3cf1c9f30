import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /(ErrImagePull|ImagePullBackOff)/],
    ['kubectl get deployment shop', /3\/3 +1 +3/],
    ['kubectl get events', /Failed to pull image "leigg\/hellok8s:v22".*not found/s],
  ],
  right: {
    'back first, then the right tag': [
      'kubectl rollout undo deployment/shop',
      'kubectl set image deployment/shop shop=leigg/hellok8s:v2',
    ],
    'the manifest with the right tag': [
      'sed -i s/hellok8s:v1/hellok8s:v2/ shop.yaml',
      'kubectl apply -f shop.yaml',
    ],
    'a patch of the image alone': [
      `kubectl patch deployment shop -p '{"spec":{"template":{"spec":{"containers":[{"name":"shop","image":"leigg/hellok8s:v2"}]}}}}'`,
    ],
  },
  wrong: {
    'back to v1 only: the release is still missing': ['kubectl rollout undo deployment/shop'],
    'deleted and made anew: nobody serves meanwhile': [
      'kubectl delete deployment shop',
      'sed -i s/hellok8s:v1/hellok8s:v2/ shop.yaml',
      'kubectl apply -f shop.yaml',
    ],
    'through zero: nobody serves meanwhile': [
      'kubectl scale deployment/shop --replicas=0',
      'kubectl set image deployment/shop shop=leigg/hellok8s:v2',
      'kubectl scale deployment/shop --replicas=3',
    ],
  },
} satisfies DrillWays
