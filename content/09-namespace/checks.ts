// What the exercises of this chapter look at.
import { imagesOf, isLeaving, isRolledOut, podsOf, sameImage } from '../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../src/lesson/exercise.ts'

type AnyObject = Change['object']

export const namespaceOf = (view: ClusterView, name: string): AnyObject | undefined => {
  const found = view.get('namespaces', name, '')
  return isLeaving(found) ? undefined : found
}

export const deployment = (view: ClusterView, namespace: string, name: string) =>
  view.get('deployments', name, namespace)

/** A Deployment of that image in that namespace with at least so many replicas, all of them available. */
export function runs(
  view: ClusterView,
  namespace: string,
  name: string,
  image: string,
  replicas = 1,
): boolean {
  const found = deployment(view, namespace, name)
  return (
    found !== undefined &&
    isRolledOut(found) &&
    found.spec.replicas! >= replicas &&
    imagesOf(found).length === 1 &&
    sameImage(imagesOf(found)[0], image) &&
    podsOf(view, found).length === found.spec.replicas
  )
}

/** Nothing of a program is left in a namespace: no Deployment, and no ReplicaSets and pods that it left behind. */
export const hasLeft = (view: ClusterView, namespace: string, name: string): boolean =>
  ['deployments', 'replicasets', 'pods']
    .flatMap(resource => view.list(resource, { namespace, labels: `app=${name}` }))
    .concat(deployment(view, namespace, name) ?? [])
    .every(isLeaving)

/** The largest number of pods that a quota of this namespace allows, whichever way it counts them. */
export const podsAllowed = (view: ClusterView, namespace: string): number =>
  Math.min(
    ...view
      .list('resourcequotas', { namespace })
      .map(({ spec }) => Number(spec.hard?.pods ?? spec.hard?.['count/pods'] ?? Number.POSITIVE_INFINITY)),
  )
