import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get hpa', /<unknown>\/60%/],
    ['kubectl describe hpa web', /FailedGetResourceMetric/],
    ['kubectl describe hpa web', /missing request for cpu in container log-agent/],
  ],
  right: {
    'a request for the sidecar in the manifest': [
      "sed -i 's#image: log-agent:1.0#image: log-agent:1.0\\n        resources: {requests: {cpu: 50m}}#' web.yaml",
      'kubectl apply -f web.yaml',
    ],
    'only the container that matters is measured': [
      `kubectl patch hpa web --type=merge -p '{"spec":{"metrics":[{"type":"ContainerResource","containerResource":{"name":"cpu","container":"web","target":{"type":"Utilization","averageUtilization":60}}}]}}'`,
    ],
  },
  wrong: {
    'scaled by hand': ['kubectl scale deployment/web --replicas=5'],
    'another autoscaler with a higher floor': [
      'kubectl delete hpa web',
      'kubectl autoscale deployment web --min=5 --max=6 --cpu=60%',
    ],
    'without the sidecar': [
      `kubectl patch deployment web --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/1"}]'`,
    ],
    'a higher floor': [`kubectl patch hpa web -p '{"spec":{"minReplicas":5}}'`],
  },
} satisfies DrillWays
