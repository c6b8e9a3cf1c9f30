import type { LabelSelector, Pod, PodSpec } from '../../../src/kinds/schema/types.ts'
import { imagesOf, isReady, sameImage } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const till = ['kk label node k8s-node2 disk=ssd', 'kk taint node k8s-node2 only=till:NoSchedule']

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const node = (view: ClusterView, name: string) => view.get('nodes', name, '')
const diskOf = (view: ClusterView, name: string): string | undefined =>
  node(view, name)?.metadata.labels?.disk
const isServing = (object: Pod | undefined): boolean =>
  isReady(object) && imagesOf(object).some(image => sameImage(image, 'nginx:1.10.1'))

/** The scheduler placed it, and says so in its condition; a node's name in the manifest leaves out the scheduler. */
const wasScheduled = (view: ClusterView, name: string): boolean =>
  view
    .list('events')
    .some(
      ({ reason, involvedObject }) =>
        reason === 'Scheduled' && involvedObject.uid === pod(view, name)?.metadata.uid,
    )

const asksForSsd = (spec: PodSpec | undefined): boolean =>
  spec?.nodeSelector?.disk === 'ssd' ||
  (
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  ).some(term =>
    (term.matchExpressions ?? []).some(
      ({ key, operator, values = [] }) =>
        key === 'disk' && operator === 'In' && values.length === 1 && values[0] === 'ssd',
    ),
  )

type Labels = Readonly<Record<string, string>>

const matches = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels = {}): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) =>
    operator === 'In'
      ? values.includes(labels[key]!)
      : operator === 'NotIn'
        ? !values.includes(labels[key]!)
        : (labels[key] !== undefined) === (operator === 'Exists'),
  )

/** A rule of one pod that keeps it off the other's node whatever happens. */
const keepsAway = (one: Pod | undefined, other: Pod | undefined): boolean => {
  const { affinity, topologySpreadConstraints = [] } = one?.spec ?? {}
  return [
    ...(affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...topologySpreadConstraints.filter(
      ({ whenUnsatisfiable, maxSkew }) => whenUnsatisfiable === 'DoNotSchedule' && maxSkew === 1,
    ),
  ].some(
    ({ topologyKey, labelSelector }) =>
      topologyKey === 'kubernetes.io/hostname' &&
      labelSelector !== undefined &&
      matches(labelSelector, other?.metadata.labels),
  )
}

export default {
  transcript: 'nodes.console',
  minutes: 20,
  level: 2,
  needs: ['3.7', '3.11'],
  workers: 2,
  exercises: [
    {
      name: 'needs-ssd',
      kind: 'repeat',
      checks: {
        labelled: (view: ClusterView) =>
          diskOf(view, 'k8s-node2') === 'ssd' &&
          diskOf(view, 'k8s-node1') !== 'ssd' &&
          diskOf(view, 'k8s-master') !== 'ssd',
        asks: (view: ClusterView) => asksForSsd(pod(view, 'index')?.spec) && wasScheduled(view, 'index'),
        there: (view: ClusterView) =>
          isServing(pod(view, 'index')) && pod(view, 'index')?.spec.nodeName === 'k8s-node2',
      },
      solution: [
        'kk label node k8s-node2 disk=ssd',
        "sed 's/search/index/' pod-ssd.yaml | kk apply -f -",
        10,
      ],
    },
    {
      name: 'never-together',
      kind: 'vary',
      checks: {
        both: (view: ClusterView) => {
          const [left, right] = [pod(view, 'left'), pod(view, 'right')]
          return isServing(left) && isServing(right) && left?.spec.nodeName !== right?.spec.nodeName
        },
        ruled: (view: ClusterView) => {
          const [left, right] = [pod(view, 'left'), pod(view, 'right')]
          return keepsAway(left, right) || keepsAway(right, left)
        },
      },
      solution: ["sed 's/till-a/left/; s/till-b/right/' pods-apart.yaml | kk apply -f -", 10],
    },
    {
      name: 'homeless',
      kind: 'fix',
      start: [...till, 'kk apply -f pod-till-broken.yaml', 60],
      checks: {
        kept: (view: ClusterView) =>
          (node(view, 'k8s-node2')?.spec.taints ?? []).some(
            ({ key, effect }) => key === 'only' && effect === 'NoSchedule',
          ) &&
          diskOf(view, 'k8s-node2') === 'ssd' &&
          diskOf(view, 'k8s-node1') === undefined,
        scheduled: (view: ClusterView) => asksForSsd(pod(view, 'till')?.spec) && wasScheduled(view, 'till'),
        there: (view: ClusterView) =>
          isServing(pod(view, 'till')) && pod(view, 'till')?.spec.nodeName === 'k8s-node2',
      },
      solution: [
        'kk events --for pod/till',
        "sed -i 's/disk: sdd/disk: ssd\\n  tolerations:\\n    - key: only\\n      value: till\\n      effect: NoSchedule/' pod-till-broken.yaml",
        'kk replace --force -f pod-till-broken.yaml',
        10,
      ],
    },
  ],
} satisfies Lesson
