// The controllers of kube-controller-manager, in the order in which they are started. Those that have nothing to do in a
// fresh cluster start, and are loaded, when the first object of their own kind is there.
import type { ControllerContext, StartController } from './controller.ts'
import { startDaemonSet } from './daemonset.ts'
import { startDeployment } from './deployment.ts'
import { startEndpoints } from './endpoints.ts'
import { startEndpointSlice } from './endpointslice.ts'
import { startEndpointSliceMirroring } from './endpointslicemirroring.ts'
import { collectable, resourceOf, startGarbageCollector } from './garbage-collector.ts'
import { controllerParts } from './loaders.ts'
import { startNamespace } from './namespace.ts'
import { startNodeLifecycle, startTaintEviction } from './node-lifecycle.ts'
import { startNodeTtl } from './node-ttl.ts'
import { startPodGc } from './pod-gc.ts'
import { startReplicaSet, startReplicationController } from './replicaset.ts'
import { startRootCaPublisher, startServiceAccount } from './serviceaccount.ts'
import { startServiceAccountTokens } from './serviceaccount-tokens.ts'

/** `own`: the resources whose first object starts it; `follows`: those it watches beside them. */
const later =
  (name: string, own: readonly string[], follows: readonly string[]): StartController =>
  context =>
    context.informers.startLater(own, follows, () => controllerParts.get(name)(context))

/** Whatever a quota may count. */
const counted = (): string[] =>
  collectable()
    .filter(kind => kind.namespaced && kind.plural !== 'resourcequotas')
    .map(resourceOf)

const jobs = 'jobs.batch'
const claims = 'persistentvolumeclaims'
const volumes = 'persistentvolumes'
const scaled = ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'replicationcontrollers']

const controllers: readonly StartController[] = [
  startEndpoints,
  startEndpointSlice,
  startEndpointSliceMirroring,
  startReplicationController,
  startPodGc,
  context => later('resourcequota', ['resourcequotas'], counted())(context),
  startNamespace,
  startServiceAccount,
  startGarbageCollector,
  startDaemonSet,
  later('job', [jobs], ['pods']),
  startDeployment,
  startReplicaSet,
  later('horizontal-pod-autoscaler', ['horizontalpodautoscalers.autoscaling/v2'], ['pods']),
  later('disruption', ['poddisruptionbudgets.policy'], ['pods', ...scaled]),
  later('statefulset', ['statefulsets.apps'], ['pods', 'controllerrevisions.apps', claims]),
  later('cronjob', ['cronjobs.batch'], [jobs]),
  startNodeLifecycle,
  startTaintEviction,
  later('persistent-volume', [claims, volumes], ['storageclasses.storage.k8s.io']),
  later('volume-protection', [claims, volumes], ['pods']),
  later('ttl-after-finished', [jobs], []),
  startRootCaPublisher,
  startServiceAccountTokens,
  later('clusterrole-aggregation', ['clusterroles.rbac.authorization.k8s.io'], []),
  later('policy-status', ['validatingadmissionpolicies.admissionregistration.k8s.io'], []),
  startNodeTtl,
]

export function startControllers(context: ControllerContext): void {
  for (const start of controllers) start(context)
}
