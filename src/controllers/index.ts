// The controllers of kube-controller-manager, in the order in which they are started.
import type { ControllerContext, StartController } from './controller.ts'
import { startDaemonSet } from './daemonset.ts'
import { startDeployment } from './deployment.ts'
import { startEndpoints } from './endpoints.ts'
import { startEndpointSlice } from './endpointslice.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import { startJob } from './job.ts'
import { startNamespace } from './namespace.ts'
import { startReplicaSet, startReplicationController } from './replicaset.ts'
import { startRootCaPublisher, startServiceAccount } from './serviceaccount.ts'
import { startStatefulSet } from './statefulset.ts'

const controllers: readonly StartController[] = [
  startEndpoints,
  startEndpointSlice,
  startReplicationController,
  startNamespace,
  startServiceAccount,
  startGarbageCollector,
  startDaemonSet,
  startJob,
  startDeployment,
  startReplicaSet,
  startStatefulSet,
  startRootCaPublisher,
]

export function startControllers(context: ControllerContext): void {
  for (const start of controllers) start(context)
}
