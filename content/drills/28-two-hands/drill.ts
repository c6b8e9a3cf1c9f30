import { parseTime } from '../../../src/engine/engine.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, same } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

/** It runs once a minute. */
const lately = 75_000

export default {
  level: 3,
  minutes: 20,
  lesson: '4.11',
  workers: 2,
  metrics: true,
  start: [
    'kubectl apply -f web.yaml -f deployer.yaml',
    { type: 'load', load: { pod: 'web', cpu: 300 } },
    260,
  ],
  hold: 150,
  checks: {
    steady: (view: ClusterView) =>
      rolledOut(view, 'web') && view.get('deployments', 'web')!.spec.replicas! >= 4,
    'hpa-decides': all(
      kept('horizontalpodautoscalers', 'web'),
      same('horizontalpodautoscalers', 'web', ({ spec }) => spec),
      (view: ClusterView) =>
        view.get('horizontalpodautoscalers', 'web')?.status.desiredReplicas ===
        view.get('deployments', 'web')?.spec.replicas,
    ),
    'one-hand': (view: ClusterView) => {
      const said = [view.get('configmaps', 'desired')?.data, view.get('cronjobs', 'deployer')?.spec]
      return !JSON.stringify(said).includes('replicas')
    },
    'deployer-works': all(kept('cronjobs', 'deployer'), (view: ClusterView) => {
      const jobs = view.list('jobs')
      return (
        !view.get('cronjobs', 'deployer')?.spec.suspend &&
        view.get('deployments', 'web')?.metadata.labels?.['managed-by'] === 'deployer' &&
        jobs.some(
          ({ status }) => status?.succeeded === 1 && view.now - parseTime(status.completionTime!) < lately,
        ) &&
        jobs.every(({ status }) => !status?.failed)
      )
    }),
  },
  solution: [
    `kubectl patch configmap desired -p '{"data":{"web.json":"{\\"metadata\\":{\\"labels\\":{\\"managed-by\\":\\"deployer\\"}}}"}}'`,
  ],
} satisfies Drill
