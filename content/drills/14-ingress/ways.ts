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
  },
} satisfies DrillWays
