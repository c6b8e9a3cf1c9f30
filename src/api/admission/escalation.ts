// Nobody grants by RBAC what he may not do himself, unless he may `escalate` roles or `bind` the role in question.
// pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased, pkg/registry/rbac/validation.
import type { KubeObject } from '../../kinds/object.ts'
import { isAllowed, type Rule, rulesFor } from '../authorization.ts'
import { notFound, quote } from '../errors.ts'
import { equalJson } from '../json.ts'
import { type AdmissionOf, type Review, refuse } from './admission.ts'

const group = 'rbac.authorization.k8s.io'

type Rbac<Plural extends string> = `${Plural}.${typeof group}`

export const rbacEscalation: AdmissionOf<
  Rbac<'roles' | 'clusterroles' | 'rolebindings' | 'clusterrolebindings'>
> = {
  name: 'RBACEscalation',
  resources: [
    `roles.${group}`,
    `clusterroles.${group}`,
    `rolebindings.${group}`,
    `clusterrolebindings.${group}`,
  ],
  admit(review) {
    const { call, operation, object, old } = review
    const { user, server, namespace, resource } = call
    if (operation === 'DELETE' || user.groups.includes('system:masters')) return
    if (old && onlyCollectorsFields(object, old)) return
    if (object.kind === 'Role' || object.kind === 'ClusterRole') {
      const { plural } = resource
      const name = object.metadata.name
      if (isAllowed(server, user, { verb: 'escalate', group, resource: plural, namespace, name })) return
      confirm(review, object.rules ?? [])
      if (object.kind === 'ClusterRole' && object.aggregationRule && missing(review, everything).length)
        throw refuse(review, 'must have cluster-admin privileges to use aggregationRule')
      return
    }
    const { kind, name } = object.roleRef
    const plural = kind === 'ClusterRole' ? 'clusterroles' : 'roles'
    if (isAllowed(server, user, { verb: 'bind', group, resource: plural, namespace, name })) return
    const role = server.lookup(`${plural}.${group}`, kind === 'ClusterRole' ? undefined : namespace, name)
    if (!role) throw notFound({ group, plural }, name)
    confirm(review, role.rules ?? [])
  },
}

const everything: readonly Rule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]

/** rbacregistry.IsOnlyMutatingGCFields. */
function onlyCollectorsFields(object: KubeObject, old: KubeObject): boolean {
  const { ownerReferences: _, finalizers: __, ...metadata } = object.metadata
  const { ownerReferences: ___, finalizers: ____, managedFields: _____, ...before } = old.metadata
  return equalJson({ ...object, metadata }, { ...old, metadata: before })
}

/** ConfirmNoEscalation. */
function confirm(review: Review, rules: readonly Rule[]): void {
  const { user } = review.call
  const lacking = missing(review, rules)
  if (!lacking.length) return
  const texts = [...new Set(compact(lacking).map(ruleText))].sort()
  throw refuse(
    review,
    `user ${quote(user.name)} (groups=${list(user.groups)}) is attempting to grant RBAC permissions not currently held:\n${texts.join('\n')}`,
  )
}

/** The smallest parts of rules that the user has no rule for. */
function missing({ call }: Review, rules: readonly Rule[]): Rule[] {
  const held = [...rulesFor(call.server, call.user, call.namespace)]
  return rules.flatMap(rule => [...breakDown(rule)]).filter(part => !held.some(rule => covers(rule, part)))
}

/** One verb on one resource, or one path. */
function* breakDown({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: Rule): Generator<Rule> {
  for (const apiGroup of apiGroups ?? [])
    for (const resource of resources ?? [])
      for (const verb of verbs) {
        const part = { verbs: [verb], apiGroups: [apiGroup], resources: [resource] }
        if (resourceNames?.length) for (const name of resourceNames) yield { ...part, resourceNames: [name] }
        else yield part
      }
  for (const url of nonResourceURLs ?? [])
    for (const verb of verbs) yield { verbs: [verb], nonResourceURLs: [url] }
}

const has = (all: readonly string[] | undefined, some: readonly string[]): boolean =>
  all !== undefined && (all.includes('*') || some.every(each => all.includes(each)))

/** ruleCovers, for a part as `breakDown` makes them. */
function covers(rule: Rule, part: Rule): boolean {
  if (!has(rule.verbs, part.verbs)) return false
  if (part.nonResourceURLs)
    return part.nonResourceURLs.every(url =>
      rule.nonResourceURLs?.some(
        held => held === '*' || held === url || (held.endsWith('*') && url.startsWith(held.slice(0, -1))),
      ),
    )
  const [resource = ''] = part.resources ?? []
  const subresource = resource.includes('/') ? `*/${resource.split('/')[1]}` : resource
  return (
    has(rule.apiGroups, part.apiGroups ?? []) &&
    (has(rule.resources, [resource]) || (rule.resources?.includes(subresource) ?? false)) &&
    (!rule.resourceNames?.length ||
      (part.resourceNames?.length ? has(rule.resourceNames, part.resourceNames) : false))
  )
}

/** CompactRules: the verbs of one resource stand in one rule. */
function compact(rules: readonly Rule[]): Rule[] {
  const merged = new Map<string, Rule>()
  const rest: Rule[] = []
  for (const rule of rules) {
    if (rule.nonResourceURLs) {
      rest.push(rule)
      continue
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames])
    const known = merged.get(key)
    merged.set(key, known ? { ...known, verbs: [...new Set([...known.verbs, ...rule.verbs])] } : rule)
  }
  return [...rest, ...merged.values()]
}

const list = (values: readonly string[]): string => `[${values.map(quote).join(' ')}]`

/** `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get"]}` */
function ruleText({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: Rule): string {
  const parts: [string, readonly string[] | undefined][] = [
    ['APIGroups', apiGroups],
    ['Resources', resources],
    ['NonResourceURLs', nonResourceURLs],
    ['ResourceNames', resourceNames],
    ['Verbs', verbs],
  ]
  return `{${parts.flatMap(([name, values]) => (values?.length ? [`${name}:${list(values)}`] : [])).join(', ')}}`
}
