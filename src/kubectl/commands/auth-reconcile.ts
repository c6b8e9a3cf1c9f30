// kubectl auth reconcile: roles and bindings get what they lack, and lose what they have too much where that is asked for
// (kubectl pkg/cmd/auth/reconcile.go, component-helpers auth/rbac/reconciliation).
import type { KnownObject, KubeObject } from '../../kinds/object.ts'
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  Subject,
} from '../../kinds/schema/types.ts'
import { build, type Info, requireFiles } from '../builder.ts'
import { type Command, dryRunFlag, fileFlags, printFlags } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, isNotFound, throwAll } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'

type AnyRole = Role | ClusterRole
type AnyBinding = RoleBinding | ClusterRoleBinding

interface Outcome<T extends KubeObject = AnyRole | AnyBinding> {
  object: T
  operation?: 'create' | 'update' | 'recreate'
  readonly missing: readonly string[]
  readonly extra: readonly string[]
}

const optOut = 'rbac.authorization.kubernetes.io/autoupdate'

export const reconcile: Command = {
  name: 'reconcile',
  flags: `${printFlags}${fileFlags}${dryRunFlag}remove-extra-permissions remove-extra-subjects`,
  *run(ctx) {
    requireFiles(ctx)
    if (ctx.args.length) throw new CommandError('no arguments are allowed')
    if (ctx.dryRun === 'server')
      throw new CommandError('--dry-run=server for command reconcile is not supported yet')
    const { infos, errors } = yield* build(ctx, {
      args: [],
      continueOnError: true,
      local: true,
      scheme: 'kubectl',
    })
    throwAll(errors)
    const print = makePrinter(ctx, { operation: `reconciled${ctx.dryRunSuffix}` })
    const failures: CommandError[] = []
    for (const info of infos) {
      const { object } = info
      // Everything else in the files is passed over.
      if (!isRole(object) && !isBinding(object)) continue
      if (lacksNamespace(info) && ctx.dryRun !== 'client') {
        failures.push(new CommandError('resource name may not be empty'))
        continue
      }
      const live = find(ctx, info)
      const outcome: Outcome = isRole(object)
        ? roleOutcome(
            object,
            live && isRole(live) ? live : undefined,
            ctx.flags.bool('remove-extra-permissions'),
          )
        : bindingOutcome(
            object,
            live && isBinding(live) ? live : undefined,
            ctx.flags.bool('remove-extra-subjects'),
          )
      const isProtected = live?.metadata.annotations?.[optOut] === 'false'
      print(ctx.dryRun !== 'client' && !isProtected ? write(ctx, info, outcome) : outcome.object)
      report(ctx, outcome, isRole(object) ? 'rules' : 'subjects', isProtected)
    }
    throwAll(failures)
    return 0
  },
}

/**
 * Files are read without asking the server which kinds have a namespace: where none is named, the default one is not filled
 * in, and the namespace that is looked for before a creation has no name (kubectl 1.32 against a cluster).
 */
const lacksNamespace = ({ resource, namespace }: Info): boolean => resource.namespaced && !namespace

const isRole = (object: KnownObject): object is AnyRole =>
  object.kind === 'Role' || object.kind === 'ClusterRole'

const isBinding = (object: KnownObject): object is AnyBinding =>
  object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding'

