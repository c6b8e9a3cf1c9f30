import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl describe svc shop', /TargetPort: +http\/TCP/],
    ['kubectl get endpointslices -l kubernetes.io/service-name=shop', /<unset>/],
    ['kubectl logs visitor --tail=3', /000/],
  ],
  right: {
    'the number instead of the name': [
      `kubectl patch service shop -p '{"spec":{"ports":[{"port":80,"targetPort":3000}]}}'`,
    ],
    'the port of the pods gets the name, by the manifest': [
      "sed -i 's/name: web/name: http/' shop.yaml",
      'kubectl apply -f shop.yaml',
    ],
    'the port renamed in the Deployment alone': [
      `kubectl patch deployment shop --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'`,
    ],
  },
  wrong: {
    'the port that callers knock at is changed': [
      `kubectl patch service shop --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":3000}]'`,
    ],
    'new pods have the same port name': ['kubectl rollout restart deployment/shop'],
    'a new Service has a new address': [
      'kubectl delete service shop',
      'kubectl expose deployment shop --port=80 --target-port=3000',
    ],
    'the user is made to ask a pod': [
      `ip=$(kubectl get pods -l app=shop -o jsonpath='{.items[0].status.podIP}'); kubectl delete pod visitor --now; kubectl run visitor --image=curlimages/curl -- sh -c "while true; do curl -s -m 2 -o /dev/null http://$ip:3000; sleep 2; done"`,
    ],
    'the user is made to ask another Service': [
      'kubectl expose deployment shop --name=shop2 --port=80 --target-port=3000',
      'kubectl delete pod visitor --now',
      "kubectl run visitor --image=curlimages/curl -- sh -c 'while true; do curl -s -m 2 -o /dev/null http://shop2; sleep 2; done'",
    ],
    'endpoints written by hand': [
      `for i in 0 1 2; do set -- $(kubectl -n default get pods -l app=shop -o jsonpath="{.items[$i].metadata.name} {.items[$i].status.podIP}"); kubectl apply -f - <<< '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"by-hand-'$i'","namespace":"default","labels":{"kubernetes.io/service-name":"shop"}},"addressType":"IPv4","ports":[{"name":"","port":3000,"protocol":"TCP"}],"endpoints":[{"addresses":["'$2'"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"'$1'","namespace":"default"}}]}'; done`,
    ],
    'through zero': [
      'kubectl scale deployment/shop --replicas=0',
      'kubectl scale deployment/shop --replicas=3',
    ],
  },
} satisfies DrillWays
