// The controllers of kube-controller-manager, in the order in which they are started.
import type { ControllerContext, StartController } from './controller.ts'
import { startDeployment } from './deployment.ts'
import { startReplicaSet, startReplicationController } from './replicaset.ts'

const controllers: readonly StartController[] = [startReplicationController, startDeployment, startReplicaSet]

export function startControllers(context: ControllerContext): void {
  for (const start of controllers) start(context)
}
