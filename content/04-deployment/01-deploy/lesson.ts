import type { LabelSelector } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, isReady, podsOf, sameImage, watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, name } from '../checks.ts'

const readyPods = (view: ClusterView, deployment: string) =>
  podsOf(view, view.get('deployments', deployment)).filter(isReady)

const hasLabels = (labels: Readonly<Record<string, string>> | undefined): boolean =>
  labels?.app === 'orders' && labels.tier === 'web'

/** `app=web,tier in (front)` of what a selector asks for. */
const asText = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string =>
  [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) =>
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator.toLowerCase()} (${values})`,
    ),
  ].join()

export default {
  transcript: 'deploy.console',
  minutes: 15,
  level: 1,
  needs: ['3.1', '3.6'],
  exercises: [
    {
      name: 'all-new',
      kind: 'repeat',
      start: ['kk apply -f deployment.yaml', 10],
      watch: watching({
        replicaSet: {
          resources: ['replicasets'],
          start: undefined as string | undefined,
          next: (seen: string | undefined, { object }: Change) => seen ?? object.metadata.uid,
        },
        // The uids of the two that are there when it begins.
        pods: {
          resources: ['pods'],
          start: [] as readonly string[],
          next: (seen: readonly string[], { object }: Change) =>
            seen.length < 2 && !seen.includes(object.metadata.uid!) ? [...seen, object.metadata.uid!] : seen,
        },
      }),
      checks: {
        replaced: (view: ClusterView, { pods }: { pods: readonly string[] }) =>
          view.list('pods').every(pod => !pods.includes(pod.metadata.uid!)),
        ready: (view: ClusterView, { replicaSet }: { replicaSet: string | undefined }) => {
          const ready = podsOf(view, deploymentOf(view)).filter(isReady)
          return (
            ready.length === 2 &&
            ready.every(pod => pod.metadata.ownerReferences?.some(owner => owner.uid === replicaSet))
          )
        },
      },
      solution: ['kk delete pods -l app=hellok8s', 10],
    },
    {
      name: 'greeting',
      kind: 'vary',
      start: ['kk apply -f deployment.yaml', 10],
      watch: firstUid('deployments', name),
      checks: {
        three: (view: ClusterView) => {
          const ready = readyPods(view, 'greeting')
          return {
            met:
              ready.length === 3 &&
              ready.every(pod => sameImage(imagesOf(pod)[0], 'leigg/hellok8s:v2')) &&
              view.get('deployments', 'greeting')?.spec.replicas === 3,
            count: ready.length,
          }
        },
        apart: (view: ClusterView) => {
          const selector = view.get('deployments', 'greeting')?.spec.selector
          const others = podsOf(view, deploymentOf(view)).map(pod => pod.metadata.uid)
          return (
            selector !== undefined &&
            view.list('pods', { labels: asText(selector) }).every(pod => !others.includes(pod.metadata.uid))
          )
        },
        undisturbed: (view: ClusterView, uid: string | undefined) =>
          deploymentOf(view)?.metadata.uid === uid && readyPods(view, name).length === 2,
      },
      solution: ['kk create deployment greeting --image=leigg/hellok8s:v2 --replicas=3', 10],
    },
    {
      name: 'orders',
      kind: 'fix',
      checks: {
        exists: (view: ClusterView) => view.get('deployments', 'orders') !== undefined,
        labels: (view: ClusterView) =>
          hasLabels(view.get('deployments', 'orders')?.spec.selector.matchLabels),
        three: (view: ClusterView) => {
          const ready = readyPods(view, 'orders').filter(pod => hasLabels(pod.metadata.labels))
          return { met: ready.length === 3, count: ready.length }
        },
      },
      solution: [
        "sed -i 's,apiVersion: v1,apiVersion: apps/v1,; s/replica:/replicas:/' deployment-orders-broken.yaml",
        "sed -i 's/^        app: orders/        app: orders\\n        tier: web/' deployment-orders-broken.yaml",
        'kk apply -f deployment-orders-broken.yaml',
        10,
      ],
    },
  ],
} satisfies Lesson
