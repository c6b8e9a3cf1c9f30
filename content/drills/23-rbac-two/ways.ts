import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl logs -n shop deploy/reporter --tail=4', /403/],
    ['kubectl auth can-i list configmaps -n shop --as=system:serviceaccount:shop:reporter', /no/],
    ['kubectl get pods -n shop -o jsonpath={..serviceAccountName}', /default/],
  ],
  right: {
    'one more binding, then the account': [
      'kubectl -n shop create rolebinding reporter-too --role=read-configmaps --serviceaccount=shop:reporter',
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
    ],
    'the subject set by its command, the account by a patch': [
      'kubectl -n shop set subject rolebinding reporter-reads --serviceaccount=shop:reporter',
      `kubectl -n shop patch deployment reporter -p '{"spec":{"template":{"spec":{"serviceAccountName":"reporter"}}}}'`,
    ],
  },
  wrong: {
    'the default account becomes administrator': [
      'kubectl create clusterrolebinding quick --clusterrole=cluster-admin --serviceaccount=shop:default',
    ],
    'the default account may read': [
      'kubectl -n shop create rolebinding quick --role=read-configmaps --serviceaccount=shop:default',
    ],
    'the account may read everything': [
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
      'kubectl create clusterrolebinding quick --clusterrole=view --serviceaccount=shop:reporter',
    ],
  },
} satisfies DrillWays
