// Controller revisions: the templates that a daemon set or stateful set has had, as a strategic merge patch each.
// Rules: pkg/controller/daemon/update.go (constructHistory) and pkg/controller/history.

import type { ResourceClient } from '../api/client.ts'
import { isAlreadyExists } from '../api/errors.ts'
import type { Informer } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { ControllerRevision, DaemonSet, PodTemplateSpec, StatefulSet } from '../kinds/schema/types.ts'
import { newControllerRef } from './claim.ts'
import { templateHash } from './template-hash.ts'

export type Revision = ControllerRevision

/** Whose templates are kept. */
type Owner = DaemonSet | StatefulSet

export const revisionHashLabel = 'controller-revision-hash'

/** As it is kept: what makes of any template this one. */
export const patchOf = (template: PodTemplateSpec) => ({
  spec: { template: { ...template, $patch: 'replace' } },
})

export const byRevision = (a: Revision, b: Revision): number => a.revision - b.revision

/** The template that a revision holds. */
export function templateOf(revision: Revision): PodTemplateSpec {
  const { data } = revision as { data: ReturnType<typeof patchOf> }
  const { $patch: _, ...template } = data.spec.template
  return template
}

/** A new revision of `owner`; `labels` and `annotations` differ by its kind. */
export function newRevision(
  owner: Owner,
  revision: number,
  hash: string,
  labels: Record<string, string>,
): Revision {
  const { name, namespace, annotations } = owner.metadata
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: { ...labels, [revisionHashLabel]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [newControllerRef(owner)],
    },
    data: patchOf(owner.spec.template),
    revision,
  }
}

/** Adds a revision; where another template has its name already, the collision is counted and the sync tried again. */
export function addRevision<T extends Owner>(
  client: ResourceClient<Revision>,
  owners: ResourceClient<T>,
  owner: T,
  revision: number,
  labels: Record<string, string>,
): Revision {
  const wanted = newRevision(
    owner,
    revision,
    templateHash(owner.spec.template, owner.status?.collisionCount),
    labels,
  )
  try {
    return client.create(wanted)
  } catch (error) {
    if (!isAlreadyExists(error)) throw error
    const existing = client.get(owner.metadata.namespace!, wanted.metadata.name)
    if (equal(existing.data, wanted.data)) return existing
    const status = { ...owner.status, collisionCount: (owner.status?.collisionCount ?? 0) + 1 }
    owners.updateStatus({ ...owner, status })
    throw error
  }
}

/** Deletes the oldest revisions beyond the limit that no pod is of. */
export function truncateHistory(
  client: ResourceClient<Revision>,
  owner: Owner,
  old: readonly Revision[],
  isLive: (revision: Revision) => boolean,
): void {
  let excess = old.filter(r => !isLive(r)).length - (owner.spec.revisionHistoryLimit ?? 10)
  for (const revision of [...old].sort(byRevision)) {
    if (excess <= 0) return
    if (isLive(revision)) continue
    client.delete(owner.metadata.namespace!, revision.metadata.name)
    excess--
  }
}

export const revisionsOf = (informer: Informer<Revision>, owner: Owner): Revision[] =>
  informer.byIndex('controller', owner.metadata.uid!).sort(byRevision)
