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
    'a startup probe in the manifest': [
      `sed -i 's#^        livenessProbe#        startupProbe: {httpGet: {path: /, port: 80}, periodSeconds: 10, failureThreshold: 30}\\n        livenessProbe#' catalog.yaml`,
      'kubectl apply -f catalog.yaml',
    ],
    'made anew with a later first look': [
      "sed -i 's/initialDelaySeconds: 5/initialDelaySeconds: 60/' catalog.yaml",
      'kubectl replace --force -f catalog.yaml',
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
    'a probe that begins tomorrow': [
      `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"catalog","livenessProbe":{"initialDelaySeconds":86400}}]}}}}'`,
    ],
    'a startup probe that never gives up': [
      `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"catalog","startupProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":60,"failureThreshold":100000}}]}}}}'`,
    ],
    'a program that loads no index': [
      "sed -i 's/sleep 45/sleep 1/' catalog.yaml",
      'kubectl apply -f catalog.yaml',
    ],
  },
} satisfies DrillWays
