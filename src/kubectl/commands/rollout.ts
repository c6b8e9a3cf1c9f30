// kubectl rollout: status, history, undo, pause, resume, restart. What each kind answers stands in workload-rollout.ts.
import type { Task } from '../../engine/task.ts'
import type { KnownObject, KubeObject } from '../../kinds/object.ts'
import { type Built, build, type Info, isOf } from '../builder.ts'
import { type Command, dryRunFlag, fileFlags, managerFlag, printFlags, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, StatusError, throwAll } from '../errors.ts'
import { lastAppliedAnnotation } from '../last-applied.ts'
import { forEach, objectError, sendChange } from '../patching.ts'
import { makePrinter, objectName } from '../print/printers.ts'
import { describeTabs, tabulate } from '../print/tab-writer.ts'
import { isWorkload, printRevision, rollbackTo, rolloutOf, type Workload } from '../workload-rollout.ts'

function* select(ctx: Context): Task<Built<Info<KnownObject>>> {
  if (ctx.args.length === 0 && !ctx.flags.list('filename').length && !ctx.flags.string('kustomize'))
    throw new CommandError('required resource not specified')
  return yield* build(ctx, {
    selector: ctx.flags.string('selector'),
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
    scheme: 'kubectl',
  })
}

const nothingFound = (ctx: Context): number => {
  ctx.err(`No resources found in ${ctx.namespace} namespace.\n`)
  return 0
}

const status: Command = {
  name: 'status',
  flags: `${fileFlags}${selectorFlag}revision:i timeout:d watch,w=true`,
  *run(ctx) {
    if (ctx.flags.int('revision') < 0)
      throw new CommandError(`revision must be a positive integer: ${ctx.flags.int('revision')}`)
    const built = yield* select(ctx)
    throwAll(built.errors)
    const timeout = ctx.flags.duration('timeout')
    for (const info of built.infos) yield* follow(ctx, info, timeout ? ctx.now + timeout : undefined)
    return built.infos.length ? 0 : nothingFound(ctx)
  },
}

function* follow(ctx: Context, info: Info, end: number | undefined): Task {
  if (!isWorkload(info))
    throw new CommandError(`no status viewer has been implemented for ${groupKind(info)}`)
  const { resource, namespace, name } = info
  const rollout = rolloutOf(info)
  const revision = ctx.flags.int('revision')
  let object = ctx.client.get(resource, namespace, name)
  const queue = ctx.client.watch(resource, namespace, {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: object.metadata.resourceVersion!,
  })
  try {
    for (;;) {
      const { text, done } = rollout.status(object, revision)
      ctx.out(text)
      if (done || !ctx.flags.bool('watch')) return
      const event = yield* queue.next(end)
      if (!event) throw new CommandError('timed out waiting for the condition')
      if (event.type === 'DELETED') throw new CommandError('object has been deleted')
      if (event.type === 'ERROR') throw new StatusError(event.object)
      if (event.type !== 'BOOKMARK') object = event.object
    }
  } finally {
    queue.stop()
  }
}

/** `Pod`, `ReplicaSet.apps`. */
const groupKind = ({ resource }: Info): string =>
  resource.group ? `${resource.kind}.${resource.group}` : resource.kind

/** Kinds that have pods, or are one: kubectl's visitor of kinds knows no others (pkg/apps/kind_visitor.go). */
const visited = new Set([
  'DaemonSet.apps',
  'Deployment.apps',
  'Job.batch',
  'CronJob.batch',
  'Pod',
  'ReplicationController',
  'ReplicaSet.apps',
  'StatefulSet.apps',
])

function unsupported(info: Info, what: string, retrieved: string): CommandError {
  const kind = groupKind(info)
  const { resource } = info
  return new CommandError(
    visited.has(kind)
      ? `no ${what} has been implemented for ${JSON.stringify(kind)}`
      : `error retrieving ${retrieved} for ${JSON.stringify(kind)}, no visitor method exists for {${resource.group} ${resource.kind}}`,
  )
}

