import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /(Error|CrashLoopBackOff)/],
    ['kubectl logs deploy/payments', /wrong password \(7 characters\)/],
  ],
  right: {
    'the Secret written anew and the pods restarted': [
      'kubectl create secret generic payments-db --from-literal=password=s3cret --dry-run=client -o yaml | kubectl apply -f -',
      'kubectl rollout restart deployment/payments',
    ],
    'the manifest without the newline': [
      'sed -i s/czNjcmV0Cg==/czNjcmV0/ payments.yaml',
      'kubectl apply -f payments.yaml',
      'kubectl rollout restart deployment/payments',
    ],
    'the Secret made anew': [
      'kubectl delete secret payments-db',
      'kubectl create secret generic payments-db --from-literal=password=s3cret',
    ],
    'another key of the Secret': [
      `kubectl patch secret payments-db -p '{"stringData":{"pw":"s3cret"}}'`,
      `kubectl patch deployment payments -p '{"spec":{"template":{"spec":{"containers":[{"name":"payments","env":[{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"payments-db","key":"pw"}}}]}]}}}}'`,
    ],
  },
  wrong: {
    'the password in plain text in the Deployment': [
      'kubectl set env deployment/payments DB_PASSWORD=s3cret',
    ],
    'a restart alone': ['kubectl rollout restart deployment/payments'],
    'a program that does not ask for the password': [
      `kubectl patch deployment payments --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["sleep","1000000"]}]'`,
    ],
    'through zero': [
      'kubectl scale deployment/payments --replicas=0',
      'kubectl scale deployment/payments --replicas=2',
    ],
    'the Secret is right, and not used': [
      `kubectl patch secret payments-db -p '{"stringData":{"password":"s3cret"}}'`,
      'kubectl set env deployment/payments DB_PASSWORD=s3cret',
    ],
  },
} satisfies DrillWays
