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
    'as much as the other container requests': [
      'kubectl set resources deployment/web -c log-agent --requests=cpu=100m',
    ],
    'a default for who requests nothing': [
      `kubectl apply -f - <<< '{"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"defaults"},"spec":{"limits":[{"type":"Container","defaultRequest":{"cpu":"20m"}}]}}'`,
      'kubectl rollout restart deployment/web',
    ],
    'a limit, which is a request too': ['kubectl set resources deployment/web -c log-agent --limits=cpu=50m'],
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
    'a sidecar that does nothing in its place': [
      `kubectl patch deployment web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/1","value":{"name":"log-agent","image":"registry.k8s.io/pause:3.10","resources":{"requests":{"cpu":"1m"}}}}]'`,
    ],
    'another target': [
      `kubectl patch hpa web --type=merge -p '{"spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"AverageValue","averageValue":"60m"}}}]}}'`,
    ],
  },
} satisfies DrillWays
