// Which describer describes which kind; all others are described field by field.
import type { AnyObject } from '../../kinds/object.ts'
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

/** By `Kind.group`; the core group is ''. */
const describers: Readonly<Record<string, Describer>> = {
  'Pod.': describePod,
  'ReplicationController.': describeReplicationController,
  'Service.': describeService,
  'Endpoints.': describeEndpoints,
  'ConfigMap.': describeConfigMap,
  'Secret.': describeSecret,
  'ServiceAccount.': describeServiceAccount,
  'Namespace.': describeNamespace,
  'Node.': describeNode,
  'LimitRange.': describeLimitRange,
  'ResourceQuota.': describeResourceQuota,
  'PersistentVolume.': describePersistentVolume,
  'PersistentVolumeClaim.': describePersistentVolumeClaim,
  'Deployment.apps': describeDeployment,
  'ReplicaSet.apps': describeReplicaSet,
  'StatefulSet.apps': describeStatefulSet,
  'DaemonSet.apps': describeDaemonSet,
  'Job.batch': describeJob,
  'CronJob.batch': describeCronJob,
  'HorizontalPodAutoscaler.autoscaling': describeHorizontalPodAutoscaler,
  'PodDisruptionBudget.policy': describePodDisruptionBudget,
  'EndpointSlice.discovery.k8s.io': describeEndpointSlice,
  'Ingress.networking.k8s.io': describeIngress,
  'IngressClass.networking.k8s.io': describeIngressClass,
  'NetworkPolicy.networking.k8s.io': describeNetworkPolicy,
  'ServiceCIDR.networking.k8s.io': describeServiceCIDR,
  'IPAddress.networking.k8s.io': describeIPAddress,
  'StorageClass.storage.k8s.io': describeStorageClass,
  'CSINode.storage.k8s.io': describeCSINode,
  'PriorityClass.scheduling.k8s.io': describePriorityClass,
  'Role.rbac.authorization.k8s.io': describeRole,
  'ClusterRole.rbac.authorization.k8s.io': describeRole,
  'RoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  'CertificateSigningRequest.certificates.k8s.io': describeCertificateSigningRequest,
}

export function describe(object: AnyObject, group: string, description: Omit<Description, 'w'>): string {
  const w = new DescribeWriter()
  const describer = describers[`${object.kind}.${group}`] ?? describeGeneric
  describer(object, { ...description, w })
  return w.text
}
