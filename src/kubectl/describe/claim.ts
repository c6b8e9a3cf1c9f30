// A claim, of its own or as the template of an ephemeral volume (printPersistentVolumeClaim).
import { annotations, labels } from './parts.ts'
import type { DescribeWriter } from './writer.ts'

const accessModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** `RWO,ROX`, in the order that storage helpers give them. */
export function accessModesText(modes: readonly string[] | undefined): string {
  const known = Object.keys(accessModes)
  return known
    .filter(mode => modes?.includes(mode))
    .map(mode => accessModes[mode])
    .join(',')
}

export const storageClassOf = (claim: any): string =>
  claim.metadata?.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
  claim.spec?.storageClassName ??
  ''

export function describeClaim(claim: any, w: DescribeWriter, level: number, full: boolean): void {
  const { metadata = {}, spec, status = {} } = claim
  if (full) {
    w.field('Name', metadata.name, level)
    w.field('Namespace', metadata.namespace, level)
  }
  w.field('StorageClass', storageClassOf(claim), level)
  if (full) {
    w.field(
      'Status',
      metadata.deletionTimestamp ? `Terminating (lasts ${metadata.deletionTimestamp})` : (status.phase ?? ''),
      level,
    )
  }
  w.field('Volume', spec.volumeName ?? '', level)
  labels(w, `${'  '.repeat(level)}Labels`, metadata.labels)
  annotations(w, `${'  '.repeat(level)}Annotations`, metadata.annotations)
  if (full) w.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`, level)
  const bound = spec.volumeName && full
  const capacity = full
    ? bound
      ? (status.capacity?.storage ?? '0')
      : ''
    : (spec.resources?.requests?.storage ?? '')
  w.field('Capacity', capacity, level)
  w.field('Access Modes', accessModesText(full ? (bound ? status.accessModes : []) : spec.accessModes), level)
  if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode, level)
  const source = spec.dataSource
  if (source) {
    w.write(level, 'DataSource:\n')
    if (source.apiGroup) w.field('APIGroup', source.apiGroup, level + 1)
    w.field('Kind', source.kind, level + 1)
    w.field('Name', source.name, level + 1)
  }
}
