// ClusterRole: pkg/apis/rbac, pkg/registry/rbac/clusterrole.
import { type FieldError, required } from './machinery/field-error.ts'
import { validateLabelSelector } from './machinery/meta-validation.ts'
import { isPathSegmentName } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { validateRules } from './machinery/rbac.ts'
import type { ClusterRole } from './schema/types.ts'

function validate({ rules, aggregationRule }: ClusterRole): FieldError[] {
  const errors = validateRules(rules, false)
  if (!aggregationRule) return errors
  const at = 'aggregationRule.clusterRoleSelectors'
  const selectors = aggregationRule.clusterRoleSelectors ?? []
  if (!selectors.length)
    errors.push(required(at, 'at least one clusterRoleSelector required if aggregationRule is non-nil'))
  return [...errors, ...selectors.flatMap((selector, i) => validateLabelSelector(selector, `${at}[${i}]`))]
}

export const clusterRole = defineKind<ClusterRole>('clusterroles.rbac.authorization.k8s.io/v1', {
  nameRule: isPathSegmentName,
  validate,
  validateUpdate: validate,
})
