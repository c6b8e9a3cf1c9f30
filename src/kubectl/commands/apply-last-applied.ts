// kubectl apply view-last-applied, set-last-applied.

import type { KubeObject } from '../../kinds/object.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import { describeInfo, infosOf } from '../builder.ts'
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
import { editObjects } from '../editor.ts'
import { CommandError, withSource } from '../errors.ts'
import { lastApplied, lastAppliedAnnotation } from '../last-applied.ts'
import { makePrinter } from '../print/printers.ts'
import { jsonLine, jsonText } from '../print/values.ts'

export const viewLastApplied: Command = {
  name: 'view-last-applied',
  flags: `${fileFlags}${selectorFlag}all output,o:s=yaml`,
  *run(ctx) {
    const output = ctx.flags.string('output')
    const infos = yield* infosOf(ctx, {
      selector: ctx.flags.string('selector'),
      all: ctx.flags.bool('all'),
      latest: true,
    })
    for (const { object } of infos) {
      const applied = lastApplied(object)
      // Said with the error that there is not (AddSourceToErr of nil), and so not at all.
      if (applied === undefined) continue
      if (output === 'json') ctx.out(jsonText(applied, '  '))
      else if (output === 'yaml') ctx.out(stringifyYaml(applied))
      else
        throw ctx.usageError(
          `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
        )
    }
    return 0
  },
}

export const setLastApplied: Command = {
  name: 'set-last-applied',
  flags: `${printFlags}${dryRunFlag}filename,f:l create-annotation`,
  *run(ctx) {
    const infos = yield* infosOf(ctx, { args: [] })
    for (const info of infos) {
      const { resource, namespace, name, source } = info
      let live: KubeObject
      try {
        live = ctx.client.get(resource, namespace, name)
      } catch (error) {
        throw withSource(
          `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`,
          source,
          error,
        )
      }
      if (
        live.metadata.annotations?.[lastAppliedAnnotation] === undefined &&
        !ctx.flags.bool('create-annotation')
      )
        throw new CommandError(
          `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
        )
      const annotation = `${jsonLine(info.object)}\n`
      if (live.metadata.annotations?.[lastAppliedAnnotation] === annotation) {
        ctx.line(`set-last-applied ${name}: no changes required.`)
        continue
      }
      let object = live
      if (ctx.dryRun !== 'client')
        object = ctx.client.patch(
          resource,
          namespace,
          name,
          'merge',
          { metadata: { annotations: { [lastAppliedAnnotation]: annotation } } },
          ctx.dryRun === 'server' ? { dryRun: 'All' } : undefined,
        )
      makePrinter(ctx, { operation: `configured${ctx.dryRunSuffix}` })(object)
    }
    return 0
  },
}

export const editLastApplied: Command = {
  name: 'edit-last-applied',
  flags: `${printFlags}${fileFlags}${recordFlag}${validateFlag}${managerFlag('kubectl-client-side-apply')}windows-line-endings`,
  deprecated: recordDeprecated,
  *run(ctx) {
    return yield* editObjects(ctx, 'last-applied')
  },
}
