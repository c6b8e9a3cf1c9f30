// kubectl scale.
import { sleep, type Task } from '../../engine/task.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { build, type Info } from '../builder.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  printFlags,
  recordDeprecated,
  recordFlag,
  selectorFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../discovery.ts'
import { CommandError, isStatus, throwAll } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'
import { recordCause } from '../record.ts'
import { requireFlags } from './create-generator.ts'

export const scale: Command = {
  name: 'scale',
  flags: `${printFlags}${fileFlags}${dryRunFlag}${recordFlag}${selectorFlag}all current-replicas:i=-1 replicas:i
    resource-version:s timeout:d`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { flags } = ctx
    requireFlags(ctx, ['replicas'])
    const replicas = flags.int('replicas')
    if (replicas < 0)
      throw new CommandError(
        'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      )
    if (flags.int('current-replicas') < -1)
      throw new CommandError('The --current-replicas must specify an integer of -1 or greater')
    const print = makePrinter(ctx, { operation: `scaled${ctx.dryRunSuffix}` })
    const { infos, errors } = yield* build(ctx, {
      allowEmptySelector: flags.bool('all'),
      selector: flags.string('selector'),
      continueOnError: true,
    })
    if (flags.string('resource-version') && infos.length > 1)
      throw new CommandError('cannot use --resource-version with multiple resources')
    if (infos.length === 0) {
      throwAll(errors)
      throw new CommandError('no objects passed to scale')
    }
    for (const info of infos) {
      if (ctx.dryRun !== 'client') yield* scaleOne(ctx, info, replicas)
      const { group } = info.resource
      const object = group === 'apps' || group === '' ? withReplicas(info.object, replicas) : info.object
      if (flags.bool('record') && ctx.dryRun === 'none') {
        const { annotations } = recordCause(ctx, object).metadata
        ctx.client.patch(info.resource, info.namespace, info.name, 'merge', { metadata: { annotations } })
      }
      print(object)
    }
    throwAll(errors)
    return 0
  },
}

/** autoscaling/v1 Scale, by which everything is scaled. */
interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number }
  readonly status?: { readonly replicas?: number }
}

const withReplicas = (object: Scale, replicas: number): Scale => ({
  ...object,
  spec: { ...object.spec, replicas },
})

const scaleOf = (ctx: Context, resource: Resource, namespace: string, name: string): Scale =>
  ctx.client.get(resource, namespace, name, 'scale')

/** Without a precondition a patch of /scale; with one, its spec is read and replaced. */
function* scaleOne(ctx: Context, { resource, namespace, name }: Info, replicas: number): Task {
  const { flags } = ctx
  const query: Record<string, string> = ctx.dryRun === 'server' ? { dryRun: 'All' } : {}
  const size = flags.int('current-replicas')
  const version = flags.string('resource-version')
  if (size === -1 && !version) {
    ctx.client.patch(resource, namespace, name, 'merge', { spec: { replicas } }, query, 'scale')
  } else {
    const current = scaleOf(ctx, resource, namespace, name)
    const found = current.spec?.replicas ?? 0
    if (size !== -1 && found !== size) throw new CommandError(`Expected replicas to be ${size}, was ${found}`)
    if (version && current.metadata.resourceVersion !== version)
      throw new CommandError(
        `Expected resource version to be ${version}, was ${current.metadata.resourceVersion}`,
      )
    try {
      ctx.client.replace(resource, namespace, name, { ...current, spec: { replicas } }, query, 'scale')
    } catch (error) {
      if (isStatus(error, 'Invalid')) throw new CommandError(error.message)
      throw error
    }
  }
  const timeout = flags.duration('timeout')
  const end = ctx.now + timeout
  while (timeout && ctx.dryRun === 'none') {
    const { status } = scaleOf(ctx, resource, namespace, name)
    if ((status?.replicas ?? 0) === replicas) break
    if (ctx.now >= end) throw new CommandError('timed out waiting for the condition')
    yield* sleep(1000)
  }
  yield* ctx.pause()
}
