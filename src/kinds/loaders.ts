// Where each kind stands that has more than its names, by its name.
import { PartTable } from '../engine/parts.ts'
import type { AnyKind } from './kind.ts'

/** One of several kinds that share a file. */
const named = (name: string) => (kinds: readonly AnyKind[]) => kinds.find(kind => kind.kind === name)!
const rowOf = (name: string) => () => import('./rows.ts').then(each => each.plainRows).then(named(name))
const policyOf = (name: string) => () =>
  import('./admissionpolicies.ts').then(each => each.admissionPolicies).then(named(name))
const webhookOf = (name: string) => () =>
  import('./webhookconfigurations.ts').then(each => each.webhookConfigurations).then(named(name))

export const kindParts = new PartTable<AnyKind>('kind', {
  CertificateSigningRequest: () =>
    import('./certificatesigningrequest.ts').then(each => each.certificateSigningRequest),
  ClusterRole: () => import('./clusterrole.ts').then(each => each.clusterRole),
  ClusterRoleBinding: () => import('./clusterrolebinding.ts').then(each => each.clusterRoleBinding),
  ComponentStatus: () => import('./componentstatus.ts').then(each => each.componentStatus),
  ConfigMap: () => import('./configmap.ts').then(each => each.configMap),
  ControllerRevision: () => import('./controllerrevision.ts').then(each => each.controllerRevision),
  CronJob: () => import('./cronjob.ts').then(each => each.cronJob),
  CustomResourceDefinition: () =>
    import('./customresourcedefinition.ts').then(each => each.customResourceDefinition),
  DaemonSet: () => import('./daemonset.ts').then(each => each.daemonSet),
  Deployment: () => import('./deployment.ts').then(each => each.deployment),
  Endpoints: () => import('./endpoints.ts').then(each => each.endpoints),
  EndpointSlice: () => import('./endpointslice.ts').then(each => each.endpointSlice),
  Event: () => import('./event.ts').then(each => each.event),
  HorizontalPodAutoscaler: () =>
    import('./horizontalpodautoscaler.ts').then(each => each.horizontalPodAutoscaler),
  Ingress: () => import('./ingress.ts').then(each => each.ingress),
  IngressClass: () => import('./ingressclass.ts').then(each => each.ingressClass),
  Job: () => import('./job.ts').then(each => each.job),
  Lease: () => import('./lease.ts').then(each => each.lease),
  LimitRange: () => import('./limitrange.ts').then(each => each.limitRange),
  Namespace: () => import('./namespace.ts').then(each => each.namespace),
  NetworkPolicy: () => import('./networkpolicy.ts').then(each => each.networkPolicy),
  Node: () => import('./node.ts').then(each => each.node),
  PersistentVolume: () => import('./persistentvolume.ts').then(each => each.persistentVolume),
  PersistentVolumeClaim: () => import('./persistentvolumeclaim.ts').then(each => each.persistentVolumeClaim),
  Pod: () => import('./pod.ts').then(each => each.pod),
  PodDisruptionBudget: () => import('./poddisruptionbudget.ts').then(each => each.podDisruptionBudget),
  PodTemplate: () => import('./podtemplate.ts').then(each => each.podTemplate),
  PriorityClass: () => import('./priorityclass.ts').then(each => each.priorityClass),
  ReplicaSet: () => import('./replicaset.ts').then(each => each.replicaSet),
  ReplicationController: () => import('./replicationcontroller.ts').then(each => each.replicationController),
  ResourceQuota: () => import('./resourcequota.ts').then(each => each.resourceQuota),
  Role: () => import('./role.ts').then(each => each.role),
  RoleBinding: () => import('./rolebinding.ts').then(each => each.roleBinding),
  RuntimeClass: () => import('./runtimeclass.ts').then(each => each.runtimeClass),
  Secret: () => import('./secret.ts').then(each => each.secret),
  Service: () => import('./service.ts').then(each => each.service),
  ServiceAccount: () => import('./serviceaccount.ts').then(each => each.serviceAccount),
  StatefulSet: () => import('./statefulset.ts').then(each => each.statefulSet),
  StorageClass: () => import('./storageclass.ts').then(each => each.storageClass),
  APIService: rowOf('APIService'),
  MutatingWebhookConfiguration: webhookOf('MutatingWebhookConfiguration'),
  ValidatingWebhookConfiguration: webhookOf('ValidatingWebhookConfiguration'),
  MutatingAdmissionPolicy: policyOf('MutatingAdmissionPolicy'),
  ValidatingAdmissionPolicy: policyOf('ValidatingAdmissionPolicy'),
  MutatingAdmissionPolicyBinding: policyOf('MutatingAdmissionPolicyBinding'),
  ValidatingAdmissionPolicyBinding: policyOf('ValidatingAdmissionPolicyBinding'),
  CSIDriver: rowOf('CSIDriver'),
  CSINode: rowOf('CSINode'),
  CSIStorageCapacity: rowOf('CSIStorageCapacity'),
  VolumeAttachment: rowOf('VolumeAttachment'),
  VolumeAttributesClass: rowOf('VolumeAttributesClass'),
  IPAddress: rowOf('IPAddress'),
  ServiceCIDR: rowOf('ServiceCIDR'),
  DeviceClass: rowOf('DeviceClass'),
  ResourceClaimTemplate: rowOf('ResourceClaimTemplate'),
  ResourceClaim: rowOf('ResourceClaim'),
  ResourceSlice: rowOf('ResourceSlice'),
  FlowSchema: rowOf('FlowSchema'),
  PriorityLevelConfiguration: rowOf('PriorityLevelConfiguration'),
})
