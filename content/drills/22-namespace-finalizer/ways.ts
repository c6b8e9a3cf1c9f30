import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get namespace old-shop', /Terminating/],
    [
      'kubectl get namespace old-shop -o yaml',
      /Some content in the namespace has finalizers remaining: archive.shop.example\/copied\s+in 1 resource instances/,
    ],
  ],
  right: {
    'by a JSON patch': [
      `kubectl -n old-shop patch configmap orders-2025 --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`,
    ],
    'replaced without the finalizer': [
      "kubectl -n old-shop get configmap orders-2025 -o yaml | sed '/finalizers:/d; /archive.shop.example/d' | kubectl replace -f -",
    ],
    'the manifest without the finalizer': [
      'sed -i /finalizers/d old-shop.yaml',
      'kubectl apply -f old-shop.yaml || true',
    ],
    'deleted first': [
      'kubectl -n old-shop delete configmap orders-2025 --wait=false',
      `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":[]}}'`,
    ],
  },
  wrong: {
    'the finalizer of the namespace taken off: what was in it is left behind': [
      `kubectl get namespace old-shop -o json | sed 's/"kubernetes"//' > ns.json`,
      'kubectl replace --raw /api/v1/namespaces/old-shop/finalize -f ns.json',
    ],
    'by force': ['kubectl delete namespace old-shop --force --grace-period=0 --wait=false'],
    'the neighbour loses what it keeps': [
      'kubectl delete configmap -A --all --wait=false',
      `kubectl -n new-shop patch configmap orders-2026 --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
    'deleted once more': ['kubectl delete namespace old-shop --timeout=30s'],
    'every finalizer of that name goes': [
      `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
      `kubectl -n new-shop patch configmap orders-2026 --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
  },
} satisfies DrillWays
