import { parseTime } from '../../../src/engine/engine.ts'
import { isReady, isRolledOut, podsOf } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const etcd = '/etc/kubernetes/manifests/etcd.yaml'
const hello = (view: ClusterView) => view.get('deployments', 'hello')
/** It takes what is written: a node renews its lease every ten seconds. What is read may be older than etcd's end. */
const etcdRuns = (view: ClusterView): boolean => {
  const renewed = view.get('leases', 'k8s-master', 'kube-node-lease')?.spec.renewTime
  return (
    renewed !== undefined &&
    view.now - parseTime(renewed) <= 15 * second &&
    isReady(view.get('pods', 'etcd-k8s-master', 'kube-system'))
  )
}

/** Restarts that have been told of, and by how much the latest of them came late (ms): it could not be written down before. */
interface News {
  readonly told: readonly string[]
  readonly latest: number
}
const news = {
  resources: ['pods'],
  start: { told: [], latest: 0 } as News,
  next: (seen: News, { object }: Change, view: ClusterView): News => {
    const { restartCount = 0, state } = object.status?.containerStatuses?.[0] ?? {}
    const started = state?.running?.startedAt
    const restart = `${object.metadata.uid} ${restartCount}`
    const isOld = restartCount === 0 || started === undefined || seen.told.includes(restart)
    if (object.metadata.labels?.app !== 'hello' || isOld) return seen
    return { told: [...seen.told, restart], latest: Math.max(seen.latest, view.now - parseTime(started)) }
  },
}

export default {
  transcript: 'etcd-down.console',
  minutes: 12,
  level: 2,
  needs: ['1.2'],
  start: ['kk apply -f deployment.yaml', 'kk scale deployment hello --replicas=2', 30],
  exercises: [
    {
      name: 'unheard',
      kind: 'repeat',
      watch: news,
      checks: {
        silent: (_: ClusterView, { latest }: News) => latest >= 10 * second,
        etcd: etcdRuns,
        two: (view: ClusterView) => isRolledOut(hello(view)) && podsOf(view, hello(view)).length === 2,
      },
      solution: [
        `ssh k8s-master mv ${etcd} /root/`,
        40,
        "ssh k8s-node1 'crictl stop $(crictl ps -q --name hello | head -1)'",
        30,
        `ssh k8s-master mv /root/etcd.yaml ${etcd}`,
        60,
      ],
    },
    {
      name: 'no-book',
      kind: 'fix',
      start: [`ssh k8s-master mv ${etcd} /root/`, 60],
      checks: {
        etcd: etcdRuns,
        four: (view: ClusterView) => hello(view)?.spec.replicas === 4 && isRolledOut(hello(view)),
      },
      solution: [
        'kk get pods',
        'ssh k8s-master crictl ps',
        `ssh k8s-master mv /root/etcd.yaml ${etcd}`,
        40,
        'kk scale deployment hello --replicas=4',
        30,
      ],
    },
  ],
} satisfies Lesson
