import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl logs visitor --tail=3', /000/],
    ['kubectl get pods -n kube-system -l k8s-app=kube-dns', /1\/1 +Running/],
    ['kubectl describe service kube-dns -n kube-system', /Endpoints: *\n/],
    ['kubectl exec visitor -- nslookup shop', /(timed out|no servers could be reached)/],
  ],
  right: {
    'by a JSON patch': [
      `kubectl -n kube-system patch service kube-dns --type=json -p '[{"op":"replace","path":"/spec/selector/k8s-app","value":"kube-dns"}]'`,
    ],
    'replaced with the right selector': [
      "kubectl -n kube-system get service kube-dns -o yaml | sed 's/k8s-app: coredns/k8s-app: kube-dns/' | kubectl replace -f -",
    ],
    'by the command for selectors': ['kubectl -n kube-system set selector service/kube-dns k8s-app=kube-dns'],
    'and CoreDNS restarted, which does no harm': [
      'kubectl -n kube-system set selector service/kube-dns k8s-app=kube-dns',
      'kubectl -n kube-system rollout restart deployment/coredns',
    ],
  },
  wrong: {
    'CoreDNS restarted: nothing was wrong with it': [
      'kubectl -n kube-system rollout restart deployment/coredns',
    ],
    'a new Service has a new address, which no pod asks': [
      'kubectl -n kube-system delete service kube-dns',
      'kubectl -n kube-system expose deployment coredns --name=kube-dns --port=53 --protocol=UDP',
    ],
    'the pods of CoreDNS renamed: its Deployment makes others': [
      'kubectl -n kube-system label pods -l k8s-app=kube-dns k8s-app=coredns --overwrite',
    ],
    'endpoints written by hand': [
      `for i in 0 1; do set -- $(kubectl -n kube-system get pods -l k8s-app=kube-dns -o jsonpath="{.items[$i].metadata.name} {.items[$i].status.podIP}"); kubectl apply -f - <<< '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"by-hand-'$i'","namespace":"kube-system","labels":{"kubernetes.io/service-name":"kube-dns"}},"addressType":"IPv4","ports":[{"name":"dns","port":53,"protocol":"UDP"},{"name":"dns-tcp","port":53,"protocol":"TCP"}],"endpoints":[{"addresses":["'$2'"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"'$1'","namespace":"kube-system"}}]}'; done`,
    ],
    'the user asks by the address': [
      `ip=$(kubectl get svc shop -o jsonpath='{.spec.clusterIP}'); kubectl delete pod visitor --now; kubectl run visitor --image=curlimages/curl -- sh -c "while true; do curl -s -m 2 http://$ip; sleep 2; done"`,
    ],
  },
} satisfies DrillWays
