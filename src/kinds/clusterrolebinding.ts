// ClusterRoleBinding: pkg/apis/rbac, pkg/registry/rbac/clusterrolebinding.
import { bindingRow } from './machinery/binding-row.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ClusterRoleBinding } from './schema/types.ts'

export const clusterRoleBinding = defineKind<ClusterRoleBinding>(
  'clusterrolebindings.rbac.authorization.k8s.io/v1',
  { row: bindingRow },
)
