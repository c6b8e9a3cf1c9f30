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
    'a limit above what is requested': ['kubectl set resources deployment/report-api --limits=memory=128Mi'],
    'a bit of both': [
      'kubectl set env deployment/report-api HEAP_MB=64',
      'kubectl set resources deployment/report-api --limits=memory=100Mi',
    ],
  },
  wrong: {
    'no limit at all': ['kubectl set resources deployment/report-api --limits=memory=0'],
    'more memory than the budget': ['kubectl set resources deployment/report-api --limits=memory=8Gi'],
    'no heap left to work with': ['kubectl set env deployment/report-api HEAP_MB=0'],
    'more of the same': ['kubectl scale deployment/report-api --replicas=4'],
    'the program is told of a limit that it does not have': [
      'kubectl set env deployment/report-api LIMIT_MB=1000',
    ],
    'a program that does nothing': [
      `kubectl patch deployment report-api --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["sleep","1000000"]}]'`,
    ],
  },
} satisfies DrillWays
