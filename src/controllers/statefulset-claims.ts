// The claims of a stateful set's pods: made before the pod, and owned by whom they are to go with. Rules:
// pkg/controller/statefulset/{stateful_pod_control,stateful_set_utils}.go.
import { isAlreadyExists } from '../api/errors.ts'
import type { PersistentVolumeClaim, StatefulSet } from '../kinds/schema/types.ts'
import { newControllerRef } from './claim.ts'
import { type ControllerContext, SyncError } from './controller.ts'
import { type Pod, wantedPods } from './pods.ts'

type Tell = (set: StatefulSet, verb: string, what: string, error?: unknown) => void

export class StatefulSetClaims {
  readonly #claims
  readonly #client
  readonly #tell: Tell

  constructor({ informers, client }: ControllerContext, tell: Tell) {
    this.#claims = informers.of('persistentvolumeclaims')
    this.#client = client.resource('persistentvolumeclaims')
    this.#tell = tell
  }

  /** Makes those of a pod that are not there. */
  create(set: StatefulSet, pod: Pod): void {
    const { namespace = '', name: podName } = pod.metadata
    for (const template of claimTemplates(set)) {
      const name = `${template.metadata.name}-${podName}`
      const existing = this.#claims.find(namespace, name)
      if (existing?.metadata.deletionTimestamp) throw new SyncError(`pvc ${name} is being deleted`)
      if (existing) continue
      const labels = { ...template.metadata.labels, ...set.spec.selector.matchLabels }
      const { annotations } = template.metadata
      const ownerReferences = policyOf(set).whenDeleted === 'Delete' ? [newControllerRef(set)] : undefined
      const metadata = { name, namespace, labels, annotations, ownerReferences }
      try {
        this.#client.create({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata,
          spec: template.spec,
        })
      } catch (error) {
        if (isAlreadyExists(error)) continue
        this.#tell(set, 'create', `Claim ${name} for Pod ${podName}`, error)
        throw error
      }
      this.#tell(set, 'create', `Claim ${name} Pod ${podName}`)
    }
  }

  /**
   * Gives those of a pod the owner with which they go (persistentVolumeClaimRetentionPolicy): the pod where there are more
   * than are wanted, the set otherwise, nobody where they are to stay.
   */
  keep(set: StatefulSet, pod: Pod): void {
    const { namespace = '', name: podName, uid } = pod.metadata
    const { whenDeleted, whenScaled } = policyOf(set)
    const ordinal = ordinalOf(pod, set)
    const start = set.spec.ordinals?.start ?? 0
    const surplus = ordinal === undefined || ordinal < start || ordinal >= start + wantedPods(set)
    const owner =
      surplus && whenScaled === 'Delete'
        ? { ...pod, apiVersion: 'v1', kind: 'Pod' }
        : whenDeleted === 'Delete'
          ? set
          : undefined
    for (const template of claimTemplates(set)) {
      const claim = this.#claims.find(namespace, `${template.metadata.name}-${podName}`)
      if (!claim || claim.metadata.deletionTimestamp) continue
      const held = claim.metadata.ownerReferences ?? []
      const ours = held.filter(each => each.uid === uid || each.uid === set.metadata.uid)
      if (ours.length === (owner ? 1 : 0) && ours[0]?.uid === owner?.metadata.uid) continue
      const others = held.filter(each => !ours.includes(each))
      const ownerReferences = [...others, ...(owner ? [newControllerRef(owner)] : [])]
      this.#client.update({ ...claim, metadata: { ...claim.metadata, ownerReferences } })
    }
  }
}

const policyOf = (set: StatefulSet): { whenDeleted?: string; whenScaled?: string } =>
  set.spec.persistentVolumeClaimRetentionPolicy ?? {}

/** The number of a pod by its name; undefined where the name is not one of the set's. */
export function ordinalOf(pod: Pod, set: StatefulSet): number | undefined {
  const prefix = `${set.metadata.name}-`
  const { name } = pod.metadata
  const rest = name.slice(prefix.length)
  return name.startsWith(prefix) && /^\d+$/.test(rest) ? Number(rest) : undefined
}

/** By name, as getPersistentVolumeClaims keeps them: of two of one name the last is meant. */
export const claimTemplates = (set: StatefulSet): PersistentVolumeClaim[] => [
  ...new Map<string, PersistentVolumeClaim>(
    (set.spec.volumeClaimTemplates ?? []).map(template => [template.metadata.name, template]),
  ).values(),
]