function find(ctx: Context, { resource, namespace, name }: Info<KnownObject>): KnownObject | undefined {
  try {
    return ctx.client.get(resource, namespace, name)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

function write(
  ctx: Context,
  { resource, namespace, name }: Info,
  { object, operation }: Outcome,
): KubeObject {
  switch (operation) {
    case undefined:
      return object
    case 'update':
      return ctx.client.replace(resource, namespace, name, object)
    case 'recreate': {
      // What a binding refers to cannot be changed.
      ctx.client.delete(resource, namespace, name, { preconditions: { uid: object.metadata.uid } })
      const { resourceVersion: _, uid: __, ...metadata } = object.metadata
      return ctx.client.create(resource, namespace, { ...object, metadata })
    }
    case 'create':
      if (namespace) ensureNamespace(ctx, namespace)
      return ctx.client.create(resource, namespace, object)
  }
}

function ensureNamespace(ctx: Context, name: string): void {
  const namespaces = ctx.discovery.known('namespaces')
  try {
    ctx.client.get(namespaces, '', name)
  } catch (error) {
    if (!isNotFound(error)) throw error
    ctx.client.create(namespaces, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
}

function report(ctx: Context, outcome: Outcome, what: 'rules' | 'subjects', isProtected: boolean): void {
  const { operation, missing, extra } = outcome
  if (!operation) return
  const caveat = isProtected ? `, but object opted out (${optOut}: false)` : ''
  ctx.err(`\treconciliation required ${operation}${caveat}\n`)
  const list = (title: string, items: readonly string[]) => {
    if (items.length) ctx.err(`\t${title}\n${items.map(item => `\t\t${item}\n`).join('')}`)
  }
  list(`missing ${what} added:`, missing)
  if (ctx.flags.bool(what === 'rules' ? 'remove-extra-permissions' : 'remove-extra-subjects'))
    list(`extra ${what} removed:`, extra)
}

function roleOutcome(wanted: AnyRole, live: AnyRole | undefined, removeExtra: boolean): Outcome<AnyRole> {
  const rules = wanted.rules ?? []
  if (!live) return { object: wanted, operation: 'create', missing: rules.map(ruleText), extra: [] }
  const held = live.rules ?? []
  const extra = uncovered(rules, held)
  const missing = uncovered(held, rules)
  const described = withMetadata(wanted, live)
  const outcome = { missing: missing.map(ruleText), extra: extra.map(ruleText) }
  const change = (next: AnyRole): Outcome<AnyRole> => ({ ...outcome, object: next, operation: 'update' })
  const aggregationRule = 'aggregationRule' in wanted ? wanted.aggregationRule : undefined
  // What is aggregated has the rules that the controller finds for it.
  if (aggregationRule && live.kind === 'ClusterRole') {
    const changed = withMetadata(wanted, live)
    const object = { ...(changed ?? live), aggregationRule }
    const same = JSON.stringify(aggregationRule) === JSON.stringify(live.aggregationRule)
    return { object, missing: [], extra: [], ...((changed || !same) && { operation: 'update' }) }
  }
  if (removeExtra && (missing.length || extra.length)) return change({ ...(described ?? live), rules })
  if (missing.length) return change({ ...(described ?? live), rules: [...held, ...missing] })
  return described ? change(described) : { ...outcome, object: live }
}

function bindingOutcome(
  wanted: AnyBinding,
  live: AnyBinding | undefined,
  removeExtra: boolean,
): Outcome<AnyBinding> {
  const subjects = wanted.subjects ?? []
  if (!live) return { object: wanted, operation: 'create', missing: subjects.map(subjectText), extra: [] }
  const held = live.subjects ?? []
  const without = (some: readonly Subject[], others: readonly Subject[]) =>
    some.filter(each => !others.some(other => subjectId(other) === subjectId(each)))
  const missing = without(subjects, held)
  const extra = without(held, subjects)
  const sameRole = wanted.roleRef?.kind === live.roleRef.kind && wanted.roleRef?.name === live.roleRef.name
  const described = withMetadata(wanted, live)
  const changed = missing.length > 0 || (removeExtra && extra.length > 0)
  const operation = !sameRole ? 'recreate' : changed || described ? 'update' : undefined
  return {
    object: {
      ...(described ?? live),
      ...(!sameRole && { roleRef: wanted.roleRef }),
      ...(changed && { subjects: removeExtra ? subjects : [...held, ...missing] }),
    },
    ...(operation && { operation }),
    missing: missing.map(subjectText),
    extra: extra.map(subjectText),
  }
}

/** With the labels and annotations that are wanted and not there; undefined where none are. */
function withMetadata<T extends KubeObject>(wanted: KubeObject, live: T): T | undefined {
  const merged = { ...live, metadata: { ...live.metadata } }
  let changed = false
  for (const field of ['labels', 'annotations'] as const)
    for (const [key, value] of Object.entries(wanted.metadata[field] ?? {}))
      if (live.metadata[field]?.[key] !== value) {
        merged.metadata[field] = { ...merged.metadata[field], [key]: value }
        changed = true
      }
  return changed ? merged : undefined
}

/** validation.Covers: the single permissions of `rules` that `owner` does not have. */
function uncovered(owner: readonly PolicyRule[], rules: readonly PolicyRule[]): PolicyRule[] {
  return rules.flatMap(single).filter(rule => !owner.some(each => covers(each, rule)))
}

/** validation.BreakdownRule: one verb, one resource, one name. */
function single(rule: PolicyRule): PolicyRule[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule
  const names = resourceNames.length ? resourceNames.map(name => [name]) : [[]]
  return [
    ...apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        verbs.flatMap(verb =>
          names.map(resourceNames => ({
            verbs: [verb],
            apiGroups: [group],
            resources: [resource],
            resourceNames,
          })),
        ),
      ),
    ),
    ...nonResourceURLs.flatMap(url => verbs.map(verb => ({ verbs: [verb], nonResourceURLs: [url] }))),
  ]
}

function covers(
  owner: PolicyRule,
  { verbs, apiGroups, resources, resourceNames = [], nonResourceURLs }: PolicyRule,
): boolean {
  if (!has(owner.verbs, verbs![0]!)) return false
  if (nonResourceURLs)
    return (owner.nonResourceURLs ?? []).some(
      url =>
        url === nonResourceURLs[0] || (url.endsWith('*') && nonResourceURLs[0]!.startsWith(url.slice(0, -1))),
    )
  const [resource = ''] = resources!
  const [name] = resourceNames
  const some = owner.resourceNames ?? []
  return (
    has(owner.apiGroups, apiGroups![0]!) &&
    (has(owner.resources, resource) || has(owner.resources, `*/${resource.split('/')[1]}`)) &&
    (some.length === 0 || (name !== undefined && some.includes(name)))
  )
}

const has = (list: readonly string[] = [], value: string): boolean =>
  list.includes('*') || list.includes(value)

const defaultGroup = (kind: string): string => (kind === 'ServiceAccount' ? '' : 'rbac.authorization.k8s.io')
const subjectId = ({ kind, apiGroup = defaultGroup(kind), name, namespace = '' }: Subject): string =>
  [kind, apiGroup, name, namespace].join(' ')

/** As Go prints them with `%+v`. */
const listText = (items: readonly string[] = []): string => `[${items.join(' ')}]`
const ruleText = (rule: PolicyRule): string =>
  `{Verbs:${listText(rule.verbs)} APIGroups:${listText(rule.apiGroups)} Resources:${listText(rule.resources)} ResourceNames:${listText(rule.resourceNames)} NonResourceURLs:${listText(rule.nonResourceURLs)}}`
const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: Subject): string =>
  `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`
