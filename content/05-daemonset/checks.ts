// What the exercises of this chapter look at.

import type { DaemonSet, Pod } from '../../src/kinds/schema/types.ts'
import { imagesOf, isLeaving, isReady, podsOf, sameImage, toleratesTaint } from '../../src/lesson/checks.ts'
import type { Change, ClusterView, Finding } from '../../src/lesson/exercise.ts'

export const daemonSet = (view: ClusterView, name: string) => view.get('daemonsets', name)

export const hasImage = (object: DaemonSet | Pod | undefined, image: string): boolean =>
  imagesOf(object).some(each => sameImage(each, image))

const first = ['k8s-master', 'k8s-node1']

/** The nodes that there are, and those that every world here begins with: to delete one does not make it taken care of. */
export const nodeNames = (view: ClusterView): string[] => [
  ...new Set([...first, ...view.list('nodes', { namespace: '' }).map(node => node.metadata.name)]),
]

export const controlPlane = 'node-role.kubernetes.io/control-plane'

/** What a node of the control plane comes with. */
const controlPlaneTaint = { key: controlPlane, effect: 'NoSchedule' }

export const goesToControlPlane = (set: DaemonSet | undefined): boolean =>
  toleratesTaint(set, controlPlaneTaint)

/** Nobody has taken the taint away. */
export const isControlPlaneTainted = (view: ClusterView): boolean =>
  (view.get('nodes', 'k8s-master', '')?.spec.taints ?? []).some(
    ({ key, effect }) => key === controlPlane && effect === controlPlaneTaint.effect,
  )

/** Its ready pods on a node; those on their way out are none. */
export const readyOn = (view: ClusterView, set: DaemonSet | undefined, node: string): Pod[] =>
  podsOf(view, set).filter(pod => pod.spec.nodeName === node && isReady(pod))

/** On each of the nodes one ready pod of it, on no other any; counts the nodes that have one. */
export function covers(
  view: ClusterView,
  set: DaemonSet | undefined,
  nodes: readonly string[] = nodeNames(view),
): Finding {
  const covered = nodes.filter(node => readyOn(view, set, node).length === 1)
  const elsewhere = podsOf(view, set).some(pod => !nodes.includes(pod.spec.nodeName!))
  return {
    met: set !== undefined && !isLeaving(set) && covered.length === nodes.length && !elsewhere,
    count: covered.length,
  }
}

/** It does not choose among nodes: no selector, no required affinity, no name; and nodes of the control plane are nodes. */
export function takesAnyNode(set: DaemonSet | undefined): boolean {
  const { nodeSelector = {}, affinity, nodeName } = set?.spec.template.spec ?? {}
  return (
    set !== undefined &&
    goesToControlPlane(set) &&
    Object.keys(nodeSelector).length === 0 &&
    !affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution &&
    !nodeName
  )
}

const isOrdinary = (pod: Pod): boolean =>
  !pod.metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet' || kind === 'Node')

/** Cordoned, and every pod has gone but those of DaemonSets and the static ones. */
const isEmptied = (view: ClusterView, name: string): boolean =>
  view.get('nodes', name, '')?.spec.unschedulable === true &&
  ['default', 'kube-system'].every(
    namespace => !view.list('pods', { namespace }).some(pod => pod.spec.nodeName === name && isOrdinary(pod)),
  )

/** It takes pods again: there, ready, not cordoned, without a taint of somebody's. */
export const isBack = (view: ClusterView, name: string): boolean => {
  const node = view.get('nodes', name, '')
  return (
    node !== undefined &&
    node.spec.unschedulable !== true &&
    (node.spec.taints ?? []).length === 0 &&
    node.status.conditions!.some(each => each.type === 'Ready' && each.status === 'True')
  )
}

/** For how long a node has to be empty at a stretch, ms: somebody changes its memory. */
export const work = 60_000

/** Since when a node has been empty, and whether that once was long enough. */
export interface Maintenance {
  readonly since: number | undefined
  readonly done: boolean
}

/** Watches a node being emptied. What ends too early is no maintenance. */
export const maintenanceOf = (name: string) => ({
  resources: ['nodes', 'pods'],
  start: { since: undefined, done: false } as Maintenance,
  next: (seen: Maintenance, _: Change, view: ClusterView): Maintenance => {
    const since = isEmptied(view, name) ? (seen.since ?? view.now) : undefined
    const lasted = seen.since !== undefined && view.now - seen.since >= work
    return { since, done: seen.done || lasted }
  },
})

/** Whether the node was empty for long enough, now or once. */
export function wasMaintained(view: ClusterView, { since, done }: Maintenance): Finding {
  const held = done ? work : Math.min(work, since === undefined ? 0 : view.now - since)
  return { met: held >= work, held: [held, work] }
}
