// Where the plugins stand that have nothing to say in most requests (index.ts), by their names.
import { PartTable } from '../../engine/parts.ts'
import type { Admission } from './admission.ts'

const storage = () => import('./storage.ts')

export const admissionParts = new PartTable<Admission>('admission plugin', {
  RBACEscalation: () => import('./escalation.ts').then(each => each.rbacEscalation),
  LimitRanger: () => import('./limit-ranger.ts').then(each => each.limitRanger),
  PodSecurity: () => import('./pod-security.ts').then(each => each.podSecurity),
  DefaultStorageClass: () => storage().then(each => each.defaultStorageClass),
  StorageObjectInUseProtection: () => storage().then(each => each.storageProtection),
  PersistentVolumeClaimResize: () => storage().then(each => each.claimResize),
  DefaultIngressClass: () => storage().then(each => each.defaultIngressClass),
  RuntimeClass: () => import('./runtime-class.ts').then(each => each.runtimeClass),
  CertificateRequest: () => import('./certificate-request.ts').then(each => each.certificateRequest),
  PodResize: () => import('./resize.ts').then(each => each.podResize),
  MutatingAdmissionPolicy: () => import('./mutating-policy.ts').then(each => each.mutatingPolicy),
  ValidatingAdmissionPolicy: () => import('./validating-policy.ts').then(each => each.validatingPolicy),
  MutatingAdmissionWebhook: () => import('./webhooks.ts').then(each => each.mutatingWebhook),
  ValidatingAdmissionWebhook: () => import('./webhooks.ts').then(each => each.validatingWebhook),
  ServiceAllocation: () => import('./service-allocation.ts').then(each => each.serviceAllocation),
  ResourceQuota: () => import('./resource-quota.ts').then(each => each.resourceQuota),
})
