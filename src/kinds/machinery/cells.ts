// Pieces of table rows that several kinds print: pkg/printers/internalversion/printers.go.
import type { Cell } from '../kind.ts'
import type { PodTemplateSpec, ReplicaSet, ReplicationController } from '../schema/types.ts'
import { age } from './duration.ts'

/** Names and images of a pod template's containers, comma-separated: two cells. */
export function containerCells(template: Pick<PodTemplateSpec, 'spec'> | null | undefined): [string, string] {
  const containers = template?.spec?.containers ?? []
  return [containers.map(c => c.name).join(','), containers.map(c => c.image ?? '').join(',')]
}

/** At most three items, then ` + 2 more...`. */
export const listWithMore = (list: readonly string[], empty: string, max = 3): string =>
  list.length > max
    ? `${list.slice(0, max).join(',')} + ${list.length - max} more...`
    : list.join(',') || empty

/** Of what keeps copies of a pod, all but its selector. */
export const replicaCells = (
  { metadata, spec, status }: ReplicaSet | ReplicationController,
  now: number,
): Cell[] => [
  metadata.name,
  spec.replicas ?? 0,
  status.replicas,
  status.readyReplicas ?? 0,
  age(metadata.creationTimestamp, now),
  ...containerCells(spec.template),
]
