import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl logs visitor --tail=2', /404/],
    ['kubectl get ingress', /ngnix +shop.example +80/],
    ['kubectl get ingressclass', /nginx/],
  ],
  right: {
    'both mistakes in the manifest': [
      "sed -i 's/ngnix/nginx/; s/number: 3000/number: 80/' shop.yaml",
      'kubectl apply -f shop.yaml',
    ],
    'made anew with the right class and port': [
      'kubectl delete ingress shop',
      "kubectl create ingress shop --class=nginx --rule='shop.example/*=shop:80'",
    ],
    'replaced by force': [
      "sed -i 's/ngnix/nginx/; s/number: 3000/number: 80/' shop.yaml",
      'kubectl replace --force -f shop.yaml',
    ],
    'one after the other': [
      `kubectl patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'`,
      20,
      `kubectl patch ingress shop --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/port/number","value":80}]'`,
    ],
  },
  wrong: {
    'the class alone: 503 follows 404': [
      `kubectl patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'`,
    ],
    'without a host: every domain is served': [
      'kubectl delete ingress shop',
      "kubectl create ingress shop --class=nginx --rule='/*=shop:80'",
    ],
    'a class of the wrong name is added': [
      "sed 's/name: nginx/name: ngnix/' ingress-nginx.yaml | sed -n '/kind: IngressClass/,$p' | sed '1i apiVersion: networking.k8s.io/v1' | kubectl apply -f -",
    ],
    'right, beside a second class that nobody needs': [
      `kubectl create -f - <<< '{"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"ngnix"},"spec":{"controller":"k8s.io/ingress-nginx"}}'`,
      "sed -i 's/ngnix/nginx/; s/number: 3000/number: 80/' shop.yaml",
      'kubectl apply -f shop.yaml',
    ],
    'the user goes past the Ingress': [
      `kubectl patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'`,
      'kubectl delete pod visitor --now',
      "kubectl run visitor --image=curlimages/curl -- sh -c 'while true; do curl -s -m 2 -o /dev/null http://shop; sleep 2; done'",
    ],
    'the port that the Ingress asks for given to the Service': [
      `kubectl patch service shop --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":3000}]'`,
      `kubectl patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'`,
    ],
  },
} satisfies DrillWays
