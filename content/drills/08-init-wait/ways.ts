import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods -l app=orders', /Init:0\/1/],
    ['kubectl logs deploy/orders -c wait-for-db --tail=4', /waiting for orders-db/],
  ],
  right: {
    'the right name in the manifest': [
      "sed -i 's/orders-db/order-db/g' orders.yaml",
      'kubectl apply -f orders.yaml',
    ],
    'a Service of that name, its selector set afterwards': [
      'kubectl create service clusterip orders-db --tcp=5432:5432',
      'kubectl set selector service/orders-db app=order-db',
    ],
    'an alias': [
      'kubectl create service externalname orders-db --external-name=order-db.default.svc.cluster.local',
    ],
    'a Service without an address': [
      'kubectl expose deployment order-db --name=orders-db --port=5432 --cluster-ip=None',
    ],
  },
  wrong: {
    'a Service of that name with nobody behind it': [
      'kubectl create service clusterip orders-db --tcp=5432:5432',
    ],
    'nobody waits any more': [
      `kubectl patch deployment orders --type=json -p '[{"op":"remove","path":"/spec/template/spec/initContainers"}]'`,
    ],
    'new pods wait for the same name': ['kubectl rollout restart deployment/orders'],
    'a Service of that name at another port': [
      'kubectl expose deployment order-db --name=orders-db --port=80',
    ],
    'an alias that leads nowhere': [
      'kubectl create service externalname orders-db --external-name=nowhere.example',
    ],
    'it waits a moment only': [
      `kubectl patch deployment orders --type=json -p '[{"op":"replace","path":"/spec/template/spec/initContainers/0/command","value":["sleep","1"]}]'`,
    ],
    'a second database, which is empty': ["sed 's/order-db/orders-db/g' db.yaml | kubectl apply -f -"],
  },
} satisfies DrillWays
