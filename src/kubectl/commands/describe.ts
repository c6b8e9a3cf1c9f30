// kubectl describe: one object or several, by name, by the beginning of a name, by label or from a file.
import type { Task } from '../../engine/task.ts'
import { build, type Info } from '../builder.ts'
import { type Command, fileFlags, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { describe as describeObject } from '../describe/index.ts'
import { CommandError, isNotFound, throwAll } from '../errors.ts'

export const describe: Command = {
  name: 'describe',
  flags: `${fileFlags}${selectorFlag}all-namespaces,A chunk-size:i=500 show-events=true`,
  *run(ctx) {
    if (ctx.args.length === 0 && !ctx.flags.changed('filename') && !ctx.flags.changed('kustomize'))
      throw new CommandError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    const built = yield* build(ctx, {
      allowEmptySelector: true,
      selector: ctx.flags.string('selector'),
      allNamespaces: ctx.allNamespaces,
      continueOnError: true,
      latest: true,
    })
    // Unless asked for, events are left out where it is not about one object alone.
    const alone = built.infos.length === 1 && built.errors.length === 0
    const showEvents = ctx.flags.changed('show-events') ? ctx.flags.bool('show-events') : alone
    const description = { ctx, showEvents }
    const text = (info: Info) => describeObject(info, description)
    const [type, prefix] = ctx.args
    if (built.errors.length === 1 && ctx.args.length === 2 && isNotFound(built.errors[0])) {
      const matching = yield* beginningWith(ctx, type!, prefix!)
      if (matching.length === 0) throw built.errors[0]
      for (const info of matching) ctx.out(`${text(info)}\n`)
      return 0
    }
    built.infos.forEach((info, i) => {
      ctx.out(i ? `\n\n${text(info)}` : text(info))
    })
    if (built.infos.length === 0 && built.errors.length === 0)
      ctx.err(
        ctx.allNamespaces ? 'No resources found\n' : `No resources found in ${ctx.namespace} namespace.\n`,
      )
    throwAll(built.errors)
    return 0
  },
}

/** Objects whose names begin with `prefix` (DescribeMatchingResources). */
function* beginningWith(ctx: Context, type: string, prefix: string): Task<Info[]> {
  const { infos } = yield* build(ctx, {
    args: [type],
    singleType: true,
    allowEmptySelector: true,
    allNamespaces: ctx.allNamespaces,
    continueOnError: true,
    latest: true,
  })
  return infos.filter(info => info.name.startsWith(prefix))
}
