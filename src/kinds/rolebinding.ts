// RoleBinding: pkg/apis/rbac, pkg/registry/rbac/rolebinding.
import { bindingRow } from './machinery/binding-row.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { RoleBinding } from './schema/types.ts'

export const roleBinding = defineKind<RoleBinding>('rolebindings.rbac.authorization.k8s.io/v1', {
  row: bindingRow,
})
