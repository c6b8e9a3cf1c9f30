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
    'who looks around from the visitor is no user': [
      'kubectl exec visitor -- curl -s -m 2 http://shop:3000',
      'kubectl exec visitor -- curl -s -m 2 http://nowhere',
      'kubectl set image deployment/shop shop=leigg/hellok8s:v2',
    ],
    'the object itself edited, the bad pod deleted': [
      'kubectl get deployment shop -o yaml | sed s/v22/v2/ | kubectl replace -f -',
      'kubectl delete pods --field-selector status.phase=Pending',
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
    'replaced by force': [
      'sed -i s/hellok8s:v1/hellok8s:v2/ shop.yaml',
      'kubectl replace --force -f shop.yaml',
    ],
    'the pods are given the image, the Deployment is not': [
      'for p in $(kubectl get pods -l app=shop -o name); do kubectl set image $p shop=leigg/hellok8s:v2; done',
    ],
  },
} satisfies DrillWays
