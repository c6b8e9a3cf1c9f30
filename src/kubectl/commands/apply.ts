// kubectl apply: three-way merge on the client's side, or server-side apply; and its subcommands on the last-applied
// annotation (kubectl pkg/cmd/apply).

import { mergePatch } from '../../api/patch/merge.ts'
import { strategicMergePatch } from '../../api/patch/strategic.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { structType } from '../../kinds/schema.ts'
import { setKey } from '../../yaml/parse.ts'
import { build, describeInfo, type Info } from '../builder.ts'
import { cascadeOf } from '../cascade.ts'
import {
  type Command,
  commandsOf,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
  selectorFlag,
  validateFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, isNotFound, isStatus, StatusError, throwAll, withSource } from '../errors.ts'
import { lastApplied, lastAppliedAnnotation, withLastApplied } from '../last-applied.ts'
import { applyParts, pruneParts, serverSideParts } from '../loaders.ts'
import { makePrinter } from '../print/printers.ts'
import { isObject, jsonLine } from '../print/values.ts'
import { recordCause } from '../record.ts'
import { threeWayPatch } from '../three-way.ts'

const lastAppliedMissing = (info: Info): string =>
  `resource ${info.resource.plural}/${info.name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`

export const apply: Command = {
  name: 'apply',
  flags: `${printFlags}${fileFlags}${selectorFlag}${dryRunFlag}${recordFlag}${validateFlag}${managerFlag('kubectl-client-side-apply')}
    all cascade:s=background?background force force-conflicts grace-period:i=-1 openapi-patch=true overwrite=true prune
    prune-allowlist:a server-side subresource:s timeout:d wait`,
  unseen: 'openapi-patch',
  deprecated: recordDeprecated,
  commands: commandsOf(applyParts),
  *run(ctx) {
    if (ctx.args.length) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
    validate(ctx)
    const built = yield* build(ctx, {
      selector: ctx.flags.string('selector'),
      continueOnError: true,
      validate: validationMode(ctx),
    })
    const errors: Error[] = [...built.errors]
    if (built.infos.length === 0 && errors.length === 0) throw new CommandError('no objects passed to apply')
    for (const info of built.infos) {
      try {
        yield* applyOne(ctx, info)
      } catch (error) {
        if (!(error instanceof CommandError || error instanceof StatusError)) throw error
        errors.push(error)
      }
      yield* ctx.pause()
    }
    throwAll(errors)
    printObjects(ctx, built.infos)
    if (ctx.flags.bool('prune')) pruneParts.get('--prune').prune(ctx, built.infos)
    return 0
  },
}

/** What `--validate` means for the reading of files. */
export const validationMode = (ctx: Context): 'strict' | 'warn' | 'ignore' =>
  ctx.validation.toLowerCase() as 'strict' | 'warn' | 'ignore'

function validate(ctx: Context): void {
  const { flags } = ctx
  const serverSide = flags.bool('server-side')
  const refuse = (condition: boolean, message: string) => {
    if (condition) throw new CommandError(message)
  }
  const files = flags.list('filename').length
  const kustomize = flags.string('kustomize') !== ''
  refuse(!files && !kustomize, 'must specify one of -f and -k')
  refuse(files > 0 && kustomize, 'only one of -f or -k can be specified')
  const { dryRun } = ctx
  cascadeOf(ctx)
  if (flags.bool('prune')) pruneParts.get('--prune').checkAllowed(ctx)
  refuse(flags.bool('force-conflicts') && !serverSide, '--force-conflicts only works with --server-side')
  refuse(
    dryRun === 'client' && serverSide,
    "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
  )
  refuse(serverSide && flags.bool('force'), '--force cannot be used with --server-side')
  refuse(dryRun === 'server' && flags.bool('force'), '--dry-run=server cannot be used with --force')
  refuse(
    flags.bool('all') && flags.string('selector') !== '',
    'cannot set --all and --selector at the same time',
  )
  if (flags.bool('prune')) {
    refuse(flags.bool('force'), '--force cannot be used with --prune')
    refuse(
      !flags.bool('all') && !flags.string('selector'),
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    )
    refuse(
      serverSide,
      "--prune is in alpha and doesn't currently work on objects created by server-side apply",
    )
    if (!flags.list('prune-allowlist').length) ctx.err(pruneParts.get('--prune').pruneDeprecation(ctx))
  }
  refuse(flags.changed('subresource') && !serverSide, '--subresource can only be specified for --server-side')
}

/** One line for each object, unless a format prints them all at the end. */
function say(ctx: Context, object: KubeObject, operation: string): void {
  const output = ctx.flags.string('output')
  if (output === '' || output === 'name')
    makePrinter(ctx, { operation: `${operation}${ctx.dryRunSuffix}` })(object)
}

function printObjects(ctx: Context, infos: readonly Info[]): void {
  const output = ctx.flags.string('output')
  if (output === '' || output === 'name') return
  const print = makePrinter(ctx)
  const objects = infos.map(info => info.object)
  print(objects.length === 1 ? objects[0]! : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} })
}

