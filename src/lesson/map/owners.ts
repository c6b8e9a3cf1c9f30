// What makes pods, as the map shows it: how many are wanted and ready, how many more may exist for a while, and which
// templates its pods are made from.
import { parseTime } from '../../engine/engine.ts'
import { scaledValue } from '../../kinds/machinery/int-or-percent.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../kinds/schema/types.ts'
import type { OwnerRow, Revision } from './rows.ts'

/** Kinds whose pods bear a band. A ReplicaSet that a Deployment made is the Deployment's. */
export const ownerKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
] as const

export type Owner = Deployment | StatefulSet | DaemonSet | ReplicaSet | ReplicationController | Job | CronJob

/** The tag of the first image of a pod or of a template: `v2`; '' where it names none. */
export function versionOf(spec: { containers?: readonly { image?: string }[] } | undefined): string {
  const image = spec?.containers?.[0]?.image ?? ''
  return /:([^:/@]+)(@|$)/.exec(image)?.[1] ?? ''
}

/** Which of its owner's templates a pod is made from. */
export function revisionOf({ metadata }: KubeObject): string {
  const labels = metadata.labels ?? {}
  const owner = metadata.ownerReferences?.find(each => each.controller)
  if (owner?.kind === 'DaemonSet') return labels['pod-template-generation'] ?? ''
  if (owner?.kind === 'StatefulSet') return labels['controller-revision-hash'] ?? ''
  return owner?.kind === 'ReplicaSet' ? owner.uid : ''
}

type Facts = Pick<OwnerRow, 'ready' | 'wanted' | 'current'> & Partial<OwnerRow>

/** `sets`: the ReplicaSets of a Deployment. */
export function ownerFacts(object: Owner, sets: readonly ReplicaSet[]): Facts {
  switch (object.kind) {
    case 'Deployment':
      return deployment(object, sets)
    case 'StatefulSet':
      return { ...counted(object), current: object.status.updateRevision ?? '' }
    case 'DaemonSet':
      return {
        ready: object.status.numberReady,
        wanted: object.status.desiredNumberScheduled,
        current: object.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? '',
      }
    case 'Job':
      return job(object)
    case 'CronJob':
      return {
        ready: 0,
        wanted: 0,
        current: '',
        schedule: object.spec.schedule,
        ...(object.spec.suspend && { note: { say: 'suspended' } }),
      }
    case 'ReplicaSet':
      return { ...counted(object), current: object.metadata.uid ?? '' }
    case 'ReplicationController':
      return { ...counted(object), current: '' }
  }
}

const counted = ({ spec, status }: Deployment | StatefulSet | ReplicaSet | ReplicationController) => ({
  ready: status.readyReplicas ?? 0,
  wanted: spec.replicas ?? 1,
})

function deployment(object: Deployment, sets: readonly ReplicaSet[]): Facts {
  const { spec } = object
  const rolling = spec.strategy.type !== 'Recreate'
  const numbered = [...sets].sort((a, b) => revisionNumber(b) - revisionNumber(a))
  const revisions = numbered.map(
    (set): Revision => ({
      id: set.metadata.uid ?? '',
      hash: set.metadata.labels?.['pod-template-hash'] ?? set.metadata.name,
      version: versionOf(set.spec.template.spec),
      pods: set.status.replicas,
    }),
  )
  const surge = rolling
    ? scaledValue(spec.strategy.rollingUpdate?.maxSurge ?? '25%', spec.replicas ?? 1, true)
    : 0
  return {
    ...counted(object),
    surge,
    current: revisions[0]?.id ?? '',
    // Those that have pods, and the last one: there Back leads.
    revisions: revisions.filter((each, index) => index < 2 || each.pods > 0).slice(0, 4),
    ...(spec.paused && { note: { say: 'paused' } }),
  }
}

const revisionNumber = ({ metadata }: KubeObject): number =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0) ||
  parseTime(metadata.creationTimestamp ?? '') / 1e15

function job({ spec, status }: Job): Facts {
  const failed = status.conditions?.some(each => each.type === 'Failed' && each.status === 'True')
  const complete = status.conditions?.some(each => each.type === 'Complete' && each.status === 'True')
  return {
    ready: status.succeeded ?? 0,
    wanted: spec.completions ?? spec.parallelism ?? 1,
    current: '',
    ...(failed
      ? { note: { say: 'jobFailed' } }
      : complete
        ? { note: { say: 'jobComplete' } }
        : spec.suspend
          ? { note: { say: 'suspended' } }
          : {}),
  }
}
