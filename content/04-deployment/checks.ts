// What the exercises of this chapter look at.

import type { Deployment } from '../../src/kinds/schema/types.ts'
import {
  type Fewest,
  fewest,
  imagesOf,
  isLeaving,
  isRolledOut,
  neverBelow,
  podsOf,
  readySince,
  sameImage,
} from '../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../src/lesson/exercise.ts'

export const name = 'hellok8s-go-http'
export const tagged = (tag: string): string => `leigg/hellok8s:${tag}`

export const deploymentOf = (view: ClusterView) => view.get('deployments', name)

/** The image of the only container. */
export const runs = (object: Change['object'] | undefined, tag: string): boolean => {
  const images = imagesOf(object)
  return images.length === 1 && sameImage(images[0], tagged(tag))
}

/** So many replicas of that image, all available, and no pod of another template beside them. */
export const isReleased = (view: ClusterView, tag: string, replicas = 3): boolean => {
  const deployment = deploymentOf(view)
  return (
    deployment?.spec.replicas === replicas &&
    runs(deployment, tag) &&
    isRolledOut(deployment) &&
    podsOf(view, deployment).every(pod => runs(pod, tag))
  )
}

/** Pods of the Deployment that the controller counts as available: ready for `minReadySeconds`. */
export const availablePods = (view: ClusterView) => {
  const deployment = deploymentOf(view)
  const least = (deployment?.spec.minReadySeconds ?? 0) * 1000
  return podsOf(view, deployment).filter(pod => {
    const ready = readySince(pod)
    return ready !== undefined && view.now - ready >= least
  })
}

/** Whether a manifest of the working directory names that image; a comment behind it is the reader's own. */
export const fileRuns = (view: ClusterView, file: string, tag: string): boolean =>
  new RegExp(`^\\s*(- )?image: *["']?(docker\\.io/)?leigg/hellok8s:${tag}["']? *( #.*)?$`, 'm').test(
    view.file(file) ?? '',
  )

/** The manifest that was applied last. */
export const lastApplied = (view: ClusterView): Deployment | undefined => {
  const text = deploymentOf(view)?.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration']
  return text === undefined ? undefined : JSON.parse(text)
}

/** Whether that names this image. */
export const lastAppliedRuns = (view: ClusterView, tag: string): boolean => runs(lastApplied(view), tag)

/** Its ReplicaSets, whatever their number of pods. */
export const replicaSetsOf = (view: ClusterView) => {
  const uid = deploymentOf(view)?.metadata.uid
  return view
    .list('replicasets')
    .filter(each => !isLeaving(each) && each.metadata.ownerReferences?.some(owner => owner.uid === uid))
}

/** Remembers the fewest available pods that the Deployment ever had; without the Deployment there are none. */
export const availability = fewest(
  ['deployments'],
  view => deploymentOf(view)?.status?.availableReplicas ?? 0,
)

/** A goal about `availability`. */
export const alwaysAvailable = (least: number) => (_: ClusterView, seen: Fewest | undefined) =>
  neverBelow(seen, least)
