// ClusterRoleBinding: pkg/apis/rbac, pkg/registry/rbac/clusterrolebinding.
import { defineKind } from './machinery/plain-kind.ts'
import { bindingBehaviour } from './machinery/rbac.ts'
import type { ClusterRoleBinding } from './schema/types.ts'

export const clusterRoleBinding = defineKind<ClusterRoleBinding>(
  'clusterrolebindings.rbac.authorization.k8s.io/v1',
  bindingBehaviour(['ClusterRole']),
)
