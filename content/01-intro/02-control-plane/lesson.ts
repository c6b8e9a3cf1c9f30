import { isReady, isRolledOut, podsOf, steadyFor } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000
const manifests = '/etc/kubernetes/manifests'
const system = (view: ClusterView, component: string) =>
  view.get('pods', `${component}-k8s-master`, 'kube-system')
const web = (view: ClusterView) => view.get('deployments', 'web')

/** Since when web has had fewer pods than the two it wants (ms), and for how long it ever had. */
interface Gap {
  readonly since?: number
  readonly longest: number
}
const gap = {
  resources: ['pods', 'deployments'],
  start: { longest: 0 } as Gap,
  next: ({ since, longest }: Gap, _: Change, view: ClusterView): Gap => {
    const deployment = web(view)
    const isShort = deployment?.spec.replicas === 2 && podsOf(view, deployment).length < 2
    if (isShort) return { since: since ?? view.now, longest }
    return { longest: since === undefined ? longest : Math.max(longest, view.now - since) }
  },
}

export default {
  transcript: 'control-plane.console',
  minutes: 18,
  level: 2,
  needs: ['0.1'],
  exercises: [
    {
      name: 'nobody-counts',
      kind: 'repeat',
      start: ['kk create deployment web --image=nginx --replicas=2', 30],
      watch: gap,
      checks: {
        gap: (_: ClusterView, { longest }: Gap) => ({
          met: longest >= 20 * second,
          held: [Math.min(longest, 20 * second), 20 * second] as const,
        }),
        manager: (view: ClusterView) => isReady(system(view, 'kube-controller-manager')),
        two: (view: ClusterView) => isRolledOut(web(view)) && podsOf(view, web(view)).length === 2,
      },
      solution: [
        `ssh k8s-master mv ${manifests}/kube-controller-manager.yaml /root/`,
        30,
        'kk delete pod -l app=web',
        30,
        `ssh k8s-master mv /root/kube-controller-manager.yaml ${manifests}/`,
        30,
      ],
    },
    {
      name: 'by-hand',
      kind: 'vary',
      start: [`ssh k8s-master mv ${manifests}/kube-scheduler.yaml /root/`, 30],
      checks: {
        running: (view: ClusterView) => isReady(view.get('pods', 'by-hand')),
        'no-scheduler': (view: ClusterView) => system(view, 'kube-scheduler') === undefined,
      },
      solution: [`kk run by-hand --image=nginx --overrides='{"spec":{"nodeName":"k8s-node1"}}'`, 20],
    },
    {
      name: 'never-placed',
      kind: 'fix',
      start: [
        `ssh k8s-master "sed -i 's|- /pause|- /pause\\n    - --leader-elekt=false|' ${manifests}/kube-scheduler.yaml"`,
        40,
        'kk run waiting --image=nginx',
        120,
      ],
      checks: {
        scheduler: (view: ClusterView) =>
          steadyFor(view, 'kube-scheduler-k8s-master', 10 * second, 'kube-system'),
        placed: (view: ClusterView) => isReady(view.get('pods', 'waiting')),
      },
      solution: [
        'kk get pods -n kube-system',
        'kk logs -n kube-system kube-scheduler-k8s-master',
        `ssh k8s-master "sed -i '/leader-elekt/d' ${manifests}/kube-scheduler.yaml"`,
        60,
      ],
    },
  ],
} satisfies Lesson
