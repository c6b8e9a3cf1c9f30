import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /db-2 +0\/1 +(ErrImagePull|ImagePullBackOff)/],
    ['kubectl get statefulset db', /2\/3/],
    ['kubectl get statefulset db -o jsonpath={.spec.template.spec.containers[0].image}', /nginx:1.26/],
  ],
  right: {
    'deleted by force': ['kubectl delete pod db-2 --force --grace-period=0'],
    'scaled down by one and up again': [
      'kubectl scale statefulset/db --replicas=2',
      'kubectl wait --for=delete pod/db-2 --timeout=60s',
      'kubectl scale statefulset/db --replicas=3',
    ],
    'the image of the pod itself corrected': [
      `kubectl patch pod db-2 -p '{"spec":{"containers":[{"name":"db","image":"nginx:1.26"}]}}'`,
      'kubectl wait --for=condition=Ready pod/db-2 --timeout=120s',
    ],
  },
  wrong: {
    'restarted: the controller still waits for db-2': ['kubectl rollout restart statefulset/db'],
    'all three deleted': ['kubectl delete pods -l app=db'],
    'the set deleted and made anew': ['kubectl delete statefulset db', 'kubectl apply -f db.yaml'],
    'the set made anew around its pods': [
      'kubectl delete statefulset db --cascade=orphan',
      'kubectl apply -f db.yaml',
    ],
  },
} satisfies DrillWays
