// kubectl auth can-i, whoami; reconcile stands beside it.

import type {
  PolicyRule,
  SelfSubjectAccessReview,
  SelfSubjectReview,
  SelfSubjectRulesReview,
} from '../../kinds/schema/types.ts'
import { type Command, printFlags } from '../command.ts'
import type { Context } from '../context.ts'
import { type Resource, withGroup } from '../discovery.ts'
import { CommandError, SilentExit, UnreachableError } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'
import { TabWriter } from '../print/tab-writer.ts'
import { byCodePoint } from '../print/values.ts'
import { reconcile } from './auth-reconcile.ts'

const usage =
  "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples."

const resourceVerbs = new Set(
  '* get list watch create update patch delete deletecollection use bind escalate impersonate approve sign attest'.split(
    ' ',
  ),
)
const urlVerbs = new Set('* get put post head options delete patch'.split(' '))

const canI: Command = {
  name: 'can-i',
  flags: 'all-namespaces,A list no-headers quiet,q subresource:s',
  *run(ctx) {
    const { flags } = ctx
    if (flags.bool('list')) {
      if (flags.bool('quiet') || ctx.allNamespaces || flags.string('subresource'))
        throw new CommandError(
          "list option can't be specified with neither quiet, all-namespaces nor subresource options",
        )
      if (ctx.args.length) throw new CommandError('list option must be specified with no arguments')
      return listRules(ctx)
    }
    const [verb = '', what] = ctx.args
    if (flags.changed('no-headers'))
      throw new CommandError('--no-headers cannot be set without --list specified')
    if (what === undefined || ctx.args.length > 2) throw new CommandError(usage)
    if (what.startsWith('/') && flags.string('subresource'))
      throw new CommandError('--subresource can not be used with NonResourceURL')
    const namespace = ctx.allNamespaces ? '' : ctx.namespace
    const known = what.startsWith('/') ? urlVerbs : resourceVerbs
    if (!known.has(verb)) ctx.err(`Warning: verb '${verb}' is not a known verb\n\n`)
    const spec = what.startsWith('/')
      ? { nonResourceAttributes: { path: what, verb } }
      : { resourceAttributes: attributes(ctx, verb, what, namespace) }
    const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec }
    const { status } = ctx.client.call<SelfSubjectAccessReview>({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body,
    })
    let text = status.allowed ? 'yes' : 'no'
    if (!status.allowed && status.reason) text += ` - ${status.reason}`
    if (!status.allowed && status.evaluationError) text += ` - ${status.evaluationError}`
    if (!flags.bool('quiet')) ctx.line(text)
    if (!status.allowed) throw new SilentExit(1)
    return 0
  },
}

function attributes(ctx: Context, verb: string, what: string, namespace: string) {
  const [word = '', name] = what.split(/\/(.*)/s)
  const subresource = ctx.flags.string('subresource')
  let known: Resource | undefined
  try {
    if (word !== '*') known = ctx.discovery.lookup(word)
  } catch (error) {
    // Without a server the word is asked about as it stands.
    if (!(error instanceof UnreachableError)) throw error
  }
  if (!known && word !== '*')
    ctx.err(`Warning: the server doesn't have a resource type ${withGroup(word, text => `'${text}'`)}\n\n`)
  if (known && !known.namespaced && namespace && !(word === '*'))
    ctx.err(
      `Warning: resource '${known.plural}' is not namespace scoped${known.group ? ` in group '${known.group}'` : ''}\n\n`,
    )
  return {
    ...(namespace && { namespace }),
    verb,
    group: known?.group ?? (word === '*' ? '*' : ''),
    resource: known?.plural ?? word,
    ...(subresource && { subresource }),
    ...(name && { name }),
  }
}

const list = (items: readonly string[] | undefined): string => `[${(items ?? []).join(' ')}]`

function listRules(ctx: Context): number {
  const { status } = ctx.client.call<SelfSubjectRulesReview>({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace: ctx.namespace },
    },
  })
  const rules: Rule[] = compact(status.resourceRules ?? [])
  for (const { nonResourceURLs = [], verbs } of status.nonResourceRules ?? [])
    for (const url of nonResourceURLs) rules.push({ verbs, group: [], resource: [], names: [], urls: [url] })
  // As Go prints a rule.
  const key = ({ verbs, group, resource, names, urls }: Rule) =>
    `Verbs:${list(verbs)},APIGroups:${list(group)},Resources:${list(resource)},ResourceNames:${list(names)},NonResourceURLs:${list(urls)}`
  rules.sort((a, b) => byCodePoint(key(a), key(b)))
  const writer = new TabWriter(text => ctx.out(text))
  if (!ctx.flags.bool('no-headers')) writer.write('Resources\tNon-Resource URLs\tResource Names\tVerbs\n')
  for (const rule of rules)
    writer.write(`${nameOf(rule)}\t${list(rule.urls)}\t${list(rule.names)}\t${list(rule.verbs)}\n`)
  writer.flush()
  return 0
}

/** What may be done with one resource (by one name), or with one address. */
interface Rule {
  readonly verbs: string[]
  readonly group: string[]
  readonly resource: string[]
  readonly names: string[]
  readonly urls: string[]
}

/** `deployments.apps/scale`. */
function nameOf({ group: [group], resource: [resource = ''] }: Rule): string {
  const [plural, subresource] = resource.split(/\/(.*)/s)
  return `${plural}${group ? `.${group}` : ''}${subresource ? `/${subresource}` : ''}`
}

/** Rules are broken down to single resources and names, and what is said of one of them is put together. */
function compact(given: readonly PolicyRule[]): Rule[] {
  const rules = new Map<string, Rule>()
  for (const { apiGroups = [''], resources = [], resourceNames = [], verbs } of given)
    for (const group of apiGroups)
      for (const resource of resources)
        for (const names of resourceNames.length ? resourceNames.map((name: string) => [name]) : [[]]) {
          const id = `${group}/${resource}/${names}`
          const rule: Rule = rules.get(id) ?? {
            verbs: [],
            group: [group],
            resource: [resource],
            names,
            urls: [],
          }
          for (const verb of verbs) if (!rule.verbs.includes(verb)) rule.verbs.push(verb)
          rules.set(id, rule)
        }
  return [...rules.values()]
}

const whoami: Command = {
  name: 'whoami',
  flags: printFlags,
  *run(ctx) {
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} }
    const answer = ctx.client.call<SelfSubjectReview>({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body,
    })
    if (ctx.flags.string('output')) {
      makePrinter(ctx, { typed: true })(answer)
      return 0
    }
    const { username, uid, groups, extra = {} } = answer.status.userInfo
    const writer = new TabWriter(text => ctx.out(text))
    writer.write('ATTRIBUTE\tVALUE\n')
    if (username) writer.write(`Username\t${username}\n`)
    if (uid) writer.write(`UID\t${uid}\n`)
    if (groups?.length) writer.write(`Groups\t${list(groups)}\n`)
    for (const key of Object.keys(extra).sort(byCodePoint))
      writer.write(`Extra: ${key}\t${list(extra[key])}\n`)
    writer.flush()
    return 0
  },
}

export const auth: Command = { name: 'auth', help: 'stderr', commands: [canI, whoami, reconcile] }
