// What the fields of volumes and of their sources do here.
import type { TypeEffects } from './type-effects.ts'

export const volumeEffects: Readonly<Record<string, TypeEffects>> = {
  Volume: {
    'kubelet/volume-plugins.ts':
      'name hostPath emptyDir secret persistentVolumeClaim downwardAPI configMap projected',
    'kubelet/volumes.ts': 'image',
    'controllers/ephemeral-volume.ts': 'ephemeral',
    // Of storage systems that are not there: the pod waits, with an event.
    'kinds/pod-spec/volumes.ts':
      'gcePersistentDisk awsElasticBlockStore gitRepo nfs iscsi glusterfs rbd flexVolume cinder cephfs flocker fc azureFile vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO storageos csi',
  },
  HostPathVolumeSource: {
    'kubelet/volume-plugins.ts': 'path type',
  },
  EmptyDirVolumeSource: {
    'kubelet/volume-plugins.ts': 'medium sizeLimit',
  },
  GCEPersistentDiskVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  AWSElasticBlockStoreVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  GitRepoVolumeSource: { without: { '*': 'off in Kubernetes itself: the pod waits, with an event' } },
  SecretVolumeSource: {
    'kubelet/volume-plugins.ts': 'secretName items defaultMode optional',
  },
  KeyToPath: {
    'kubelet/volume-plugins.ts': 'key path mode',
  },
  NFSVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  ISCSIVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  LocalObjectReference: {
    'kubelet/pod-worker.ts': 'name',
  },
  GlusterfsVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  PersistentVolumeClaimVolumeSource: {
    'kubelet/volume-plugins.ts': 'claimName readOnly',
  },
  RBDVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  FlexVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  CinderVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  CephFSVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  FlockerVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  DownwardAPIVolumeSource: {
    'kubelet/volume-plugins.ts': 'items defaultMode',
  },
  DownwardAPIVolumeFile: {
    'kubelet/volume-plugins.ts': 'path fieldRef resourceFieldRef mode',
  },
  ObjectFieldSelector: {
    'kubelet/environment.ts': 'fieldPath',
    'kinds/pod-spec/env.ts': 'apiVersion',
  },
  ResourceFieldSelector: {
    'kubelet/environment.ts': 'containerName resource divisor',
  },
  FCVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  AzureFileVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  ConfigMapVolumeSource: {
    'kubelet/volume-plugins.ts': 'name items defaultMode optional',
  },
  VsphereVirtualDiskVolumeSource: {
    without: { '*': 'no storage system of this kind: the pod waits, with an event' },
  },
  QuobyteVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  AzureDiskVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  PhotonPersistentDiskVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  ProjectedVolumeSource: {
    'kubelet/volume-plugins.ts': 'sources defaultMode',
  },
  VolumeProjection: {
    'kubelet/volume-plugins.ts': 'secret downwardAPI configMap serviceAccountToken',
    without: {
      clusterTrustBundle: 'no trust bundles are published here',
      podCertificate: 'nobody signs certificates of pods here',
    },
  },
  SecretProjection: {
    'kubelet/volume-plugins.ts': 'name items optional',
  },
  DownwardAPIProjection: {
    'kubelet/volume-plugins.ts': 'items',
  },
  ConfigMapProjection: {
    'kubelet/volume-plugins.ts': 'name items optional',
  },
  ServiceAccountTokenProjection: {
    'kubelet/account-token.ts': 'audience expirationSeconds',
    'kubelet/kubelet-server.ts': 'path',
  },
  ClusterTrustBundleProjection: { without: { '*': 'no trust bundles are published here' } },
  PodCertificateProjection: { without: { '*': 'nobody signs certificates of pods here' } },
  PortworxVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  ScaleIOVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  StorageOSVolumeSource: {
    without: { '*': 'Kubernetes itself has no such volumes any more: the pod waits, with an event' },
  },
  CSIVolumeSource: { without: { '*': 'no storage system of this kind: the pod waits, with an event' } },
  EphemeralVolumeSource: {
    'controllers/ephemeral-volume.ts': 'volumeClaimTemplate',
  },
  PersistentVolumeClaimTemplate: {
    'controllers/ephemeral-volume.ts': 'metadata spec',
  },
  PersistentVolumeClaimSpec: {
    'controllers/persistent-volume.ts': 'volumeName',
    'kinds/machinery/volume-matching.ts': 'accessModes selector resources storageClassName volumeMode',
    without: {
      'dataSource dataSourceRef': 'volumes are made empty',
      volumeAttributesClassName: 'volumes have no attributes that could change',
    },
  },
  VolumeResourceRequirements: {
    'kinds/machinery/volume-matching.ts': 'requests',
    without: {
      limits: 'volumes are not measured against it, as in a real cluster',
    },
  },
  TypedLocalObjectReference: {
    without: { '*': 'volumes are made empty, and ingress-nginx knows services only' },
  },
  TypedObjectReference: { without: { '*': 'volumes are made empty' } },
  ImageVolumeSource: {
    'kubelet/volumes.ts': 'reference pullPolicy',
  },
}
