// kubectl create role, clusterrole, rolebinding, clusterrolebinding.
import { dictionary } from '../../engine/dictionary.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../discovery.ts'
import { CommandError } from '../errors.ts'
import { type Generator, meta } from './create-generator.ts'

const apiVersion = 'rbac.authorization.k8s.io/v1'
const verbs = (ctx: Context): string[] => {
  const all = [...new Set(ctx.flags.list('verb'))]
  return all.includes('*') ? ['*'] : all
}

interface Target {
  readonly group: string
  readonly resource: string
}

/** `deployments.apps/scale`, `pods`: a group and a resource the server knows. */
function targets(ctx: Context): Target[] {
  const given = [...new Set(ctx.flags.list('resource'))]
  // All resources of the core group: the others add nothing to that.
  if (given.includes('*')) return [{ group: '', resource: '*' }]
  return given.map(text => {
    const slash = text.indexOf('/')
    const subresource = slash < 0 || slash === text.length - 1 ? '' : text.slice(slash)
    const word = slash < 0 ? text : text.slice(0, slash)
    if (/^\*(\.|$)/.test(word)) return { group: word.slice(2), resource: `*${subresource}` }
    if (!word) throw new CommandError('resource must be specified if apiGroup/subresource specified')
    const found: Resource = ctx.discovery.mapped(word)
    return { group: found.group, resource: found.plural + subresource }
  })
}

/** One rule for each API group. */
function rules(ctx: Context, verbList: readonly string[]): object[] {
  const names = ctx.flags.list('resource-name')
  const groups = new Map<string, string[]>()
  const all = targets(ctx)
  checkSpecial(verbList, all)
  for (const { group, resource } of all) groups.set(group, [...(groups.get(group) ?? []), resource])
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({
      apiGroups: [group],
      ...(names.length && { resourceNames: names }),
      resources,
      verbs: [...verbList],
    }))
}

const known = [
  'get',
  'delete',
  'list',
  'create',
  'update',
  'patch',
  'watch',
  'proxy',
  'deletecollection',
  'use',
  'bind',
  'escalate',
  'impersonate',
  'approve',
  'sign',
  'attest',
  '*',
]

/** Verbs that only some resources have (specialVerbs). */
const special: Record<string, readonly string[]> = dictionary({
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  escalate: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  impersonate: ['users', 'serviceaccounts', 'groups', 'userextras.authentication.k8s.io'],
})

function checkSpecial(list: readonly string[], all: readonly Target[]): void {
  for (const { group, resource } of all)
    for (const verb of list)
      if (special[verb] && !special[verb].includes(group ? `${resource}.${group}` : resource))
        throw new CommandError(`can not perform '${verb}' on '${resource}' in group '${group}'`)
}

function checkVerbs(ctx: Context, list: readonly string[]): void {
  if (list.length === 0) throw new CommandError('at least one verb must be specified')
  for (const verb of list) if (!known.includes(verb)) ctx.warn(`'${verb}' is not a standard resource verb`)
}

export const role: Generator = {
  name: 'role',
  flags: 'resource:l resource-name:a verb:l',
  make(ctx, name) {
    const list = verbs(ctx)
    checkVerbs(ctx, list)
    if (ctx.flags.list('resource').length === 0)
      throw new CommandError('at least one resource must be specified')
    return { apiVersion, kind: 'Role', metadata: meta(ctx, name), rules: rules(ctx, list) }
  },
}

/** A map that pflag reads: `a=b,c=d`. */
function aggregated(ctx: Context, text: string): Record<string, string> {
  const pairs = text.split(',').map(pair => pair.split(/=(.*)/s))
  if (pairs.some(pair => pair.length < 2))
    throw ctx.flagError(
      `invalid argument ${JSON.stringify(text)} for "--aggregation-rule" flag: malformed pair, expect string=string`,
    )
  return Object.fromEntries(pairs)
}

const nonResourceVerbs = ['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*']

export const clusterRole: Generator = {
  name: 'clusterrole',
  flags: 'aggregation-rule:s non-resource-url:l resource:l resource-name:a verb:l',
  make(ctx, name) {
    const { flags } = ctx
    const urls = flags.list('non-resource-url')
    const resources = flags.list('resource')
    const list = verbs(ctx)
    const base = { apiVersion, kind: 'ClusterRole', metadata: { name } }
    if (flags.string('aggregation-rule')) {
      if (urls.length || list.length || resources.length || flags.list('resource-name').length)
        throw new CommandError(
          'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
        )
      const matchLabels = aggregated(ctx, flags.string('aggregation-rule'))
      return { ...base, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] }, rules: null }
    }
    if (list.length === 0) throw new CommandError('at least one verb must be specified')
    if (!urls.length && !resources.length)
      throw new CommandError('one of resource or nonResourceURL must be specified')
    if (resources.length) checkVerbs(ctx, list)
    if (urls.length)
      for (const verb of list)
        if (!nonResourceVerbs.includes(verb))
          throw new CommandError(`invalid verb: '${verb}' for nonResourceURL`)
    for (const url of urls) {
      if (url === '*') continue
      if (!url.startsWith('/')) throw new CommandError('nonResourceURL should start with /')
      if (/\*./.test(url))
        throw new CommandError("nonResourceURL only supports wildcard matches when '*' is at the end")
    }
    const all = resources.length ? rules(ctx, list) : []
    if (urls.length) all.push({ nonResourceURLs: urls, verbs: list })
    return { ...base, rules: all }
  },
}

interface Subject {
  readonly apiGroup?: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

export function subjects(ctx: Context): Subject[] {
  const apiGroup = 'rbac.authorization.k8s.io'
  return [
    ...ctx.flags.list('user').map(name => ({ apiGroup, kind: 'User', name })),
    ...ctx.flags.list('group').map(name => ({ apiGroup, kind: 'Group', name })),
    ...ctx.flags.list('serviceaccount').map(text => {
      const parts = text.split(':')
      if (parts.length !== 2 || !parts[0] || !parts[1])
        throw new CommandError('serviceaccount must be <namespace>:<name>')
      return { kind: 'ServiceAccount', name: parts[1], namespace: parts[0] }
    }),
  ]
}

const roleRef = (kind: string, name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name })

export const roleBinding: Generator = {
  name: 'rolebinding',
  flags: 'clusterrole:s group:a role:s serviceaccount:a user:a',
  failure: 'failed to create rolebinding',
  make(ctx, name) {
    const [clusterRoleName, roleName] = [ctx.flags.string('clusterrole'), ctx.flags.string('role')]
    if (!clusterRoleName === !roleName)
      throw new CommandError('exactly one of clusterrole or role must be specified')
    const list = subjects(ctx)
    return {
      apiVersion,
      kind: 'RoleBinding',
      metadata: meta(ctx, name),
      roleRef: clusterRoleName ? roleRef('ClusterRole', clusterRoleName) : roleRef('Role', roleName),
      ...(list.length && { subjects: list }),
    }
  },
}

export const clusterRoleBinding: Generator = {
  name: 'clusterrolebinding',
  flags: 'clusterrole:s group:a serviceaccount:a user:a',
  required: ['clusterrole'],
  failure: 'failed to create clusterrolebinding',
  make(ctx, name) {
    const list = subjects(ctx)
    return {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: roleRef('ClusterRole', ctx.flags.string('clusterrole')),
      ...(list.length && { subjects: list }),
    }
  },
}
