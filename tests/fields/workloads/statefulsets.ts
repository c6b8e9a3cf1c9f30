// StatefulSets: what is there, after an update, and when they have shrunk and gone.
import type { WorkloadSample } from '../play-workloads.ts'
import { adding, image, selector, template, unready } from './collect.ts'

export const statefulSetSamples: WorkloadSample[] = []
const claim = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
}
const make = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'a' },
  spec: { selector, template: template(), serviceName: 'a', ...spec },
})
const sample = adding(statefulSetSamples, { make })
sample('StatefulSetSpec.replicas', {}, { replicas: 2 })
sample('StatefulSetSpec.template', {}, { template: image('alpine:3.19') })
sample(
  'StatefulSetSpec.podManagementPolicy',
  { replicas: 3, template: template(unready) },
  { replicas: 3, template: template(unready), podManagementPolicy: 'Parallel' },
)
sample('StatefulSetSpec.minReadySeconds', { replicas: 2 }, { replicas: 2, minReadySeconds: 600 })
sample('StatefulSetSpec.ordinals StatefulSetOrdinals.start', {}, { ordinals: { start: 5 } })
sample(
  'StatefulSetSpec.volumeClaimTemplates PersistentVolumeClaim.metadata PersistentVolumeClaim.spec',
  {},
  { volumeClaimTemplates: [claim] },
)
const updated = adding(statefulSetSamples, {
  make,
  script: 'kubectl -n NS set image sts/a c=alpine:3.19; sleep 30',
})
updated(
  'StatefulSetSpec.updateStrategy StatefulSetUpdateStrategy.type',
  {},
  { updateStrategy: { type: 'OnDelete' } },
)
updated(
  'StatefulSetUpdateStrategy.rollingUpdate RollingUpdateStatefulSetStrategy.partition',
  { replicas: 2 },
  { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
)
const gone = adding(statefulSetSamples, {
  make,
  script:
    'kubectl -n NS scale sts/a --replicas=0; sleep 10; kubectl -n NS get pvc --no-headers | wc -l; kubectl -n NS delete sts a; sleep 10; kubectl -n NS get pvc --no-headers | wc -l',
})
const kept = (policy: object) => ({
  volumeClaimTemplates: [claim],
  persistentVolumeClaimRetentionPolicy: policy,
})
gone(
  'StatefulSetSpec.persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted',
  { volumeClaimTemplates: [claim] },
  kept({ whenDeleted: 'Delete' }),
)
gone(
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled',
  { volumeClaimTemplates: [claim] },
  kept({ whenScaled: 'Delete' }),
)
