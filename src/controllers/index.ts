// The controllers of kube-controller-manager, in the order in which they are started.
import type { ControllerContext, StartController } from './controller.ts'
import { startCronJob } from './cronjob.ts'
import { startDaemonSet } from './daemonset.ts'
import { startDeployment } from './deployment.ts'
import { startDisruption } from './disruption.ts'
import { startEndpoints } from './endpoints.ts'
import { startEndpointSlice } from './endpointslice.ts'
import { startEndpointSliceMirroring } from './endpointslicemirroring.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import { startHorizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts'
import { startJob } from './job.ts'
import { startNamespace } from './namespace.ts'
import { startNodeLifecycle, startTaintEviction } from './node-lifecycle.ts'
import { startPersistentVolume, startVolumeProtection } from './persistent-volume.ts'
import { startPodGc } from './pod-gc.ts'
import { startReplicaSet, startReplicationController } from './replicaset.ts'
import { startResourceQuota } from './resourcequota.ts'
import { startRootCaPublisher, startServiceAccount } from './serviceaccount.ts'
import { startServiceAccountTokens } from './serviceaccount-tokens.ts'
import { startStatefulSet } from './statefulset.ts'
import { startTtlAfterFinished } from './ttl-after-finished.ts'

const controllers: readonly StartController[] = [
  startEndpoints,
  startEndpointSlice,
  startEndpointSliceMirroring,
  startReplicationController,
  startPodGc,
  startResourceQuota,
  startNamespace,
  startServiceAccount,
  startGarbageCollector,
  startDaemonSet,
  startJob,
  startDeployment,
  startReplicaSet,
  startHorizontalPodAutoscaler,
  startDisruption,
  startStatefulSet,
  startCronJob,
  startNodeLifecycle,
  startTaintEviction,
  startPersistentVolume,
  startVolumeProtection,
  startTtlAfterFinished,
  startRootCaPublisher,
  startServiceAccountTokens,
]

export function startControllers(context: ControllerContext): void {
  for (const start of controllers) start(context)
}
