// The controllers of kube-controller-manager, in the order in which they are started.
import type { ControllerContext, StartController } from './controller.ts'
import { startDaemonSet } from './daemonset.ts'
import { startDeployment } from './deployment.ts'
import { startEndpoints } from './endpoints.ts'
import { startEndpointSlice } from './endpointslice.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import { startNamespace } from './namespace.ts'
import { startReplicaSet, startReplicationController } from './replicaset.ts'

const controllers: readonly StartController[] = [
  startEndpoints,
  startEndpointSlice,
  startReplicationController,
  startNamespace,
  startGarbageCollector,
  startDeployment,
  startReplicaSet,
  startDaemonSet,
  startStatefulSet,
  startServiceAccount,
  startRootCaPublisher,
]

export function startControllers(context: ControllerContext): void {
  for (const start of controllers) start(context)
}
