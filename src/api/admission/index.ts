// The plugins of the cluster's API server, in the order of pkg/kubeapiserver/options/plugins.go.
import type { Admission } from './admission.ts'
import { certificateRequest } from './certificate-request.ts'
import { defaultTolerations } from './default-tolerations.ts'
import { limitRanger } from './limit-ranger.ts'
import { mutatingPolicy } from './mutating-policy.ts'
import { namespaceLifecycle } from './namespace-lifecycle.ts'
import { nodeTaint } from './node-taint.ts'
import { podSecurity } from './pod-security.ts'
import { priority } from './priority.ts'
import { podResize } from './resize.ts'
import { resourceQuota } from './resource-quota.ts'
import { serviceAccount } from './service-account.ts'
import { serviceAllocation } from './service-allocation.ts'
import { claimResize, defaultIngressClass, defaultStorageClass, storageProtection } from './storage.ts'
import { validatingPolicy } from './validating-policy.ts'

export const plugins: readonly Admission[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  nodeTaint,
  podSecurity,
  priority,
  defaultTolerations,
  defaultStorageClass,
  storageProtection,
  claimResize,
  defaultIngressClass,
  certificateRequest,
  podResize,
  mutatingPolicy,
  validatingPolicy,
  serviceAllocation,
  resourceQuota,
]