const history: Command = {
  name: 'history',
  flags: `${printFlags}${fileFlags}${selectorFlag}revision:i`,
  *run(ctx) {
    const built = yield* select(ctx)
    const errors = [...built.errors]
    const wanted = ctx.flags.int('revision')
    if (wanted < 0) throw new CommandError(`revision must be a positive integer: ${wanted}`)
    forEach(built.infos, errors, info => {
      if (!isWorkload(info)) throw unsupported(info, 'history viewer', 'history')
      const revisions = rolloutOf(info).revisions(ctx, info.object)
      const chosen = revisions.find(r => r.revision === wanted)
      if (wanted > 0 && !chosen && revisions.length)
        throw new CommandError('unable to find the specified revision')
      if (ctx.flags.string('output') || ctx.flags.string('template')) {
        const print = makePrinter(ctx, { typed: true })
        for (const r of chosen ? [chosen] : revisions) print(r.object)
        return
      }
      let text = 'No rollout history found.'
      if (chosen) text = printRevision(chosen)
      else if (revisions.length)
        text = tabulate(
          `REVISION\tCHANGE-CAUSE\n${revisions.map(r => `${r.revision}\t${r.cause || '<none>'}\n`).join('')}`,
          describeTabs,
        )
      ctx.out(`${objectName(info.object)} ${wanted > 0 ? `with revision #${wanted}` : ''}\n${text}\n`)
    })
    throwAll(errors)
    return 0
  },
}

const undo: Command = {
  name: 'undo',
  flags: `${printFlags}${fileFlags}${selectorFlag}${dryRunFlag}to-revision:i`,
  *run(ctx) {
    const built = yield* select(ctx)
    const errors = [...built.errors]
    forEach(built.infos, errors, info => {
      const { resource, object } = info
      if (object.metadata.annotations?.[lastAppliedAnnotation] !== undefined)
        ctx.warn(
          `resource ${resource.plural}/${info.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastAppliedAnnotation} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
        )
      if (!isWorkload(info)) throw unsupported(info, 'rollbacker', 'rollbacker')
      const operation = rollbackTo(ctx, info, ctx.flags.int('to-revision'))
      makePrinter(ctx, { typed: true, operation: `${operation}${ctx.dryRunSuffix}` })(object)
    })
    throwAll(errors)
    return 0
  },
}

/** pause, resume and restart: a change of the spec, or why there can be none. */
function changing(
  name: string,
  done: string,
  change: (ctx: Context, info: Info<KnownObject>) => KnownObject,
): Command {
  return {
    name,
    flags: `${printFlags}${fileFlags}${selectorFlag}${managerFlag('kubectl-rollout')}`,
    *run(ctx) {
      const built = yield* select(ctx)
      const errors = [...built.errors]
      if (built.infos.length === 0 && errors.length === 0) return nothingFound(ctx)
      forEach(built.infos, errors, info => {
        const changed = change(ctx, info)
        let object: KubeObject
        try {
          object = sendChange(ctx, info, changed, ctx.writeQuery())
        } catch (error) {
          if (error instanceof StatusError) throw new CommandError(`failed to patch: ${error.message}`)
          throw error
        }
        makePrinter(ctx, { typed: true, operation: done })(object)
      })
      throwAll(errors)
      return 0
    },
  }
}

const pause = changing('pause', 'paused', (_, info) => {
  if (!isOf(info, 'deployments.apps')) throw objectError(info, 'pausing is not supported')
  const { object } = info
  if (object.spec.paused) throw objectError(info, 'is already paused')
  return { ...object, spec: { ...object.spec, paused: true } }
})

const resume = changing('resume', 'resumed', (_, info) => {
  if (!isOf(info, 'deployments.apps')) throw objectError(info, 'resuming is not supported')
  const { object } = info
  if (!object.spec.paused) throw objectError(info, 'is not paused')
  const { paused: _paused, ...spec } = object.spec
  return { ...object, spec }
})

const restart = changing('restart', 'restarted', (ctx, info) => {
  if (!isWorkload(info)) throw objectError(info, 'restarting is not supported')
  if (isOf(info, 'deployments.apps') && info.object.spec.paused)
    throw objectError(info, "can't restart paused deployment (run rollout resume first)")
  const time = ctx.process.engine.timestamp
  if (info.object.spec.template.metadata?.annotations?.[restartedAt] === time)
    throw new CommandError(
      `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    )
  return restarted(info.object, time)
})

const restartedAt = 'kubectl.kubernetes.io/restartedAt'

function restarted<T extends Workload>(object: T, time: string): T {
  const { template } = object.spec
  const annotations = { ...template.metadata?.annotations, [restartedAt]: time }
  const metadata = { ...template.metadata, annotations }
  return { ...object, spec: { ...object.spec, template: { ...template, metadata } } }
}

export const rollout: Command = {
  name: 'rollout',
  help: 'stdout',
  commands: [history, pause, resume, undo, status, restart],
}
