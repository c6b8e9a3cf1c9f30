// What the exercises of this chapter look at.

import { imagesOf, isLeaving, isReady, podsOf, sameImage } from '../../src/lesson/checks.ts'
import type { Change, ClusterView, Finding } from '../../src/lesson/exercise.ts'

type AnyObject = Change['object']

export const daemonSet = (view: ClusterView, name: string) => view.get('daemonsets', name)

export const hasImage = (object: AnyObject | undefined, image: string): boolean =>
  imagesOf(object).some(each => sameImage(each, image))

export const nodeNames = (view: ClusterView): string[] =>
  view.list('nodes', { namespace: '' }).map(node => node.metadata.name)

/** Its ready pods on a node; those on their way out are none. */
export const readyOn = (view: ClusterView, set: AnyObject | undefined, node: string): AnyObject[] =>
  podsOf(view, set).filter(pod => pod.spec.nodeName === node && isReady(pod))

/** On each of the nodes one ready pod of it, on no other any; counts the nodes that have one. */
export function covers(
  view: ClusterView,
  set: AnyObject | undefined,
  nodes: readonly string[] = nodeNames(view),
): Finding {
  const covered = nodes.filter(node => readyOn(view, set, node).length === 1)
  const elsewhere = podsOf(view, set).some(pod => !nodes.includes(pod.spec.nodeName))
  return {
    met: set !== undefined && !isLeaving(set) && covered.length === nodes.length && !elsewhere,
    count: covered.length,
  }
}

/** It does not choose among nodes: no selector, no required affinity, no name. */
export function takesAnyNode(set: AnyObject | undefined): boolean {
  const { nodeSelector = {}, affinity, nodeName } = set?.spec.template.spec ?? {}
  return (
    set !== undefined &&
    Object.keys(nodeSelector).length === 0 &&
    !affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution &&
    !nodeName
  )
}
