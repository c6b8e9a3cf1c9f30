// Which describer describes which resource; all others are described field by field.
import type { KubeObject } from '../../kinds/object.ts'
import type { Served } from '../../kinds/schema/types.ts'
import type { Info } from '../builder.ts'
import { qualifiedPlural, type Resource } from '../discovery.ts'
import { describeIPAddress, describeServiceCIDR } from './addresses.ts'
import { describeHorizontalPodAutoscaler } from './autoscaler.ts'
import { describeCronJob, describeJob } from './batch.ts'
import { describeCertificateSigningRequest } from './certificate.ts'
import { describeConfigMap, describePriorityClass, describeSecret, describeServiceAccount } from './config.ts'
import { describeCSINode } from './csi-node.ts'
import { describeGeneric } from './generic.ts'
import { describeIngress, describeIngressClass, describeNetworkPolicy } from './ingress.ts'
import { describeNode } from './node.ts'
import type { Describer, Description } from './parts.ts'
import { describePod } from './pod.ts'
import {
  describeLimitRange,
  describeNamespace,
  describePodDisruptionBudget,
  describeResourceQuota,
} from './quota.ts'
import { describeRole, describeRoleBinding } from './rbac.ts'
import { describeEndpointSlice, describeEndpoints, describeService } from './service.ts'
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from './storage.ts'
import {
  describeDaemonSet,
  describeDeployment,
  describeReplicaSet,
  describeReplicationController,
  describeStatefulSet,
} from './workloads.ts'
import { DescribeWriter } from './writer.ts'

/** Each describes what its resource holds. */
type Describers = { readonly [Name in keyof Served]?: Describer<Served[Name]> }

const describers: Describers = {
  pods: describePod,
  replicationcontrollers: describeReplicationController,
  services: describeService,
  endpoints: describeEndpoints,
  configmaps: describeConfigMap,
  secrets: describeSecret,
  serviceaccounts: describeServiceAccount,
  namespaces: describeNamespace,
  nodes: describeNode,
  limitranges: describeLimitRange,
  resourcequotas: describeResourceQuota,
  persistentvolumes: describePersistentVolume,
  persistentvolumeclaims: describePersistentVolumeClaim,
  'deployments.apps': describeDeployment,
  'replicasets.apps': describeReplicaSet,
  'statefulsets.apps': describeStatefulSet,
  'daemonsets.apps': describeDaemonSet,
  'jobs.batch': describeJob,
  'cronjobs.batch': describeCronJob,
  'horizontalpodautoscalers.autoscaling': describeHorizontalPodAutoscaler,
  'poddisruptionbudgets.policy': describePodDisruptionBudget,
  'endpointslices.discovery.k8s.io': describeEndpointSlice,
  'ingresses.networking.k8s.io': describeIngress,
  'ingressclasses.networking.k8s.io': describeIngressClass,
  'networkpolicies.networking.k8s.io': describeNetworkPolicy,
  'servicecidrs.networking.k8s.io': describeServiceCIDR,
  'ipaddresses.networking.k8s.io': describeIPAddress,
  'storageclasses.storage.k8s.io': describeStorageClass,
  'csinodes.storage.k8s.io': describeCSINode,
  'priorityclasses.scheduling.k8s.io': describePriorityClass,
  'roles.rbac.authorization.k8s.io': describeRole,
  'clusterroles.rbac.authorization.k8s.io': describeRole,
  'rolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'clusterrolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'certificatesigningrequests.certificates.k8s.io': describeCertificateSigningRequest,
}

/** An object of the server's is of the type of its resource: nothing but this look-up takes the server's word for it. */
const describerOf = (resource: Resource) =>
  (describers as Readonly<Record<string, Describer<never> | undefined>>)[qualifiedPlural(resource)] as
    | Describer<KubeObject>
    | undefined

export function describe(
  { object, resource }: Pick<Info, 'object' | 'resource'>,
  description: Omit<Description, 'w'>,
): string {
  const w = new DescribeWriter()
  const describer = describerOf(resource) ?? describeGeneric
  describer(object, { ...description, w })
  return w.text
}
