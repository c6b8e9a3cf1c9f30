import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get events', /(Scaled down replica set web-[a-z0-9]+ from [3-6] to 2|Deleted pod: web-)/],
    ['kubectl logs job/$(kubectl get jobs -o jsonpath={.items[-1:].metadata.name})', /patched web: 200/],
  ],
  right: {
    'without replicas in the manifest': [
      `sed -i 's/,"spec":{"replicas":2}//' deployer.yaml`,
      'kubectl apply -f deployer.yaml',
    ],
    'the ConfigMap replaced': [
      `kubectl create configmap desired --from-literal=web.json='{"metadata":{"labels":{"managed-by":"deployer"}}}' --dry-run=client -o yaml | kubectl replace -f -`,
    ],
    'by a JSON patch': [
      `kubectl patch configmap desired --type=json -p '[{"op":"replace","path":"/data/web.json","value":"{\\"metadata\\":{\\"labels\\":{\\"managed-by\\":\\"deployer\\"}}}"}]'`,
    ],
  },
  wrong: {
    'without the autoscaler': ['kubectl delete hpa web', 'kubectl scale deployment/web --replicas=5'],
    'without the deploy script': [`kubectl patch cronjob deployer -p '{"spec":{"suspend":true}}'`],
    'the deploy script may write nothing': ['kubectl delete rolebinding deployer'],
    'a higher floor': [`kubectl patch hpa web -p '{"spec":{"minReplicas":5}}'`],
    'the number that the autoscaler wants today': [
      `kubectl patch configmap desired -p '{"data":{"web.json":"{\\"metadata\\":{\\"labels\\":{\\"managed-by\\":\\"deployer\\"}},\\"spec\\":{\\"replicas\\":5}}"}}'`,
    ],
    'bounds that leave no choice': [`kubectl patch hpa web -p '{"spec":{"minReplicas":5,"maxReplicas":5}}'`],
    'the label by hand, without the script': [
      'kubectl label deployment web managed-by=deployer --overwrite',
      `kubectl patch cronjob deployer -p '{"spec":{"suspend":true}}'`,
    ],
  },
  limit: 500,
} satisfies DrillWays
