import { parseTime } from '../../../src/engine/engine.ts'
import { firstUid, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { isComplete, job, type Most, mostAtOnce } from '../checks.ts'

/** From the creation of a Job to its completion, or to now, ms: its start is set anew when it was suspended. */
const durationOf = (view: ClusterView, name: string): number | undefined => {
  const found = job(view, name)
  const ended = found?.status?.completionTime
  return found && (ended ? parseTime(ended) : view.now) - parseTime(found.metadata.creationTimestamp!)
}

export default {
  transcript: 'parallel.console',
  minutes: 15,
  level: 2,
  needs: ['6.1'],
  exercises: [
    {
      name: 'covers',
      kind: 'repeat',
      watch: mostAtOnce('covers'),
      checks: {
        all: (view: ClusterView) =>
          isComplete(job(view, 'covers')) && job(view, 'covers')?.status.succeeded === 8,
        four: (view: ClusterView, { uid, count }: Most) => ({
          met: uid === job(view, 'covers')?.metadata.uid && count === 4,
          count,
        }),
      },
      solution: [
        "sed 's/half-years/covers/; s/: 6/: 8/; s/: 3/: 4/' job-half-years.yaml | kk apply -f -",
        60,
      ],
    },
    {
      name: 'shelves',
      kind: 'vary',
      watch: mostAtOnce('shelves'),
      checks: {
        numbered: (view: ClusterView) => job(view, 'shelves')?.spec.completionMode === 'Indexed',
        all: (view: ClusterView) =>
          isComplete(job(view, 'shelves')) && job(view, 'shelves')?.status.completedIndexes === '0-4',
        two: (_: ClusterView, { count }: Most) => ({ met: count >= 1 && count <= 2, count }),
      },
      solution: [
        "sed 's/by-number/shelves/; s/: 6/: 5/; s/parallelism: 3/parallelism: 2/' job-indexed.yaml | kk apply -f -",
        90,
      ],
    },
    {
      name: 'too-slow',
      kind: 'fix',
      start: ['kk apply -f job-slow-broken.yaml', 300],
      watch: watching({ first: firstUid('jobs', 'invoices'), most: mostAtOnce('invoices') }),
      checks: {
        same: (view: ClusterView, { first }) =>
          first !== undefined && job(view, 'invoices')?.metadata.uid === first,
        all: (view: ClusterView) =>
          isComplete(job(view, 'invoices')) && job(view, 'invoices')?.status.succeeded === 30,
        'in-time': (view: ClusterView) => (durationOf(view, 'invoices') ?? Infinity) <= 20 * 60_000,
        four: (_: ClusterView, { most }) => ({ met: most.count <= 4, count: most.count }),
      },
      solution: [`kk patch job invoices -p '{"spec":{"parallelism":4}}'`, 540],
    },
  ],
} satisfies Lesson
