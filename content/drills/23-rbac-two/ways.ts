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
    'both in the manifest': [
      `sed -i 's/namespace: default}/namespace: shop}/; s/^    spec:$/    spec:\\n      serviceAccountName: reporter/' reporter.yaml`,
      'kubectl apply -f reporter.yaml',
    ],
    'the binding made anew, after a look from the pod': [
      'kubectl -n shop exec deploy/reporter -- curl -sk https://kubernetes.default.svc/version',
      'kubectl -n shop delete rolebinding reporter-reads',
      'kubectl -n shop create rolebinding reporter-reads --role=read-configmaps --serviceaccount=shop:reporter',
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
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
    'a program that asks for something else': [
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
      `kubectl -n shop patch deployment reporter --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["sh","-c","while true; do curl -sk https://kubernetes.default.svc/version; sleep 3; done"]}]'`,
    ],
    'it may write too': [
      `kubectl -n shop patch role read-configmaps --type=json -p '[{"op":"replace","path":"/rules/0/verbs","value":["get","list","create","update","patch"]}]'`,
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
      'kubectl -n shop set subject rolebinding reporter-reads --serviceaccount=shop:reporter',
    ],
    'it may see all of its namespace': [
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
      'kubectl -n shop create rolebinding quick --clusterrole=view --serviceaccount=shop:reporter',
    ],
    'every account may': [
      'kubectl -n shop set serviceaccount deployment/reporter reporter',
      'kubectl -n shop create rolebinding quick --role=read-configmaps --group=system:serviceaccounts',
    ],
  },
} satisfies DrillWays
