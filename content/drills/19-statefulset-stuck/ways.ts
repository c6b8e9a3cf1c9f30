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
    'deleted by its label, at once': ['kubectl delete pod -l statefulset.kubernetes.io/pod-name=db-2 --now'],
    'the pod replaced by force': [
      "kubectl get pod db-2 -o yaml | sed 's/nginx:1.99/nginx:1.26/' | kubectl replace --force -f -",
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
    'all by force': ['kubectl replace --force -f db.yaml'],
    'its data goes with it': ['kubectl delete pod db-2 --now', 'kubectl delete pvc data-db-2 --wait=false'],
    'another version': ['kubectl set image statefulset/db db=nginx:1.27', 'kubectl delete pod db-2'],
  },
} satisfies DrillWays
