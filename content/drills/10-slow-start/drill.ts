import type { Probe } from '../../../src/kinds/schema/types.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { same } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, neverRestarted, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import { usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

/** Seconds that a probe goes on trying before it has failed, and how long that is after the start. */
const tries = ({ periodSeconds, failureThreshold }: Probe): number => periodSeconds! * failureThreshold!
const patience = (probe: Probe | undefined): number =>
  probe ? (probe.initialDelaySeconds ?? 0) + tries(probe) : 0
/** Seconds after the start in which the program has had its time, however slow. */
const latest = 600

export default {
  level: 2,
  minutes: 10,
  lesson: '4.7',
  workers: 2,
  start: ['kubectl apply -f catalog.yaml', 150],
  checks: {
    'two-ready': (view: ClusterView) =>
      rolledOut(view, 'catalog', { replicas: 2 }) && neverRestarted(view, 'catalog'),
    'still-alive-check': (view: ClusterView) => {
      const { livenessProbe: probe, startupProbe } = containerOf(view, 'catalog') ?? {}
      const begins = Math.max(probe?.initialDelaySeconds ?? 0, patience(startupProbe))
      return probe?.httpGet !== undefined && tries(probe) <= 60 && begins <= latest
    },
    'program-unchanged': same(
      'deployments',
      'catalog',
      ({ spec }) => spec.template.spec.containers[0]?.command,
    ),
    'users-served': usersServed(),
  },
  solution: [
    `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"catalog","startupProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5,"failureThreshold":24}}]}}}}'`,
  ],
} satisfies Drill
