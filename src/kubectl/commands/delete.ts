// kubectl delete.
import { LineReader } from '../../engine/pipe.ts'
import type { Task } from '../../engine/task.ts'
import { type Built, build, type Info } from '../builder.ts'
import { cascadeOf } from '../cascade.ts'
import { type Command, dryRunFlag, fileFlags, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { uidOf, waitForDeletion } from '../deletion.ts'
import { qualifiedKind } from '../discovery.ts'
import { CommandError, isNotFound, StatusError, throwAll, withSource } from '../errors.ts'
import { rawParts } from '../loaders.ts'

const weekMs = 168 * 3_600_000

export const deleteCommand: Command = {
  name: 'delete',
  flags: `${fileFlags}${selectorFlag}${dryRunFlag}all all-namespaces,A cascade:s=background?background field-selector:s force
    grace-period:i=-1 ignore-not-found interactive,i now output,o:s raw:s timeout:d wait=true`,
  *run(ctx) {
    const { flags } = ctx
    const policy = cascadeOf(ctx)
    let grace = flags.int('grace-period')
    const force = flags.bool('force')
    if (flags.bool('now')) {
      if (grace !== -1) throw new CommandError('--now and --grace-period cannot be specified together')
      grace = 1
    }
    if (grace === 0 && !force) grace = 1
    if (force && grace < 0) grace = 0
    const selected =
      flags.bool('all') || flags.string('selector') !== '' || flags.string('field-selector') !== ''
    const ignore = flags.changed('ignore-not-found') ? flags.bool('ignore-not-found') : selected
    const check = () => {
      const output = flags.string('output')
      if (output && output !== 'name')
        throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`)
      if (grace === 0 && force)
        ctx.warn(
          'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
        )
      else if (grace > 0 && force)
        throw new CommandError('--force and --grace-period greater than 0 cannot be specified together')
    }
    if (flags.changed('raw')) {
      check()
      return yield* rawParts.get('--raw').rawRequest(ctx, 'DELETE')
    }
    const built = yield* build(ctx, {
      selector: flags.string('selector'),
      fieldSelector: flags.string('field-selector'),
      all: flags.bool('all'),
      allNamespaces: ctx.allNamespaces,
      continueOnError: true,
      lazy: true,
    })
    check()
    if (flags.bool('interactive') && !(yield* confirmed(ctx, built))) return 0
    return yield* deleteAll(ctx, built, { policy, grace, ignore })
  },
}

function* confirmed(ctx: Context, { infos }: Built): Task<boolean> {
  if (infos.length === 0) {
    ctx.line('No resources found')
    return false
  }
  ctx.line(`You are about to delete the following ${infos.length} resource(s):`)
  for (const info of infos) ctx.line(`${qualifiedKind(info.resource)}/${info.name}`)
  ctx.out('Do you want to continue? (y/N): ')
  const answer = yield* new LineReader(ctx.process.stdin).line()
  if (answer?.trim().toLowerCase() === 'y') return true
  ctx.line('deletion is cancelled')
  return false
}

interface DeleteOptions {
  readonly policy: string
  readonly grace: number
  readonly ignore: boolean
}

function* deleteAll(ctx: Context, built: Built, { policy, grace, ignore }: DeleteOptions): Task<number> {
  const errors: Error[] = []
  const deleted: { info: Info; uid: string }[] = []
  let warned = !ctx.namespaceEnforced || ctx.allNamespaces
  const body = {
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
    propagationPolicy: policy,
    ...(ctx.dryRun === 'server' && { dryRun: ['All'] }),
  }
  let found = 0
  for (const info of built.sequence) {
    if (info instanceof Error) {
      errors.push(info)
      continue
    }
    const { resource, namespace, name, source } = info
    found++
    if (!warned && !resource.namespaced) {
      ctx.warn('deleting cluster-scoped resources, not scoped to the provided namespace')
      warned = true
    }
    if (ctx.dryRun === 'client') {
      sayDeleted(ctx, info, grace)
      continue
    }
    try {
      const answer = ctx.client.delete(resource, namespace, name, body)
      sayDeleted(ctx, info, grace)
      deleted.push({ info, uid: uidOf(answer) })
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof CommandError)) throw error
      if (!(ignore && isNotFound(error))) errors.push(withSource('deleting', source, error))
    }
    yield* ctx.pause()
  }
  throwAll(errors.filter(error => !(ignore && isNotFound(error))))
  if (found === 0) ctx.line('No resources found')
  if (ctx.flags.bool('wait') && ctx.dryRun === 'none')
    yield* waitForDeletion(ctx, deleted, ctx.flags.duration('timeout') || weekMs)
  return 0
}

export function sayDeleted(ctx: Context, { resource, namespace, name }: Info, grace: number): void {
  const kind = qualifiedKind(resource)
  if (ctx.flags.string('output') === 'name') {
    ctx.line(`${kind}/${name}`)
    return
  }
  const where = resource.namespaced ? ` from ${namespace} namespace` : ''
  ctx.line(`${kind} "${name}" ${grace === 0 ? 'force deleted' : 'deleted'}${where}${ctx.dryRunSuffix}`)
}
