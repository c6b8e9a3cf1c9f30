// What is said of claims, and the template of one in an ephemeral volume (printPersistentVolumeClaim).

import { dictionary } from '../../engine/dictionary.ts'
import type { PersistentVolumeClaimTemplate } from '../../kinds/schema/types.ts'
import { annotations, labels } from './parts.ts'
import type { DescribeWriter } from './writer.ts'

const accessModes: Readonly<Record<string, string>> = dictionary({
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
})

/** `RWO,ROX`, in the order that storage helpers give them. */
export function accessModesText(modes: readonly string[] | undefined): string {
  const known = Object.keys(accessModes)
  return known
    .filter(mode => modes?.includes(mode))
    .map(mode => accessModes[mode])
    .join(',')
}

/** Of a claim, a template of one, or a volume. */
export const storageClassOf = ({ metadata, spec }: Classed): string =>
  metadata?.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? ''

interface Classed {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> }
  readonly spec: { readonly storageClassName?: string }
}

/** The template of a claim: there is no volume yet that could hold anything. */
export function describeClaimTemplate(claim: PersistentVolumeClaimTemplate, w: DescribeWriter): void {
  const { metadata, spec } = claim
  w.field('StorageClass', storageClassOf(claim))
  w.field('Volume', spec.volumeName ?? '')
  labels(w, 'Labels', metadata?.labels)
  annotations(w, 'Annotations', metadata?.annotations)
  w.field('Capacity', spec.volumeName ? '0' : '')
  w.field('Access Modes', '')
  if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode)
  const source = spec.dataSource
  if (source) {
    w.write(0, 'DataSource:\n')
    if (source.apiGroup) w.field('APIGroup', source.apiGroup, 1)
    w.field('Kind', source.kind, 1)
    w.field('Name', source.name, 1)
  }
}
