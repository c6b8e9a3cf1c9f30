import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl logs -n web deploy/frontend --tail=3', /000 http:\/\/cart/],
    ['kubectl get pods -n shop', /1\/1 +Running/],
    ['kubectl exec -n web deploy/frontend -- nslookup cart.web.svc.cluster.local', /NXDOMAIN/],
  ],
  right: {
    'the full name': [
      'kubectl -n web set env deployment/frontend CART_URL=http://cart.shop.svc.cluster.local',
    ],
    'the name with its namespace, by the manifest': [
      "sed -i 's#http://cart#http://cart.shop.svc#' frontend.yaml",
      'kubectl apply -f frontend.yaml',
    ],
    'an alias in the own namespace': [
      'kubectl -n web create service externalname cart --external-name=cart.shop.svc.cluster.local',
    ],
  },
  wrong: {
    'the address instead of a name': [
      "kubectl -n web set env deployment/frontend CART_URL=http://$(kubectl get svc -n shop cart -o jsonpath='{.spec.clusterIP}')",
    ],
    'the cart deployed a second time': [
      "sed 's/namespace: shop/namespace: web/' cart.yaml | kubectl apply -f -",
    ],
    'a Service of that name with nobody behind it': [
      'kubectl -n web create service clusterip cart --tcp=80:3000',
    ],
  },
} satisfies DrillWays
