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
    'by one label, which is enough': ['kubectl set selector service/shop tier=frontend'],
    'the Deployment made anew with the label that is asked for': [
      "sed -i 's/tier: frontend/tier: web/' shop.yaml",
      'kubectl delete deployment shop',
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
    'shop-admin is taken away so that one label will do': [
      'kubectl set selector service/shop app=shop',
      'kubectl scale deployment/shop-admin --replicas=0',
    ],
    'endpoints written by hand': [
      `for i in 0 1 2; do set -- $(kubectl -n default get pods -l tier=frontend -o jsonpath="{.items[$i].metadata.name} {.items[$i].status.podIP}"); kubectl apply -f - <<< '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"by-hand-'$i'","namespace":"default","labels":{"kubernetes.io/service-name":"shop"}},"addressType":"IPv4","ports":[{"name":"","port":3000,"protocol":"TCP"}],"endpoints":[{"addresses":["'$2'"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"'$1'","namespace":"default"}}]}'; done`,
    ],
    'replaced by force: a new address': [
      "sed -i 's/tier: web/tier: frontend/' shop.yaml",
      'kubectl replace --force -f shop.yaml',
    ],
  },
} satisfies DrillWays
