import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /(OOMKilled|CrashLoopBackOff)/],
    ['kubectl get pods -o yaml', /exitCode: 137.*reason: OOMKilled/s],
  ],
  right: {
    'a smaller heap': ['kubectl set env deployment/report-api HEAP_MB=48'],
    'a larger limit in the manifest': [
      "sed -i 's/memory: 64Mi/memory: 192Mi/g' report-api.yaml",
      'kubectl apply -f report-api.yaml',
    ],
  },
  wrong: {
    'no limit at all': ['kubectl set resources deployment/report-api --limits=memory=0'],
    'more memory than the budget': ['kubectl set resources deployment/report-api --limits=memory=8Gi'],
    'no heap left to work with': ['kubectl set env deployment/report-api HEAP_MB=0'],
    'more of the same': ['kubectl scale deployment/report-api --replicas=4'],
  },
} satisfies DrillWays
