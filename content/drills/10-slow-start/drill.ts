import type { Drill } from '../../../src/lesson/drill.ts'
import { containerOf, neverRestarted, rolledOut, same, served } from '../../../src/lesson/drill-checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

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
      const probe = containerOf(view, 'catalog')?.livenessProbe
      return probe?.httpGet !== undefined && probe.periodSeconds * probe.failureThreshold <= 60
    },
    'program-unchanged': same(
      'deployments',
      'catalog',
      ({ spec }) => spec.template.spec.containers[0].command,
    ),
    'users-served': served('default/visitor'),
  },
  solution: [
    `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"catalog","startupProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5,"failureThreshold":24}}]}}}}'`,
  ],
} satisfies Drill
