// Deployments and their ReplicaSets.
import type { KubeObject } from '../../kinds/object.ts'
import type { Deployment, ReplicaSet } from '../../kinds/schema/types.ts'
import type { View } from './view.ts'

const revision = 'deployment.kubernetes.io/revision'
const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[revision] ?? 0)

export const replicaSetsOf = (deployment: KubeObject, view: View): ReplicaSet[] =>
  view.owned('replicasets', deployment).sort((a, b) => revisionOf(b) - revisionOf(a))

/** That of the present template; none where it has not been made yet. */
export function newestReplicaSet(deployment: Deployment, view: View): ReplicaSet | undefined {
  const [newest] = replicaSetsOf(deployment, view)
  if (!newest || !deployment.spec.paused) return newest
  // What was changed while it was paused has none.
  return sameImages(newest, deployment) ? newest : undefined
}

const imagesOf = ({ spec }: Deployment | ReplicaSet): string =>
  JSON.stringify(spec.template.spec.containers.map(each => [each.name, each.image, each.env, each.resources]))

const sameImages = (a: ReplicaSet, b: Deployment): boolean => imagesOf(a) === imagesOf(b)
