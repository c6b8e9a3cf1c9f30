// The cluster role aggregation controller: the rules of a role with an aggregationRule are those of the roles that its
// selectors match, in the order of their names. pkg/controller/clusterroleaggregation.
import { equal } from '../kinds/machinery/equality.ts'
import { selects } from '../kinds/machinery/labels.ts'
import type { ClusterRole, PolicyRule } from '../kinds/schema/types.ts'
import { type StartController, WorkQueue } from './controller.ts'

const resourceName = 'clusterroles.rbac.authorization.k8s.io'

export const startClusterRoleAggregation: StartController = context => {
  const { client, informers } = context
  const roles = informers.of<ClusterRole>(resourceName)
  const queue = new WorkQueue(context, sync)
  // Any role may be part of any other that gathers.
  const enqueue = () => {
    for (const role of roles.all()) if (role.aggregationRule) queue.add(role.metadata.name)
  }
  roles.handle({ add: enqueue, update: enqueue, delete: enqueue })

  function sync(name: string): number {
    const role = roles.get(name)
    if (!role?.aggregationRule) return 1
    const all = [...roles.all()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    const rules: PolicyRule[] = []
    for (const selector of role.aggregationRule.clusterRoleSelectors ?? [])
      for (const other of all)
        if (other.metadata.name !== name && selects(selector as never, other.metadata.labels ?? {}))
          for (const rule of other.rules ?? []) if (!rules.some(known => equal(known, rule))) rules.push(rule)
    if (equal(rules, role.rules ?? [])) return all.length
    client
      .resource(resourceName)
      .patch(
        '',
        name,
        'apply',
        { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules },
        { query: { fieldManager: 'clusterrole-aggregation-controller', force: 'true' } },
      )
    return all.length
  }
}
