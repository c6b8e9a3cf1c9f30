// Role: pkg/apis/rbac, pkg/registry/rbac/role.
import { isPathSegmentName } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { validateRules } from './machinery/rbac.ts'
import type { Role } from './schema/types.ts'

const validate = ({ rules }: Role) => validateRules(rules, true)

export const role = defineKind<Role>('roles.rbac.authorization.k8s.io/v1', {
  nameRule: isPathSegmentName,
  validate,
  validateUpdate: validate,
})
