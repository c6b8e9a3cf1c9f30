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
  },
  wrong: {
    'the value written into the Deployment': [
      'kubectl set env deployment/orders DB_URL=mysql://db:3306/orders --overwrite',
    ],
    'the key becomes optional: the container starts without it': [
      `kubectl patch deployment orders --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/optional","value":true}]'`,
    ],
    'the variable is taken away': ['kubectl set env deployment/orders DB_URL-'],
  },
} satisfies DrillWays
