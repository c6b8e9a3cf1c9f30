import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl logs web --tail=3', /000/],
    ['kubectl describe networkpolicy shop-from-web', /To Port: 80\/TCP/],
    ['kubectl describe svc shop', /TargetPort: +3000\/TCP/],
  ],
  right: {
    'the port of the pods in the manifest': [
      "sed -i 's/port: 80}/port: 3000}/' policies.yaml",
      'kubectl apply -f policies.yaml',
    ],
    'one more policy beside it': [
      "sed -n '/^---/,$p' policies.yaml | sed 's/shop-from-web/shop-from-web-3000/; s/port: 80}/port: 3000}/' | kubectl apply -f -",
    ],
  },
  wrong: {
    'no policies any more': ['kubectl delete networkpolicy default-deny shop-from-web'],
    'any port is open to web': [
      `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"remove","path":"/spec/ingress/0/ports"}]'`,
    ],
    'the port is right, but open to everybody': [
      `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"replace","path":"/spec/ingress/0","value":{"ports":[{"protocol":"TCP","port":3000}]}}]'`,
    ],
  },
} satisfies DrillWays
