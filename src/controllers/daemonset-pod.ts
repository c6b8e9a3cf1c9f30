// The pod of a daemon set on a node: whether there is to be one, what it is made of, which node it is for, and whether it is
// of the template as it is now. Rules: pkg/controller/daemon, pkg/controller/daemon/util.
import type { NewObject } from '../api/client.ts'
import { parseTime } from '../engine/engine.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { requiredNodeAffinity, tolerates } from '../kinds/machinery/node-matching.ts'
import type { Affinity, DaemonSet, Node, NodeSelectorTerm, Taint, Toleration } from '../kinds/schema/types.ts'
import * as history from './history.ts'
import { podFromTemplate } from './pod-control.ts'
import type { Pod } from './pods.ts'

const generationLabel = 'pod-template-generation'
const generationAnnotation = 'deprecated.daemonset.template.generation'

/** Daemons stay on nodes that are not well: AddOrUpdateDaemonPodTolerations. */
const tolerations = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
].map(([key, effect]) => ({ key, operator: 'Exists', effect }))
const networkUnavailable = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
}

export const allowsSurge = (set: DaemonSet): boolean => {
  const { type, rollingUpdate } = set.spec.updateStrategy
  const surge = rollingUpdate?.maxSurge
  return type === 'RollingUpdate' && !!surge && surge !== '0%'
}

/** NodeShouldRunDaemonPod: may a pod start on the node, and may one that is there stay? */
export function shouldRun(set: DaemonSet, node: Node): { run: boolean; keep: boolean } {
  const { spec } = set.spec.template
  const { name } = node.metadata
  if ((spec.nodeName && spec.nodeName !== name) || requiredNodeAffinity(spec)?.(node) === false) {
    return { run: false, keep: false }
  }
  const all = [...(spec.tolerations ?? []), ...tolerations, ...(spec.hostNetwork ? [networkUnavailable] : [])]
  const bad: Taint[] = (node.spec?.taints ?? []).filter(
    (t: Taint) => t.effect !== 'PreferNoSchedule' && !tolerates(all, t),
  )
  return { run: bad.length === 0, keep: !bad.some(t => t.effect === 'NoExecute') }
}

export function daemonPod(set: DaemonSet, node: string, hash: string): NewObject<Pod> {
  const pod = podFromTemplate(set.spec.template, set)
  const { spec } = pod
  const generation = set.metadata.annotations?.[generationAnnotation]
  pod.metadata.labels = {
    ...pod.metadata.labels,
    ...(generation && { [generationLabel]: generation }),
    [history.revisionHashLabel]: hash,
  }
  const own: Toleration[] = spec.tolerations ?? []
  const added = [...tolerations, ...(spec.hostNetwork ? [networkUnavailable] : [])]
  pod.spec = {
    ...spec,
    affinity: onNode(spec.affinity, node),
    tolerations: [...own, ...added.filter(t => !own.some(o => equal(o, t)))],
  }
  return pod
}

/** ReplaceDaemonSetPodNodeNameNodeAffinity: the node is a required affinity to its name. */
function onNode(affinity: Affinity | undefined, node: string): Affinity {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }]
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const terms: NodeSelectorTerm[] | undefined = affinity?.nodeAffinity?.[required]?.nodeSelectorTerms
  const nodeSelectorTerms = terms?.length ? terms.map(term => ({ ...term, matchFields })) : [{ matchFields }]
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, [required]: { nodeSelectorTerms } } }
}

/** The node of a daemon pod, also before it is bound. */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  for (const { matchFields } of terms) {
    for (const { key, values } of matchFields ?? []) if (key === 'metadata.name') return values?.[0]
  }
  return undefined
}

export function isUpdated(pod: Pod, set: DaemonSet, hash: string): boolean {
  const labels = pod.metadata.labels ?? {}
  const generation = set.metadata.annotations?.[generationAnnotation]
  return (
    (!!generation && labels[generationLabel] === generation) || labels[history.revisionHashLabel] === hash
  )
}

/** Assigned ones first, then the older. */
export const byAge = (a: Pod, b: Pod): number =>
  Number(!!b.spec.nodeName) - Number(!!a.spec.nodeName) ||
  parseTime(a.metadata.creationTimestamp!) - parseTime(b.metadata.creationTimestamp!) ||
  (a.metadata.name < b.metadata.name ? -1 : 1)
