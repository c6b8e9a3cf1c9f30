import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /0\/1 +Running/],
    ['kubectl get events', /Readiness probe failed: HTTP probe failed with statuscode: 404/],
    ['kubectl rollout status deployment/web --timeout=5s', /1 out of 3 new replicas/],
  ],
  right: {
    'the right path in the manifest': ["sed -i 's#/ready#/#' web-new.yaml", 'kubectl apply -f web-new.yaml'],
    'back first, then the image alone': [
      'kubectl rollout undo deployment/web',
      'kubectl set image deployment/web web=nginx:1.27',
    ],
  },
  wrong: {
    'back to the old version only': ['kubectl rollout undo deployment/web'],
    'the probe is taken away': [
      `kubectl patch deployment web --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'`,
    ],
    'all pods deleted, the good ones too': ['kubectl delete pods -l app=web'],
  },
} satisfies DrillWays
