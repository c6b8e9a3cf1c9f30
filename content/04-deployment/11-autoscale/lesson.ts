import type { HorizontalPodAutoscaler } from '../../../src/kinds/schema/types.ts'
import { firstUid, isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, name } from '../checks.ts'

/** The autoscaler of the Deployment, whatever it is called. */
const autoscalerOf = (view: ClusterView) =>
  view
    .list('horizontalpodautoscalers')
    .find(({ spec }) => spec.scaleTargetRef.kind === 'Deployment' && spec.scaleTargetRef.name === name)

/** It gets figures and computes with them. */
const isActive = (hpa: HorizontalPodAutoscaler | undefined): boolean =>
  hpa?.status?.conditions?.some(each => each.type === 'ScalingActive' && each.status === 'True') === true

const ready = (view: ClusterView): number => podsOf(view, deploymentOf(view)).filter(isReady).length

export default {
  transcript: 'autoscale.console',
  minutes: 15,
  level: 2,
  needs: ['3.11', '4.2', '4.6'],
  metrics: true,
  exercises: [
    {
      name: 'own-bounds',
      kind: 'repeat',
      start: ['kk apply -f deployment-hpa.yaml', 90],
      checks: {
        bounds: (view: ClusterView) => {
          const { minReplicas, maxReplicas } = autoscalerOf(view)?.spec ?? {}
          return minReplicas === 3 && maxReplicas === 6
        },
        target: (view: ClusterView) =>
          autoscalerOf(view)?.spec.metrics?.some(
            ({ resource }) => resource?.name === 'cpu' && resource.target.averageUtilization === 60,
          ) === true,
        works: (view: ClusterView) => isActive(autoscalerOf(view)),
        three: (view: ClusterView) => ({ met: ready(view) >= 3, count: ready(view) }),
      },
      solution: [`kk autoscale deployment/${name} --min=3 --max=6 --cpu=60%`, 90],
    },
    {
      name: 'unknown',
      kind: 'fix',
      start: ['kk apply -f deployment-three.yaml -f hpa.yaml', 180],
      watch: firstUid('horizontalpodautoscalers', 'hellok8s'),
      checks: {
        same: (view: ClusterView, uid: string | undefined) =>
          uid !== undefined && autoscalerOf(view)?.metadata.uid === uid,
        works: (view: ClusterView) => isActive(autoscalerOf(view)),
        two: (view: ClusterView) => ({ met: ready(view) >= 2, count: ready(view) }),
      },
      solution: [`kk set resources deployment/${name} --requests=cpu=100m`, 120],
    },
  ],
} satisfies Lesson
