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
    'the policy made anew': [
      'kubectl delete networkpolicy shop-from-web',
      "sed -i 's/port: 80}/port: 3000}/' policies.yaml",
      'kubectl apply -f policies.yaml',
    ],
    'who looks around from the intruder has not come in': [
      'kubectl exec intruder -- curl -sk https://kubernetes.default/version',
      `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"add","path":"/spec/ingress/0/ports/-","value":{"protocol":"TCP","port":3000}}]'`,
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
    'everybody may, and the intruder is made to ask elsewhere': [
      'kubectl delete pod intruder --now',
      "kubectl run intruder --image=curlimages/curl -- sh -c 'while true; do curl -s -m 2 -o /dev/null http://nowhere; sleep 2; done'",
      `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"replace","path":"/spec/ingress/0","value":{"from":[{"podSelector":{}}],"ports":[{"protocol":"TCP","port":3000}]}}]'`,
    ],
    'web is made to ask elsewhere': [
      'kubectl create namespace open',
      'kubectl -n open run www --image=nginx:1.27 --port=80 --expose',
      10,
      'kubectl delete pod web --now',
      "kubectl run web -l app=web --image=curlimages/curl -- sh -c 'while true; do curl -s -m 2 -o /dev/null http://www.open; sleep 2; done'",
    ],
    'a range that is all ports': [
      `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"replace","path":"/spec/ingress/0/ports/0","value":{"protocol":"TCP","port":1,"endPort":65535}}]'`,
    ],
    'open for a moment while both are made anew': [
      'kubectl delete -f policies.yaml',
      15,
      "sed -i 's/port: 80}/port: 3000}/' policies.yaml",
      'kubectl apply -f policies.yaml',
    ],
  },
} satisfies DrillWays
