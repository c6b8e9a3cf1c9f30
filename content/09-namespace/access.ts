// Who may do what, worked out from the bindings and roles that there are, as the RBAC authorizer does: permissions add up,
// and nothing takes one away.
import type { PolicyRule, Subject as RbacSubject } from '../../src/kinds/schema/types.ts'
import type { ClusterView } from '../../src/lesson/exercise.ts'

export interface Subject {
  readonly kind: 'User' | 'ServiceAccount'
  readonly name: string
  /** Of a service account. */
  readonly namespace?: string
}

const groups: Readonly<Record<string, string>> = { deployments: 'apps', replicasets: 'apps' }

const groupsOf = ({ kind, namespace }: Subject): string[] => [
  'system:authenticated',
  ...(kind === 'ServiceAccount' ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`] : []),
]

const isSubject = (who: Subject, { kind, name, namespace }: RbacSubject): boolean =>
  kind === 'Group'
    ? groupsOf(who).includes(name)
    : kind === who.kind && name === who.name && (kind === 'User' || namespace === who.namespace)

const covers = (rule: PolicyRule, verb: string, resource: string, name: string | undefined): boolean => {
  const [plural = '', part] = resource.split('/')
  const has = (list: readonly string[] | undefined, ...values: readonly string[]) =>
    list?.some(each => each === '*' || values.includes(each)) === true
  return (
    has(rule.apiGroups, groups[plural] ?? '') &&
    has(rule.resources, resource, ...(part ? [`*/${part}`] : [])) &&
    has(rule.verbs, verb) &&
    (!rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name)))
  )
}

/** Whether somebody may do this in a namespace; with a name, to the object of that name. */
export function may(
  view: ClusterView,
  who: Subject,
  verb: string,
  resource: string,
  namespace: string,
  name?: string,
): boolean {
  const bindings = [
    ...view.list('rolebindings', { namespace }),
    ...view.list('clusterrolebindings', { namespace: '' }),
  ]
  return bindings
    .filter(({ subjects = [] }) => subjects.some(each => isSubject(who, each)))
    .some(({ roleRef }) => {
      const role =
        roleRef.kind === 'Role'
          ? view.get('roles', roleRef.name, namespace)
          : view.get('clusterroles', roleRef.name, '')
      return role?.rules?.some(rule => covers(rule, verb, resource, name)) === true
    })
}
