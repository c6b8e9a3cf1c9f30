import type { Drill } from '../../../src/lesson/drill.ts'
import { neverFewer } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, offControlPlane, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 8,
  lesson: '4.5',
  workers: 2,
  start: ['kubectl apply -f gateway.yaml', 20, 'kubectl rollout restart deployment/gateway', 60],
  checks: {
    'rolled-out': (view: ClusterView) =>
      rolledOut(view, 'gateway', { replicas: 2 }) &&
      view.get('deployments', 'gateway')!.spec.template.metadata.annotations?.[
        'kubectl.kubernetes.io/restartedAt'
      ] !== undefined,
    'never-below-1': neverFewer('gateway', 1),
    'off-master': offControlPlane('gateway'),
    'still-host-port': (view: ClusterView) => containerOf(view, 'gateway')?.ports?.[0]?.hostPort === 3000,
  },
  solution: [
    `kubectl patch deployment gateway -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
  ],
} satisfies Drill
