// Where the controllers stand that start when there is something for them to do (index.ts).
import { PartTable } from '../engine/parts.ts'
import type { StartController } from './controller.ts'

export const controllerParts = new PartTable<StartController>('controller', {
  job: () => import('./job.ts').then(each => each.startJob),
  'horizontal-pod-autoscaler': () =>
    import('./horizontal-pod-autoscaler.ts').then(each => each.startHorizontalPodAutoscaler),
  disruption: () => import('./disruption.ts').then(each => each.startDisruption),
  statefulset: () => import('./statefulset.ts').then(each => each.startStatefulSet),
  'ephemeral-volume': () => import('./ephemeral-volume.ts').then(each => each.startEphemeralVolume),
  cronjob: () => import('./cronjob.ts').then(each => each.startCronJob),
  'persistent-volume': () => import('./persistent-volume.ts').then(each => each.startPersistentVolume),
  'volume-protection': () => import('./persistent-volume.ts').then(each => each.startVolumeProtection),
  resourcequota: () => import('./resourcequota.ts').then(each => each.startResourceQuota),
  'clusterrole-aggregation': () =>
    import('./clusterrole-aggregation.ts').then(each => each.startClusterRoleAggregation),
  'policy-status': () => import('./policy-status.ts').then(each => each.startPolicyStatus),
  'certificate-signing': () => import('./certificate-signing.ts').then(each => each.startCertificateSigning),
  'ttl-after-finished': () => import('./ttl-after-finished.ts').then(each => each.startTtlAfterFinished),
})