function* applyOne(ctx: Context, info: Info): Task {
  const { flags } = ctx
  const { resource, namespace, source } = info
  const meta = info.object.metadata
  if (!info.name && meta?.generateName)
    throw new CommandError(`from ${meta.generateName}: cannot use generate name with apply`)
  info.object = recordCause(ctx, info.object)
  if (flags.bool('server-side')) {
    serverSide(ctx, info)
    return
  }
  const modified = withLastApplied(info.object)
  let current: KubeObject
  try {
    current = ctx.client.get(resource, namespace, info.name)
  } catch (error) {
    if (!isNotFound(error))
      throw withSource(
        `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`,
        source,
        error,
      )
    const created = withoutNulls(modified) as KubeObject
    info.object = created
    if (ctx.dryRun !== 'client')
      try {
        info.object = ctx.client.create(resource, namespace, created, ctx.writeQuery())
      } catch (failure) {
        throw withSource('creating', source, failure)
      }
    say(ctx, info.object, 'created')
    return
  }
  if (current.metadata.annotations?.[lastAppliedAnnotation] === undefined) ctx.warn(lastAppliedMissing(info))
  const patch = threeWayPatch(resource.schema, lastApplied(current), modified, current)
  const unchanged = Object.keys(patch).length === 0
  if (unchanged) info.object = current
  else if (ctx.dryRun === 'client') {
    const type = resource.schema ? structType(resource.schema) : undefined
    info.object = (
      type ? strategicMergePatch({ ...current }, { ...patch }, type) : mergePatch(current, patch)
    ) as KubeObject
  } else info.object = yield* sendPatch(ctx, info, patch, modified)
  warnIfDeleting(ctx, info.object)
  say(ctx, info.object, unchanged ? 'unchanged' : 'configured')
}

function warnIfDeleting(ctx: Context, object: KubeObject): void {
  if (object.metadata.deletionTimestamp)
    ctx.warn(`Detected changes to resource ${object.metadata.name} which is currently being deleted.`)
}

function* sendPatch(ctx: Context, info: Info, patch: object, modified: KubeObject): Task<KubeObject> {
  const { resource, namespace, name, source } = info
  const type = resource.schema && structType(resource.schema) ? 'strategic' : 'merge'
  let sent: unknown = patch
  try {
    try {
      return ctx.client.patch(resource, namespace, name, type, patch, ctx.writeQuery())
    } catch (error) {
      const hopeless = isStatus(error, 'Conflict') || isStatus(error, 'Invalid')
      if (!(hopeless && ctx.flags.bool('force'))) throw withSource('patching', source, error)
      sent = modified
      return yield* replaceByForce(ctx, info, modified)
    }
  } catch (error) {
    const text = sent === modified ? `${jsonLine(sent)}\n` : jsonLine(sent)
    throw withSource(`applying patch:\n${text}\nto:\n${describeInfo(info)}\nfor:`, source, error)
  }
}

/** --force: deletes, looks once whether it is gone (the timeout is 0 by default), creates. */
function* replaceByForce(
  ctx: Context,
  { resource, namespace, name }: Info,
  modified: KubeObject,
): Task<KubeObject> {
  const grace = ctx.flags.int('grace-period')
  ctx.client.delete(resource, namespace, name, {
    propagationPolicy: cascadeOf(ctx),
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
  })
  const end = ctx.now + ctx.flags.duration('timeout')
  for (;;) {
    try {
      ctx.client.get(resource, namespace, name)
    } catch (error) {
      if (isNotFound(error)) break
      throw error
    }
    if (ctx.now >= end) throw new CommandError('context deadline exceeded')
    yield* sleep(1000)
  }
  return ctx.client.create(resource, namespace, modified, ctx.writeQuery())
}

/** Keys with null are left out, as the server would drop them. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  const kept: Record<string, unknown> = {}
  for (const key of Object.keys(value)) if (value[key] !== null) setKey(kept, key, withoutNulls(value[key]))
  return kept
}

const conflictHelp = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`

function serverSide(ctx: Context, info: Info): void {
  const { flags } = ctx
  const { resource, namespace, name } = info
  const manager = flags.changed('field-manager') ? flags.string('field-manager') : 'kubectl'
  const query = { ...ctx.writeQuery(manager), force: String(flags.bool('force-conflicts')) }
  const body = info.object
  const send = () =>
    ctx.client.patch(resource, namespace, name, 'apply', body, query, flags.string('subresource'))
  try {
    info.object = send()
  } catch (error) {
    if (!isStatus(error, 'Conflict')) throw error
    throw new CommandError(`${error.message}${conflictHelp}`)
  }
  if (ctx.dryRun === 'none' && serverSideParts.get('--server-side').migrateManagedFields(ctx, info, manager))
    info.object = send()
  warnIfDeleting(ctx, info.object)
  say(ctx, info.object, 'serverside-applied')
}
