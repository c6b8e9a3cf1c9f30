import { parseTime } from '../../../src/engine/engine.ts'
import type { ContainerStatus, Pod } from '../../../src/kinds/schema/types.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const container = (object: Change['object'] | undefined): ContainerStatus | undefined =>
  object?.status?.containerStatuses?.[0]
const commandOf = (object: Pod | undefined): string => {
  const { command = [], args = [] } = object?.spec.containers[0] ?? {}
  return [...command, ...args].join(' ')
}

/** Whether it looks a name up, and goes on differently where it is not found: not in an `echo`, not with `|| true` behind it. */
function asksFor(object: Pod | undefined, name: string): boolean {
  const text = commandOf(object)
    .replace(/(^|\s)#.*$/gm, '')
    .replace(/\d?>+ *(&\d|\S+)/g, '')
  const lookup = `nslookup +${name}(\\.default[\\w.]*)?(?![\\w.-])[^;&|\\n]*`
  const fits = (pattern: string) => new RegExp(pattern).test(text)
  return (
    fits(`\\b(while|until|if)( +!)? +${lookup}`) ||
    fits(`(^|[;\\n]|-c|\\b(do|then)) *${lookup}(&&|\\|\\| *(exit|break|[{(]))`) ||
    fits(`(\\bset -e.*[;\\n]|-ec) *${lookup}([;\\n]|$)`)
  )
}

/** Running and ready without a break for that long. */
const steadyFor = (view: ClusterView, name: string, ms: number): boolean => {
  const status = container(pod(view, name))
  const since = status?.state?.running?.startedAt
  return status?.ready === true && !!since && view.now - parseTime(since) >= ms
}

export default {
  transcript: 'restarts.console',
  minutes: 15,
  level: 2,
  needs: ['3.3', '3.5', '3.7'],
  exercises: [
    {
      name: 'outlast',
      kind: 'repeat',
      // Uids of the pods called late that had restarted twice before the Service was there.
      watch: {
        resources: ['pods'],
        start: [] as readonly string[],
        next: (seen: readonly string[], { object }: Change, view: ClusterView) =>
          object.metadata.name === 'late' &&
          (container(object)?.restartCount ?? 0) >= 2 &&
          !view.get('services', 'cache')
            ? [...new Set([...seen, object.metadata.uid!])]
            : seen,
      },
      checks: {
        restarted: (view: ClusterView, seen: readonly string[]) =>
          seen.includes(pod(view, 'late')?.metadata.uid ?? ''),
        service: (view: ClusterView) => view.get('services', 'cache') !== undefined,
        steady: (view: ClusterView) => steadyFor(view, 'late', 30 * second),
      },
      solution: [
        "sed 's/report/late/; s/mydb/cache/' pod-report.yaml | kk apply -f -",
        60,
        'kk create service clusterip cache --tcp=80',
        120,
      ],
    },
    {
      name: 'ends-well',
      kind: 'vary',
      checks: {
        'failed-first': (view: ClusterView) => (container(pod(view, 'once'))?.restartCount ?? 0) >= 1,
        ended: (view: ClusterView) =>
          pod(view, 'once')?.status?.phase === 'Succeeded' &&
          /nslookup cache\b/.test(commandOf(pod(view, 'once'))),
      },
      solution: [
        'kk run once --image=busybox:1.28 --restart=OnFailure -- nslookup cache',
        30,
        'kk create service clusterip cache --tcp=80',
        60,
      ],
    },
    {
      name: 'wrong-name',
      kind: 'fix',
      start: [
        'kk create service clusterip database --tcp=5432',
        'kk apply -f pod-report-broken.yaml',
        20 * 60,
      ],
      checks: {
        'asks-database': (view: ClusterView) =>
          view.get('services', 'database') !== undefined && asksFor(pod(view, 'report'), 'database'),
        steady: (view: ClusterView) => steadyFor(view, 'report', 30 * second),
      },
      solution: [
        'kk logs report',
        "sed -i 's/databse/database/' pod-report-broken.yaml",
        'kk replace --force -f pod-report-broken.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
