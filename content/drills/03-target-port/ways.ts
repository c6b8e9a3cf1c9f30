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
  },
} satisfies DrillWays
