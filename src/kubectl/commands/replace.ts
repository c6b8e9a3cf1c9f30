// kubectl replace.
import type { Task } from '../../engine/task.ts'
import { build, type Info, requireFiles } from '../builder.ts'
import { cascadeOf } from '../cascade.ts'
import { type Command, dryRunFlag, fileFlags, managerFlag, printFlags, validateFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { uidOf, waitForDeletion } from '../deletion.ts'
import { CommandError, isNotFound, StatusError, throwAll, withSource } from '../errors.ts'
import { updateLastApplied } from '../last-applied.ts'
import { makePrinter } from '../print/printers.ts'
import { rawWithFile } from '../raw.ts'
import { validationMode } from './apply.ts'
import { sayDeleted } from './delete.ts'

export const replace: Command = {
  name: 'replace',
  flags: `${printFlags}${fileFlags}${dryRunFlag}${validateFlag}${managerFlag('kubectl-replace')}
    cascade:s=background?background force grace-period:i=-1 raw:s save-config subresource:s timeout:d wait`,
  *run(ctx) {
    const { flags } = ctx
    const force = flags.bool('force')
    if (flags.string('raw')) return yield* rawWithFile(ctx, 'PUT')
    requireFiles(ctx)
    if (flags.int('grace-period') >= 0 && !force)
      throw new CommandError('--grace-period must have --force specified')
    if (flags.duration('timeout') !== 0 && !force)
      throw new CommandError('--timeout must have --force specified')
    if (force && ctx.dryRun !== 'none')
      throw new CommandError('--dry-run can not be used when --force is set')
    const built = yield* build(ctx, { continueOnError: true, validate: validationMode(ctx) })
    const errors: Error[] = [...built.errors]
    if (force) return yield* forced(ctx, built.infos, errors)
    const print = makePrinter(ctx, { operation: `replaced${ctx.dryRunSuffix}` })
    for (const { resource, namespace, name, object, source } of built.infos) {
      let body = updateLastApplied(object, flags.bool('save-config'))
      try {
        if (ctx.dryRun !== 'client') {
          // Without a version the live one is taken, as helper.Replace does.
          if (!body.metadata.resourceVersion) {
            const live = ctx.client.get(resource, namespace, name, flags.string('subresource'))
            body = { ...body, metadata: { ...body.metadata, resourceVersion: live.metadata.resourceVersion } }
          }
          body = ctx.client.replace(
            resource,
            namespace,
            name,
            body,
            ctx.writeQuery(),
            flags.string('subresource'),
          )
        }
        print(body)
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof CommandError)) throw error
        errors.push(withSource('replacing', source, error))
      }
      yield* ctx.pause()
    }
    throwAll(errors)
    return 0
  },
}

/** Deletes, waits until all are gone, creates. */
function* forced(ctx: Context, infos: readonly Info[], errors: Error[]): Task<number> {
  const grace = Math.max(0, ctx.flags.int('grace-period'))
  const deleted: { info: Info; uid: string }[] = []
  const asked = ctx.flags.int('grace-period')
  for (const info of infos)
    try {
      const { resource, namespace, name } = info
      const answer = ctx.client.delete(resource, namespace, name, {
        propagationPolicy: cascadeOf(ctx),
        ...(asked >= 0 && { gracePeriodSeconds: grace }),
      })
      sayDeleted(ctx, info, -1)
      deleted.push({ info, uid: uidOf(answer) })
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      if (!isNotFound(error)) errors.push(withSource('deleting', info.source, error))
    }
  throwAll(errors)
  yield* waitForDeletion(ctx, deleted, ctx.flags.duration('timeout') || 300_000)
  const print = makePrinter(ctx, { operation: 'replaced' })
  for (const { resource, namespace, object } of infos) {
    const body = updateLastApplied(object, ctx.flags.bool('save-config'))
    try {
      print(ctx.client.create(resource, namespace, body, ctx.writeQuery()))
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      errors.push(error)
    }
  }
  throwAll(errors)
  return 0
}
