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
    'the short name, looked for in the other namespace too': [
      `kubectl -n web patch deployment frontend -p '{"spec":{"template":{"spec":{"dnsConfig":{"searches":["shop.svc.cluster.local"]}}}}}'`,
    ],
    'made anew': [
      "sed -i 's#http://cart#http://cart.shop#' frontend.yaml",
      'kubectl -n web delete deployment frontend',
      'kubectl apply -f frontend.yaml',
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
    'the address in the hosts file': [
      `ip=$(kubectl get svc -n shop cart -o jsonpath='{.spec.clusterIP}'); kubectl -n web patch deployment frontend -p '{"spec":{"template":{"spec":{"hostAliases":[{"ip":"'$ip'","hostnames":["cart"]}]}}}}'`,
    ],
    'somebody else asks': [
      'kubectl -n web scale deployment/frontend --replicas=0',
      "kubectl -n web run frontend-x --image=curlimages/curl -- sh -c 'while true; do curl -s -o /dev/null http://cart.shop; sleep 2; done'",
    ],
    'another program asks': [
      `kubectl -n web patch deployment frontend --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["sh","-c","while true; do curl -s -o /dev/null http://cart.shop; sleep 2; done"]}]'`,
    ],
  },
} satisfies DrillWays
