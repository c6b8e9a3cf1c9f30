// What the fields of claims ask of a volume, and what a pod may do with what it gets.
import type { Scene, Side } from './scenes.ts'

export const claimScenes: Scene[] = []
const scene = (fields: string, without: Side, having: Side) => {
  for (const field of fields.split(' ')) claimScenes.push({ field, without, having })
}

/** A volume of k8s-node1's disk, which only claims of its own class get. */
export const localVolume = (spec: object, name = 'NAMESPACE') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name, labels: { disk: 'fast' } },
  spec: {
    storageClassName: 'NAMESPACE',
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Retain',
    local: { path: '/srv/NAMESPACE' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['k8s-node1'] }] },
        ],
      },
    },
    ...spec,
  },
})
export const claim = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'a' },
  spec: {
    storageClassName: 'NAMESPACE',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
    ...spec,
  },
})
const bound = (spec: object): Side => ({
  objects: [localVolume({}), claim(spec)],
  script: "kn get pvc a -o jsonpath='{.status.phase} {.spec.volumeName}'",
})
const plain = bound({})
scene('PersistentVolumeClaimSpec.accessModes', plain, bound({ accessModes: ['ReadWriteMany'] }))
scene('PersistentVolumeClaimSpec.storageClassName', plain, bound({ storageClassName: 'other' }))
scene('PersistentVolumeClaimSpec.selector', plain, bound({ selector: { matchLabels: { disk: 'slow' } } }))
scene('PersistentVolumeClaimSpec.volumeMode', plain, bound({ volumeMode: 'Block' }))
scene('PersistentVolumeClaimSpec.volumeName', plain, bound({ volumeName: 'another' }))
scene(
  'PersistentVolumeClaimSpec.resources VolumeResourceRequirements.requests',
  plain,
  bound({ resources: { requests: { storage: '2Gi' } } }),
)

const pod = (volume: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: {
    volumes: [{ name: 'v', ...volume }],
    containers: [
      {
        name: 'c',
        image: 'busybox',
        command: ['sleep', '36000'],
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
      },
    ],
  },
})
const written = (readOnly: object): Side => ({
  objects: [
    localVolume({ local: undefined, hostPath: { path: '/srv/NAMESPACE', type: 'DirectoryOrCreate' } }),
    claim({}),
    pod({ persistentVolumeClaim: { claimName: 'a', ...readOnly } }),
  ],
  script: 'kn exec a -- touch /v/file 2>&1',
})
scene('PersistentVolumeClaimVolumeSource.readOnly', written({}), written({ readOnly: true }))
/** A pod's own claim. */
const own = (template: object): Side => ({
  objects: [pod({ ephemeral: { volumeClaimTemplate: { spec: claim({}).spec, ...template } } })],
  script: "kn get pvc -o jsonpath='{.items[*].metadata.labels} {.items[*].spec.resources.requests.storage}'",
})
scene('PersistentVolumeClaimTemplate.metadata', own({}), own({ metadata: { labels: { of: 'us' } } }))
scene(
  'PersistentVolumeClaimTemplate.spec',
  own({}),
  own({ spec: { ...claim({}).spec, resources: { requests: { storage: '3Gi' } } } }),
)
