import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /CreateContainerConfigError/],
    ['kubectl get events', /couldn't find key DB_URL in ConfigMap default\/orders-config/],
  ],
  right: {
    'the Deployment asks for the key that there is': [
      `kubectl patch deployment orders --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key","value":"db_url"}]'`,
    ],
    'the key in the manifest': [
      "sed -i 's/  db_url:/  DB_URL:/' orders.yaml",
      'kubectl apply -f orders.yaml',
    ],
    'all keys of the ConfigMap, in capitals': [
      'kubectl set env deployment/orders --from=configmap/orders-config',
    ],
    'the whole ConfigMap as environment': [
      `kubectl patch configmap orders-config -p '{"data":{"DB_URL":"mysql://db:3306/orders"}}'`,
      `kubectl patch deployment orders --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/env"},{"op":"add","path":"/spec/template/spec/containers/0/envFrom","value":[{"configMapRef":{"name":"orders-config"}}]}]'`,
    ],
  },
  wrong: {
    'the value written into the Deployment': [
      'kubectl set env deployment/orders DB_URL=mysql://db:3306/orders --overwrite',
    ],
    'the key becomes optional: the container starts without it': [
      `kubectl patch deployment orders --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/optional","value":true}]'`,
    ],
    'the variable is taken away': ['kubectl set env deployment/orders DB_URL-'],
    'the key with nothing in it': [`kubectl patch configmap orders-config -p '{"data":{"DB_URL":""}}'`],
    'deleted and made anew': [
      "sed -i 's/  db_url:/  DB_URL:/' orders.yaml",
      'kubectl delete -f orders.yaml',
      'kubectl apply -f orders.yaml',
    ],
  },
} satisfies DrillWays
