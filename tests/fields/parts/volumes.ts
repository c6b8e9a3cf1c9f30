// Volumes, what they are made of, and where they are mounted.
import { collect, fieldRef, pod, settings } from './collect.ts'

const { samples, add } = collect()
export const volumeSamples = samples

/** Of a volume that is mounted at /v. */
const volume = (source: object, name = 'v') =>
  pod({ volumeMounts: [{ name, mountPath: '/v' }] }, { volumes: [{ name, ...source }] })
const inVolume = (fields: string, without: object, value: object) =>
  add(fields, volume(without), volume(value))

inVolume('Volume.configMap', { emptyDir: {} }, { configMap: settings })
inVolume('Volume.secret SecretVolumeSource.secretName', { emptyDir: {} }, { secret: { secretName: 'one' } })
inVolume('Volume.hostPath', { emptyDir: {} }, { hostPath: { path: '/etc' } })
inVolume(
  'Volume.emptyDir EmptyDirVolumeSource.medium',
  { hostPath: { path: '/etc' } },
  { emptyDir: { medium: 'Memory' } },
)
inVolume(
  'Volume.downwardAPI DownwardAPIVolumeSource.items DownwardAPIVolumeFile.path DownwardAPIVolumeFile.fieldRef',
  { emptyDir: {} },
  { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
)
inVolume(
  'Volume.projected ProjectedVolumeSource.sources VolumeProjection.configMap ConfigMapProjection.name',
  { emptyDir: {} },
  { projected: { sources: [{ configMap: settings }] } },
)
inVolume(
  'Volume.image ImageVolumeSource.reference',
  { emptyDir: {} },
  { image: { reference: 'alpine:3.19' } },
)
inVolume(
  'Volume.persistentVolumeClaim PersistentVolumeClaimVolumeSource.claimName',
  { emptyDir: {} },
  { persistentVolumeClaim: { claimName: 'missing' } },
)
// Of storage systems that nobody has.
const foreign = {
  gcePersistentDisk: { pdName: 'a' },
  awsElasticBlockStore: { volumeID: 'a' },
  gitRepo: { repository: 'https://example.com/a.git' },
  nfs: { server: 'nfs.example.com', path: '/a' },
  iscsi: { targetPortal: '10.9.9.9', iqn: 'iqn.2001-04.com.example:a', lun: 0 },
  glusterfs: { endpoints: 'a', path: 'a' },
  rbd: { monitors: ['10.9.9.9'], image: 'a' },
  flexVolume: { driver: 'example.com/a' },
  cinder: { volumeID: 'a' },
  cephfs: { monitors: ['10.9.9.9'] },
  flocker: { datasetName: 'a' },
  fc: { targetWWNs: ['a'], lun: 0 },
  azureFile: { secretName: 'a', shareName: 'a' },
  vsphereVolume: { volumePath: 'a' },
  quobyte: { registry: '10.9.9.9:1', volume: 'a' },
  azureDisk: { diskName: 'a', diskURI: 'https://example.com/a', kind: 'Shared' },
  photonPersistentDisk: { pdID: 'a' },
  portworxVolume: { volumeID: 'a' },
  scaleIO: { gateway: 'https://example.com', system: 'a', secretRef: { name: 'a' }, volumeName: 'a' },
  storageos: { volumeName: 'a' },
  csi: { driver: 'csi.example.com' },
}
for (const [name, source] of Object.entries(foreign))
  inVolume(`Volume.${name}`, { emptyDir: {} }, { [name]: source })
const template = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }
inVolume(
  'Volume.ephemeral EphemeralVolumeSource.volumeClaimTemplate',
  { emptyDir: {} },
  { ephemeral: { volumeClaimTemplate: template } },
)
inVolume(
  'EmptyDirVolumeSource.sizeLimit',
  { emptyDir: { medium: 'Memory' } },
  { emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
)
inVolume(
  'SecretVolumeSource.items',
  { secret: { secretName: 'one' } },
  { secret: { secretName: 'one', items: [{ key: 'key', path: 'other' }] } },
)
inVolume(
  'SecretVolumeSource.defaultMode',
  { secret: { secretName: 'one' } },
  { secret: { secretName: 'one', defaultMode: 0o400 } },
)
const items = (item: object) => ({ configMap: { name: 'pair', items: [{ key: 'a', path: 'x', ...item }] } })
inVolume('KeyToPath.key', items({}), items({ key: 'b' }))
inVolume('KeyToPath.path', items({}), items({ path: 'y' }))
inVolume('KeyToPath.mode', items({}), items({ mode: 0o400 }))
const downward = (item: object, more: object = {}) => ({
  downwardAPI: { items: [{ path: 'x', ...item }], ...more },
})
inVolume(
  'DownwardAPIVolumeSource.defaultMode',
  downward(fieldRef('metadata.namespace')),
  downward(fieldRef('metadata.namespace'), { defaultMode: 0o400 }),
)
inVolume(
  'DownwardAPIVolumeFile.mode',
  downward(fieldRef('metadata.namespace')),
  downward({ ...fieldRef('metadata.namespace'), mode: 0o400 }),
)
inVolume(
  'ObjectFieldSelector.fieldPath',
  downward(fieldRef('metadata.namespace')),
  downward(fieldRef('metadata.labels')),
)
const amount = (more: object) =>
  downward({ resourceFieldRef: { containerName: 'c', resource: 'limits.memory', ...more } })
inVolume('DownwardAPIVolumeFile.resourceFieldRef', downward(fieldRef('metadata.namespace')), amount({}))
inVolume('ResourceFieldSelector.resource', amount({}), amount({ resource: 'limits.cpu' }))
inVolume('ResourceFieldSelector.divisor', amount({}), amount({ divisor: '1Mi' }))
const projected = (source: object, more: object = {}) => ({ projected: { sources: [source], ...more } })
inVolume(
  'ProjectedVolumeSource.defaultMode',
  projected({ configMap: settings }),
  projected({ configMap: settings }, { defaultMode: 0o400 }),
)
inVolume(
  'VolumeProjection.secret SecretProjection.name',
  projected({ configMap: settings }),
  projected({ secret: { name: 'two' } }),
)
inVolume(
  'VolumeProjection.downwardAPI DownwardAPIProjection.items',
  projected({ configMap: settings }),
  projected({ downwardAPI: { items: [{ path: 'x', ...fieldRef('metadata.namespace') }] } }),
)
inVolume(
  'VolumeProjection.serviceAccountToken ServiceAccountTokenProjection.path',
  projected({ configMap: settings }),
  projected({ serviceAccountToken: { path: 'token' } }),
)
inVolume(
  'ConfigMapProjection.items',
  projected({ configMap: settings }),
  projected({ configMap: { ...settings, items: [{ key: 'key', path: 'y' }] } }),
)
inVolume(
  'ConfigMapProjection.optional',
  projected({ configMap: { name: 'missing' } }),
  projected({ configMap: { name: 'missing', optional: true } }),
)
inVolume(
  'SecretProjection.items',
  projected({ secret: { name: 'one' } }),
  projected({ secret: { name: 'one', items: [{ key: 'key', path: 'y' }] } }),
)
inVolume(
  'SecretProjection.optional',
  projected({ secret: { name: 'missing' } }),
  projected({ secret: { name: 'missing', optional: true } }),
)
add(
  'Volume.name',
  volume({ configMap: settings }),
  pod(
    { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    {
      volumes: [
        { name: 'v', configMap: { name: 'others' } },
        { name: 'w', configMap: settings },
      ],
    },
  ),
)
add(
  'VolumeMount.name',
  pod(
    { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    {
      volumes: [
        { name: 'v', configMap: { name: 'others' } },
        { name: 'w', configMap: settings },
      ],
    },
  ),
  pod(
    { volumeMounts: [{ name: 'w', mountPath: '/v' }] },
    {
      volumes: [
        { name: 'v', configMap: { name: 'others' } },
        { name: 'w', configMap: settings },
      ],
    },
  ),
)
