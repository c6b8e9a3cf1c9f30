import { parseTime } from '../../../src/engine/engine.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { compared, kept } from '../../../src/lesson/drill-checks/history.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 25,
  lesson: '6.5',
  workers: 2,
  start: [
    'kubectl apply -f report.yaml',
    400,
    "sed -i 's/while true; do sleep 5; done/echo report written/' report.yaml",
    'kubectl apply -f report.yaml',
    700,
  ],
  checks: {
    'scheduled-success': (view: ClusterView) =>
      view
        .list('jobs')
        .some(
          ({ metadata, status }) =>
            metadata.ownerReferences?.some(each => each.name === 'report') &&
            !metadata.annotations?.['cronjob.kubernetes.io/instantiate'] &&
            status?.succeeded === 1,
        ),
    'still-forbid': (view: ClusterView) => {
      const spec = view.get('cronjobs', 'report')?.spec
      return spec?.concurrencyPolicy === 'Forbid' && spec.schedule === '*/5 * * * *' && !spec.suspend
    },
    'nothing-stuck': compared('cronjobs', 'report', (_, first, view) =>
      view
        .list('jobs')
        .every(
          ({ metadata, status }) =>
            !status?.active ||
            parseTime(metadata.creationTimestamp!) > parseTime(first?.status.lastScheduleTime ?? ''),
        ),
    ),
    'same-cronjob': kept('cronjobs', 'report'),
  },
  solution: ['kubectl delete jobs --all'],
} satisfies Drill
