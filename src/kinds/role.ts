// Role: pkg/apis/rbac, pkg/registry/rbac/role.
import { defineKind } from './machinery/plain-kind.ts'
import type { Role } from './schema/types.ts'

export const role = defineKind<Role>('roles.rbac.authorization.k8s.io/v1', {})
