// RBAC: what a user may do by the roles that are bound to it. plugin/pkg/auth/authorizer/rbac/rbac.go and
// pkg/registry/rbac/validation/{rule,policy_comparator}.go. The administrator (group system:masters) may do everything.
import { goQuote } from '../kinds/machinery/quote.ts'
import type { ClusterRoleBinding, RoleBinding, Subject } from '../kinds/schema/types.ts'
import type { Machinery } from './call.ts'
import { failure } from './errors.ts'
import type { UserInfo } from './types.ts'

const rbac = 'rbac.authorization.k8s.io'

export const administrator: UserInfo = {
  name: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
}

/** Groups that come with being who one is. */
export function authenticate(user: UserInfo | undefined): UserInfo {
  if (!user) return administrator
  const groups = new Set(user.groups)
  const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(user.name)
  if (account && !user.groups.length) {
    groups.add('system:serviceaccounts')
    groups.add(`system:serviceaccounts:${account[1]}`)
  }
  groups.add(user.name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated')
  return { ...user, groups: [...groups] }
}

/** What is asked for: a resource or a path. */
export interface Attributes {
  readonly verb: string
  readonly namespace?: string | undefined
  readonly group?: string
  /** `pods`, `pods/log`. */
  readonly resource?: string
  readonly name?: string | undefined
  readonly path?: string
}

/** What somebody must be allowed to who acts as another user: endpoints/filters/impersonation.go. */
export function* impersonations({ name, groups, uid, extra = {} }: UserInfo): Generator<Attributes> {
  const verb = 'impersonate'
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? []
  if (account) yield { verb, resource: 'serviceaccounts', namespace, name: account }
  else yield { verb, resource: 'users', name }
  for (const group of groups) yield { verb, resource: 'groups', name: group }
  const own = 'authentication.k8s.io'
  for (const [key, values] of Object.entries(extra))
    for (const value of values) yield { verb, group: own, resource: `userextras/${key}`, name: value }
  if (uid) yield { verb, group: own, resource: 'uids', name: uid }
}

export interface Rule {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
}

function isSubject(user: UserInfo, subject: Subject, namespace: string | undefined): boolean {
  switch (subject.kind) {
    case 'User':
      return user.name === subject.name
    case 'Group':
      return user.groups.includes(subject.name)
    default:
      return user.name === `system:serviceaccount:${subject.namespace || namespace}:${subject.name}`
  }
}

/** Rules that hold for a user, cluster-wide ones first; those of a namespace where one is given. */
export function* rulesFor(server: Machinery, user: UserInfo, namespace: string | undefined): Generator<Rule> {
  const { store } = server
  const rulesOf = (
    binding: RoleBinding | ClusterRoleBinding,
    within: string | undefined,
  ): readonly Rule[] => {
    const { kind, name } = binding.roleRef
    const role =
      kind === 'ClusterRole'
        ? server.lookup(`clusterroles.${rbac}`, undefined, name)
        : server.lookup(`roles.${rbac}`, within, name)
    return role?.rules ?? []
  }
  for (const { object } of store.table(`clusterrolebindings.${rbac}`).list())
    if (object.subjects?.some(s => isSubject(user, s, undefined))) yield* rulesOf(object, undefined)
  if (!namespace) return
  for (const { object } of store.table(`rolebindings.${rbac}`).list(namespace))
    if (object.subjects?.some(s => isSubject(user, s, namespace))) yield* rulesOf(object, namespace)
}

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(value))

function allows(rule: Rule, { verb, group = '', resource, name, path }: Attributes): boolean {
  if (!has(rule.verbs, verb)) return false
  if (resource === undefined)
    return (rule.nonResourceURLs ?? []).some(
      url => url === '*' || url === path || (url.endsWith('*') && path!.startsWith(url.slice(0, -1))),
    )
  if (!has(rule.apiGroups, group)) return false
  const subresource = resource.includes('/') ? `*/${resource.slice(resource.indexOf('/') + 1)}` : resource
  if (!has(rule.resources, resource) && !rule.resources?.includes(subresource)) return false
  return !rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name))
}

export function isAllowed(server: Machinery, user: UserInfo, attributes: Attributes): boolean {
  if (user.groups.includes('system:masters')) return true
  for (const rule of rulesFor(server, user, attributes.namespace)) if (allows(rule, attributes)) return true
  return false
}

/** Throws Forbidden where RBAC does not let the request through. */
export function authorize(server: Machinery, user: UserInfo, attributes: Attributes): void {
  if (isAllowed(server, user, attributes)) return
  const { verb, namespace, group = '', resource, name, path } = attributes
  const who = `User ${goQuote(user.name)} cannot ${verb}`
  if (resource === undefined)
    throw failure(403, 'Forbidden', `forbidden: ${who} path ${goQuote(path ?? '')}`, {})
  const plural = resource.split('/')[0]!
  const scope = namespace ? `in the namespace ${goQuote(namespace)}` : 'at the cluster scope'
  throw failure(
    403,
    'Forbidden',
    `${plural}${group && `.${group}`}${name ? ` ${goQuote(name)}` : ''} is forbidden: ${who} resource ${goQuote(resource)} in API group ${goQuote(group)} ${scope}`,
    { ...(name && { name }), ...(group && { group }), kind: plural },
  )
}
