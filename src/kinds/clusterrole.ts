// ClusterRole: pkg/apis/rbac, pkg/registry/rbac/clusterrole.
import { defineKind } from './machinery/plain-kind.ts'
import type { ClusterRole } from './schema/types.ts'

export const clusterRole = defineKind<ClusterRole>('clusterroles.rbac.authorization.k8s.io/v1', {})
