// The volumes of a pod, one table row a source (kubectl pkg/describe/describe.go, describeVolumes).

import type {
  DownwardAPIVolumeSource,
  EphemeralVolumeSource,
  PersistentVolumeSpec,
  ProjectedVolumeSource,
  Volume,
} from '../../kinds/schema/types.ts'
import { isObject, plainText } from '../print/values.ts'
import { describeClaimTemplate } from './claim.ts'
import { type DescribeWriter, NestedWriter } from './writer.ts'

interface Source {
  /** `HostPath (bare host directory volume)`. */
  readonly type: string
  /** `Label=field`, in order; a field with `!` is a bool, with `?` shows `<unset>`, with `-` `<none>`. */
  readonly fields: string
}

const sources: Readonly<Record<string, Source>> = {
  hostPath: { type: 'HostPath (bare host directory volume)', fields: 'Path=path HostPathType=type-' },
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    fields: 'Medium=medium SizeLimit=sizeLimit?',
  },
  secret: {
    type: 'Secret (a volume populated by a Secret)',
    fields: 'SecretName=secretName Optional=optional!',
  },
  configMap: {
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    fields: 'Name=name Optional=optional!',
  },
  nfs: {
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    fields: 'Server=server Path=path ReadOnly=readOnly!',
  },
  persistentVolumeClaim: {
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    fields: 'ClaimName=claimName ReadOnly=readOnly!',
  },
  csi: {
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    fields: 'Driver=driver FSType=fsType ReadOnly=readOnly!',
  },
  image: {
    type: 'Image (a container image or OCI artifact)',
    fields: 'Reference=reference PullPolicy=pullPolicy',
  },
  local: { type: 'LocalVolume (a persistent volume backed by local storage on a node)', fields: 'Path=path' },
  iscsi: {
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    fields:
      'TargetPortal=targetPortal IQN=iqn Lun=lun ISCSIInterface=iscsiInterface FSType=fsType ReadOnly=readOnly!',
  },
  gitRepo: {
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    fields: 'Repository=repository Revision=revision',
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    fields: 'VolumeID=volumeID FSType=fsType Partition=partition ReadOnly=readOnly!',
  },
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    fields: 'PDName=pdName FSType=fsType Partition=partition ReadOnly=readOnly!',
  },
}

export function describeVolumes(
  volumes: readonly Volume[] | undefined,
  w: DescribeWriter,
  space: string,
): void {
  if (!volumes?.length) {
    w.write(0, `${space}Volumes:\t<none>\n`)
    return
  }
  w.write(0, `${space}Volumes:\n`)
  for (const volume of volumes) {
    w.write(1, `${space ? ' ' : ''}${volume.name}:\n`)
    describeVolume(volume, w)
  }
}

function describeVolume(volume: Volume, w: DescribeWriter): void {
  const { projected, downwardAPI, ephemeral } = volume
  if (projected) describeProjected(projected, w)
  else if (downwardAPI) describeDownward(downwardAPI, w)
  else if (ephemeral) describeEphemeral(ephemeral, w)
  else describeVolumeSource(volume, w)
}

/** What volumes of pods and persistent volumes are both made from. */
export function describeVolumeSource(volume: Volume | PersistentVolumeSpec, w: DescribeWriter): void {
  for (const [kind, fields] of Object.entries<unknown>({ ...volume })) {
    const source = sources[kind]
    if (source && isObject(fields)) {
      fromTable(source, fields, w)
      return
    }
  }
  w.write(1, '<unknown>\n')
}

function fromTable(
  { type, fields }: Source,
  value: Readonly<Record<string, unknown>>,
  w: DescribeWriter,
): void {
  w.field('Type', type, 2)
  for (const field of fields.split(' ')) {
    const [, label = '', name = '', mark] = /^(\w+)=(\w+)(.)?$/.exec(field)!
    const found = value[name]
    const empty = mark === '!' ? 'false' : mark === '?' ? '<unset>' : mark === '-' ? '<none>' : ''
    w.field(label, found === undefined || found === null ? empty : plainText(found), 2)
  }
}

function describeProjected({ sources }: ProjectedVolumeSource, w: DescribeWriter): void {
  w.field('Type', 'Projected (a volume that contains injected data from multiple sources)', 2)
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of sources ?? []) {
    if (secret) {
      w.field('SecretName', secret.name ?? '', 2)
      w.field('Optional', secret.optional === true, 2)
    } else if (downwardAPI) w.field('DownwardAPI', 'true', 2)
    else if (configMap) {
      w.field('ConfigMapName', configMap.name ?? '', 2)
      w.field('Optional', configMap.optional === true, 2)
    } else if (serviceAccountToken)
      w.field('TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 0, 2)
  }
}

function describeDownward({ items }: DownwardAPIVolumeSource, w: DescribeWriter): void {
  w.write(2, 'Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:\n')
  for (const { fieldRef, resourceFieldRef, path } of items ?? []) {
    if (fieldRef) w.write(3, `${fieldRef.fieldPath} -> ${path}\n`)
    if (resourceFieldRef) w.write(3, `${resourceFieldRef.resource} -> ${path}\n`)
  }
}

function describeEphemeral({ volumeClaimTemplate }: EphemeralVolumeSource, w: DescribeWriter): void {
  w.field(
    'Type',
    'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    2,
  )
  if (volumeClaimTemplate) describeClaimTemplate(volumeClaimTemplate, new NestedWriter(w, 2))
}
