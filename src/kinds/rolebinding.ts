// RoleBinding: pkg/apis/rbac, pkg/registry/rbac/rolebinding.
import { defineKind } from './machinery/plain-kind.ts'
import { bindingBehaviour } from './machinery/rbac.ts'
import type { RoleBinding } from './schema/types.ts'

export const roleBinding = defineKind<RoleBinding>(
  'rolebindings.rbac.authorization.k8s.io/v1',
  bindingBehaviour(['Role', 'ClusterRole']),
)
