// kubectl create -f, and the way all `kubectl create KIND` generators end.
import { build, requireFiles } from '../builder.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
  selectorFlag,
  validateFlag,
} from '../command.ts'
import { editBeforeCreate } from '../editor.ts'
import { CommandError, StatusError, throwAll, withSource } from '../errors.ts'
import { updateLastApplied } from '../last-applied.ts'
import { makePrinter } from '../print/printers.ts'
import { rawWithFile } from '../raw.ts'
import { recordCause } from '../record.ts'
import { validationMode } from './apply.ts'
import { generators } from './create-generators.ts'
import { createToken } from './create-token.ts'

export const create: Command = {
  name: 'create',
  flags: `${printFlags}${fileFlags}${selectorFlag}${dryRunFlag}${recordFlag}${validateFlag}${managerFlag('kubectl-create')}
    edit raw:s save-config windows-line-endings`,
  deprecated: recordDeprecated,
  commands: [...generators, createToken],
  *run(ctx) {
    const { flags } = ctx
    if (ctx.args.length) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
    requireFiles(ctx)
    if (flags.string('raw')) return yield* rawWithFile(ctx, 'POST')
    const { dryRun } = ctx
    const print = makePrinter(ctx, { operation: `created${ctx.dryRunSuffix}` })
    const built = yield* build(ctx, {
      selector: flags.string('selector'),
      continueOnError: true,
      validate: validationMode(ctx),
    })
    const errors: Error[] = []
    let count = 0
    let cancelled = 0
    for (const item of built.sequence) {
      if (item instanceof Error) {
        errors.push(item)
        continue
      }
      const { resource, namespace, source } = item
      const object = flags.bool('edit') ? yield* editBeforeCreate(ctx, item.object) : item.object
      if (!object) {
        cancelled++
        continue
      }
      let created = recordCause(ctx, updateLastApplied(object, flags.bool('save-config')))
      try {
        if (dryRun !== 'client') created = ctx.client.create(resource, namespace, created, ctx.writeQuery())
      } catch (error) {
        if (!(error instanceof StatusError)) throw error
        errors.push(withSource('creating', source, error))
        continue
      } finally {
        yield* ctx.pause()
      }
      count++
      print(created)
    }
    throwAll(errors)
    if (count + cancelled === 0) throw new CommandError('no objects passed to create')
    return 0
  },
}
