import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /1\/1 +Running/],
    ['kubectl describe svc shop', /Selector: +app=shop,tier=web.*Endpoints: *\n/s],
    ['kubectl logs visitor --tail=3', /000/],
  ],
  right: {
    'the other label by a patch': [
      `kubectl patch service shop -p '{"spec":{"selector":{"tier":"frontend"}}}'`,
    ],
    'the manifest with the right selector': [
      "sed -i 's/tier: web/tier: frontend/' shop.yaml",
      'kubectl apply -f shop.yaml',
    ],
  },
  wrong: {
    'one label is too few: shop-admin is taken in too': ['kubectl set selector service/shop app=shop'],
    'the pods are renamed: the Deployment no longer knows them and makes others': [
      'kubectl label pods -l tier=frontend tier=web --overwrite',
    ],
    'a new Service has a new address': [
      'kubectl delete service shop',
      'kubectl expose deployment shop --port=80 --target-port=3000',
    ],
  },
} satisfies DrillWays
