// kubectl describe of PersistentVolume, PersistentVolumeClaim and StorageClass.

import type {
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  TopologySelectorTerm,
  Volume,
  VolumeNodeAffinity,
} from '../../kinds/schema/types.ts'
import { describeLabels } from '../print/labels.ts'
import { byCodePoint } from '../print/values.ts'
import { accessModesText, storageClassOf } from './claim.ts'
import { annotations, type Describer, events, labels, since } from './parts.ts'
import { goList, list } from './queries.ts'
import { describeVolumeSource } from './volumes.ts'
import type { DescribeWriter } from './writer.ts'

export const describePersistentVolume: Describer<PersistentVolume> = (volume, d) => {
  const { w } = d
  const { metadata, spec, status } = volume
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'Finalizers:', goList(metadata.finalizers))
  w.line(0, 'StorageClass:', storageClassOf(volume))
  w.line(
    0,
    'Status:',
    metadata.deletionTimestamp
      ? `Terminating (lasts ${since(metadata.deletionTimestamp, d.ctx.now)})`
      : (status.phase ?? ''),
  )
  w.line(0, 'Claim:', spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '')
  w.line(0, 'Reclaim Policy:', spec.persistentVolumeReclaimPolicy ?? '')
  w.line(0, 'Access Modes:', accessModesText(spec.accessModes))
  if (spec.volumeMode) w.line(0, 'VolumeMode:', spec.volumeMode)
  w.line(0, 'Capacity:', spec.capacity?.storage ?? '')
  affinityLines(w, spec.nodeAffinity)
  w.line(0, 'Message:', status.message ?? '')
  w.line(0, 'Source:')
  describeVolumeSource(spec, w)
  events(volume, d)
}

function affinityLines(w: DescribeWriter, affinity: VolumeNodeAffinity | undefined): void {
  if (!affinity) {
    w.line(0, 'Node Affinity:', '<none>')
    return
  }
  w.line(0, 'Node Affinity:', '')
  const terms = affinity.required?.nodeSelectorTerms
  if (!affinity.required) {
    w.line(1, 'Required Terms:', '<none>')
    return
  }
  if (!terms?.length) {
    w.line(1, 'Required Terms:', '<none>')
    return
  }
  w.line(1, 'Required Terms:', '')
  terms.forEach((term, i) => {
    const expressions = term.matchExpressions ?? []
    if (expressions.length === 0) w.line(2, `Term ${i}:`, '<none>')
    expressions.forEach(({ key, operator, values }, j) => {
      const text = values?.length
        ? `${key} ${operator.toLowerCase()} [${values.join(', ')}]`
        : `${key} ${operator.toLowerCase()}`
      w.line(2, j ? '' : `Term ${i}:`, text)
    })
  })
}

export const describePersistentVolumeClaim: Describer<PersistentVolumeClaim> = (claim, d) => {
  const { w } = d
  const { metadata, spec, status } = claim
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Namespace:', metadata.namespace ?? '')
  w.line(0, 'StorageClass:', storageClassOf(claim))
  w.line(
    0,
    'Status:',
    metadata.deletionTimestamp
      ? `Terminating (lasts ${since(metadata.deletionTimestamp, d.ctx.now)})`
      : (status.phase ?? ''),
  )
  w.line(0, 'Volume:', spec.volumeName ?? '')
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'Finalizers:', goList(metadata.finalizers))
  w.line(0, 'Capacity:', spec.volumeName ? (status.capacity?.storage ?? '') : '')
  w.line(0, 'Access Modes:', spec.volumeName ? accessModesText(status.accessModes) : '')
  if (spec.volumeMode) w.line(0, 'VolumeMode:', spec.volumeMode)
  const source = spec.dataSource ?? spec.dataSourceRef
  if (source) {
    w.line(0, 'DataSource:')
    if (source.apiGroup) w.line(1, 'APIGroup:', source.apiGroup)
    w.line(1, 'Kind:', source.kind)
    w.line(1, 'Name:', source.name)
  }
  const users = list(d, 'pods', '', metadata.namespace ?? '')
    .filter(
      pod =>
        pod.spec.volumes?.some((v: Volume) => v.persistentVolumeClaim?.claimName === metadata.name) ||
        metadata.ownerReferences?.some(({ kind, uid }) => kind === 'Pod' && uid === pod.metadata.uid),
    )
    .map(pod => pod.metadata.name)
    .sort(byCodePoint)
  if (users.length === 0) w.line(0, 'Used By:', '<none>')
  users.forEach((name, i) => {
    w.line(0, i ? '' : 'Used By:', name)
  })
  if (status.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type', 'Status', 'LastProbeTime', 'LastTransitionTime', 'Reason', 'Message')
    w.line(1, '----', '------', '-----------------', '------------------', '------', '-------')
    for (const c of status.conditions)
      w.line(
        1,
        `${c.type} `,
        `${c.status} `,
        `${c.lastProbeTime ?? ''} `,
        `${c.lastTransitionTime ?? ''} `,
        `${c.reason ?? ''} `,
        c.message ?? '',
      )
  }
  events(claim, d)
}

export const describeStorageClass: Describer<StorageClass> = (storageClass, d) => {
  const { w } = d
  const { metadata } = storageClass
  w.line(0, 'Name:', metadata.name)
  w.line(
    0,
    'IsDefaultClass:',
    metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ? 'Yes' : 'No',
  )
  w.line(0, 'Annotations:', describeLabels(metadata.annotations))
  w.line(0, 'Provisioner:', storageClass.provisioner)
  w.line(0, 'Parameters:', describeLabels(storageClass.parameters))
  w.line(
    0,
    'AllowVolumeExpansion:',
    storageClass.allowVolumeExpansion === undefined
      ? '<unset>'
      : storageClass.allowVolumeExpansion
        ? 'True'
        : 'False',
  )
  if (storageClass.mountOptions?.length) {
    w.line(0, 'MountOptions:')
    for (const option of storageClass.mountOptions) w.line(1, option)
  } else w.line(0, 'MountOptions:', '<none>')
  if (storageClass.reclaimPolicy) w.line(0, 'ReclaimPolicy:', storageClass.reclaimPolicy)
  if (storageClass.volumeBindingMode) w.line(0, 'VolumeBindingMode:', storageClass.volumeBindingMode)
  if (storageClass.allowedTopologies?.length) {
    w.line(0, 'AllowedTopologies:', '')
    storageClass.allowedTopologies.forEach((term: TopologySelectorTerm, i: number) => {
      for (const [j, { key, values }] of (term.matchLabelExpressions ?? []).entries())
        w.line(1, j ? '' : `Term ${i}:`, `${key} in [${values.join(', ')}]`)
    })
  }
  events(storageClass, d)
}
