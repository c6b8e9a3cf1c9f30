import { podsOf } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { isComplete, isToldOf, job, succeededPods } from '../checks.ts'

/** All pods of the namespace belong to this Job, and one of them ended well. */
const onlyPodsOf = (view: ClusterView, name: string): boolean =>
  view.list('pods').length === podsOf(view, job(view, name)).length &&
  succeededPods(view, job(view, name)).length === 1

export default {
  transcript: 'once.console',
  minutes: 15,
  level: 1,
  needs: ['3.8', '4.1'],
  exercises: [
    {
      name: 'older',
      kind: 'repeat',
      checks: {
        done: (view: ClusterView) => isComplete(job(view, 'older')),
        years: (view: ClusterView) =>
          isToldOf(job(view, 'older'), ['2021', '2022']) && !isToldOf(job(view, 'older'), ['2023']),
        kept: (view: ClusterView) => succeededPods(view, job(view, 'older')).length === 1,
      },
      solution: [
        "sed 's/2023 2024 2025/2021 2022/; s/name: recount$/name: older/' job.yaml | kk apply -f -",
        40,
      ],
    },
    {
      name: 'one-more-year',
      kind: 'vary',
      start: ['kk apply -f job.yaml', 60],
      checks: {
        years: (view: ClusterView) => isToldOf(job(view, 'recount'), ['2023', '2024', '2025', '2026']),
        done: (view: ClusterView) =>
          isComplete(job(view, 'recount')) && succeededPods(view, job(view, 'recount')).length === 1,
      },
      solution: ["sed -i 's/2024 2025/2024 2025 2026/' job.yaml", 'kk replace --force -f job.yaml', 60],
    },
    {
      name: 'looping',
      kind: 'fix',
      start: ['kk apply -f deployment-recount-broken.yaml', 600],
      checks: {
        'no-deployment': (view: ClusterView) =>
          view.list('deployments').length === 0 && view.list('replicasets').length === 0,
        done: (view: ClusterView) => isComplete(job(view, 'recount')),
        same: (view: ClusterView) => isToldOf(job(view, 'recount'), ['2023', '2024', '2025']),
        alone: (view: ClusterView) => onlyPodsOf(view, 'recount'),
      },
      solution: ['kk delete deployment recount', 'kk apply -f job.yaml', 60],
    },
  ],
} satisfies Lesson
