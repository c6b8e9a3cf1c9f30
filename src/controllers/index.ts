// The controllers of kube-controller-manager, in the order in which they are started. Those that have nothing to do in a
// fresh cluster start, and are loaded, when the first object of their own kind is there.
import type { ObjectOf } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'
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

/** `own`: the resources whose first object (that is `wanted`) starts it; `follows`: those it watches beside them. */
const later =
  <Name extends string>(
    name: string,
    own: readonly Name[],
    follows: readonly string[],
    wanted?: (object: ObjectOf<Name>) => boolean,
  ): StartController =>
  context =>
    context.informers.startLater(own, follows, () => controllerParts.get(name)(context), wanted)

const hasEphemeralVolume = ({ spec }: Pod): boolean => (spec.volumes ?? []).some(volume => volume.ephemeral)

/** Whatever a quota may count. */
const counted = (): string[] =>
  collectable()
    .filter(kind => kind.namespaced && kind.plural !== 'resourcequotas')
    .map(resourceOf)

const jobs = 'jobs.batch'
const claims = 'persistentvolumeclaims'
const volumes = 'persistentvolumes'
const scaled = ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'replicationcontrollers']

/** By the names that kube-controller-manager has for them (`--controllers`). */
export const controllers: readonly (readonly [name: string, start: StartController])[] = [
  ['endpoints-controller', startEndpoints],
  ['endpointslice-controller', startEndpointSlice],
  ['endpointslice-mirroring-controller', startEndpointSliceMirroring],
  ['replicationcontroller-controller', startReplicationController],
  ['pod-garbage-collector-controller', startPodGc],
  ['resourcequota-controller', context => later('resourcequota', ['resourcequotas'], counted())(context)],
  ['namespace-controller', startNamespace],
  ['serviceaccount-controller', startServiceAccount],
  ['garbage-collector-controller', startGarbageCollector],
  ['daemonset-controller', startDaemonSet],
  ['job-controller', later('job', [jobs], ['pods'])],
  ['deployment-controller', startDeployment],
  ['replicaset-controller', startReplicaSet],
  [
    'horizontal-pod-autoscaler-controller',
    later('horizontal-pod-autoscaler', ['horizontalpodautoscalers.autoscaling/v2'], ['pods']),
  ],
  ['disruption-controller', later('disruption', ['poddisruptionbudgets.policy'], ['pods', ...scaled])],
  [
    'statefulset-controller',
    later('statefulset', ['statefulsets.apps'], ['pods', 'controllerrevisions.apps', claims]),
  ],
  ['ephemeral-volume-controller', later('ephemeral-volume', ['pods'], [claims], hasEphemeralVolume)],
  ['cronjob-controller', later('cronjob', ['cronjobs.batch'], [jobs])],
  ['node-lifecycle-controller', startNodeLifecycle],
  ['taint-eviction-controller', startTaintEviction],
  [
    'persistentvolume-binder-controller',
    later('persistent-volume', [claims, volumes], ['storageclasses.storage.k8s.io']),
  ],
  ['persistentvolume-protection-controller', later('volume-protection', [claims, volumes], ['pods'])],
  ['ttl-after-finished-controller', later('ttl-after-finished', [jobs], [])],
  ['root-ca-certificate-publisher-controller', startRootCaPublisher],
  ['serviceaccount-token-controller', startServiceAccountTokens],
  [
    'clusterrole-aggregation-controller',
    later('clusterrole-aggregation', ['clusterroles.rbac.authorization.k8s.io'], []),
  ],
  [
    'validatingadmissionpolicy-status-controller',
    later('policy-status', ['validatingadmissionpolicies.admissionregistration.k8s.io'], []),
  ],
  ['ttl-controller', startNodeTtl],
  [
    'certificatesigningrequest-signing-controller',
    later('certificate-signing', ['certificatesigningrequests.certificates.k8s.io'], []),
  ],
]

export function startControllers(context: Omit<ControllerContext, 'name'>): void {
  for (const [name, start] of controllers) start({ ...context, name })
}
