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
  },
  wrong: {
    'the password in plain text in the Deployment': [
      'kubectl set env deployment/payments DB_PASSWORD=s3cret',
    ],
    'a restart alone': ['kubectl rollout restart deployment/payments'],
    'a program that does not ask for the password': [
      `kubectl patch deployment payments --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["sleep","1000000"]}]'`,
    ],
  },
} satisfies DrillWays
