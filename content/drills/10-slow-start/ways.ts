import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods -l app=catalog', /0\/1 .* [2-9] \(/s],
    ['kubectl get events', /Liveness probe failed: .*connection refused/s],
    ['kubectl get events', /Container catalog failed liveness probe, will be restarted/],
  ],
  right: {
    'a later first look': [
      `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"catalog","livenessProbe":{"initialDelaySeconds":90}}]}}}}'`,
    ],
    'more failures allowed, within a minute': [
      "sed -i 's/failureThreshold: 3/failureThreshold: 12/' catalog.yaml",
      'kubectl apply -f catalog.yaml',
    ],
  },
  wrong: {
    'the probe is taken away': [
      `kubectl patch deployment catalog --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe"}]'`,
    ],
    'a probe that notices nothing for minutes': [
      `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"catalog","livenessProbe":{"failureThreshold":100}}]}}}}'`,
    ],
    'new pods are killed as well': ['kubectl rollout restart deployment/catalog'],
  },
} satisfies DrillWays
