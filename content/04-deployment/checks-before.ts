// What the exercises look at whose lessons are not revised yet.
import type { ClusterView } from '../../src/lesson/exercise.ts'

export const name = 'hellok8s-go-http'

export const deploymentOf = (view: ClusterView) => view.get('deployments', name)
export const podsOf = (view: ClusterView) => view.list('pods', { labels: 'app=hellok8s' })

export const imageOf = (object: any): string =>
  (object?.spec?.template?.spec ?? object?.spec)?.containers?.[0]?.image ?? ''
export const isReady = (pod: any): boolean =>
  !pod.metadata.deletionTimestamp &&
  (pod.status?.conditions ?? []).some((c: any) => c.type === 'Ready' && c.status === 'True')

/** The controller has seen the newest spec, and all replicas are of it and available. */
export const isRolledOut = (deployment: any): boolean => {
  const { status = {}, spec, metadata } = deployment ?? { spec: {}, metadata: {} }
  return (
    status.observedGeneration === metadata.generation &&
    (status.updatedReplicas ?? 0) === spec.replicas &&
    (status.replicas ?? 0) === spec.replicas &&
    (status.availableReplicas ?? 0) === spec.replicas
  )
}
