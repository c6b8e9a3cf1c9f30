import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [['kubectl apply -f app.yaml', /field is immutable when `immutable` is set/]],
  right: {
    'a new one by commands, and the reference changed': [
      'kubectl create configmap app-config-2 --from-literal=DB_URL=mysql://new:3306/shop',
      `kubectl patch configmap app-config-2 -p '{"immutable":true}'`,
      `kubectl patch deployment app --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/name","value":"app-config-2"}]'`,
    ],
    'deleted, made anew, and restarted': [
      'kubectl delete configmap app-config-1',
      'kubectl apply -f app.yaml',
      'kubectl rollout restart deployment/app',
    ],
    'all of the new one as environment': [
      'kubectl create configmap app-config-2 --from-literal=DB_URL=mysql://new:3306/shop',
      `kubectl patch configmap app-config-2 -p '{"immutable":true}'`,
      `kubectl patch deployment app --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/env"},{"op":"add","path":"/spec/template/spec/containers/0/envFrom","value":[{"configMapRef":{"name":"app-config-2"}}]}]'`,
    ],
    'variables set from the new one': [
      'kubectl create configmap app-config-2 --from-literal=DB_URL=mysql://new:3306/shop',
      `kubectl patch configmap app-config-2 -p '{"immutable":true}'`,
      'kubectl set env deployment/app --from=configmap/app-config-2',
    ],
  },
  wrong: {
    'the value written into the Deployment': ['kubectl set env deployment/app DB_URL=mysql://new:3306/shop'],
    'the value is new, the pods are old': [
      'kubectl delete configmap app-config-1',
      'kubectl apply -f app.yaml',
    ],
    'the new one can be changed': [
      'kubectl create configmap app-config-2 --from-literal=DB_URL=mysql://new:3306/shop',
      `kubectl patch deployment app --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/name","value":"app-config-2"}]'`,
    ],
    'deleted, made anew, and all pods deleted': [
      'kubectl delete configmap app-config-1',
      'kubectl apply -f app.yaml',
      'kubectl delete pods --all',
    ],
    'replaced by force': ['kubectl replace --force -f app.yaml'],
  },
} satisfies DrillWays
