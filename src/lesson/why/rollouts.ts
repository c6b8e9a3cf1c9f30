// Deployments and their ReplicaSets.
import type { AnyObject } from '../../kinds/object.ts'
import type { View } from './view.ts'

const revision = 'deployment.kubernetes.io/revision'
const revisionOf = ({ metadata }: AnyObject): number => Number(metadata.annotations?.[revision] ?? 0)

export const replicaSetsOf = (deployment: AnyObject, view: View): AnyObject[] =>
  view.owned('replicasets', deployment).sort((a, b) => revisionOf(b) - revisionOf(a))

/** That of the present template; none where it has not been made yet. */
export function newestReplicaSet(deployment: AnyObject, view: View): AnyObject | undefined {
  const [newest] = replicaSetsOf(deployment, view)
  if (!newest || !deployment.spec.paused) return newest
  // What was changed while it was paused has none.
  return sameImages(newest, deployment) ? newest : undefined
}

const imagesOf = ({ spec }: AnyObject): string =>
  JSON.stringify(
    spec.template.spec.containers.map((each: AnyObject['spec']) => [
      each.name,
      each.image,
      each.env,
      each.resources,
    ]),
  )

const sameImages = (a: AnyObject, b: AnyObject): boolean => imagesOf(a) === imagesOf(b)
