import { sameImage } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 15,
  lesson: '4.11',
  workers: 2,
  metrics: true,
  start: ['kubectl apply -f web.yaml', { type: 'load', load: { pod: 'web', cpu: 600 } }, 120],
  checks: {
    'metric-known': (view: ClusterView) =>
      view
        .get('horizontalpodautoscalers', 'web')
        ?.status?.conditions?.some(each => each.type === 'ScalingActive' && each.status === 'True'),
    'scaled-by-hpa': (view: ClusterView) => {
      const wanted = view.get('horizontalpodautoscalers', 'web')?.status?.desiredReplicas ?? 0
      return wanted >= 4 && rolledOut(view, 'web', { replicas: wanted })
    },
    'bounds-kept': all(kept('horizontalpodautoscalers', 'web'), (view: ClusterView) => {
      const { minReplicas, maxReplicas, metrics } = view.get('horizontalpodautoscalers', 'web')?.spec ?? {}
      return minReplicas === 2 && maxReplicas === 6 && /:60\b/.test(JSON.stringify(metrics))
    }),
    'sidecar-kept': (view: ClusterView) =>
      view
        .get('deployments', 'web')
        ?.spec.template.spec.containers.some(
          ({ name, image }) => name === 'log-agent' && sameImage(image, 'log-agent:1.0'),
        ),
  },
  solution: ['kubectl set resources deployment/web -c log-agent --requests=cpu=20m'],
} satisfies Drill
