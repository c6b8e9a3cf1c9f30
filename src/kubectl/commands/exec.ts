// kubectl exec and kubectl attach.
import type { ApiRequest, ExecStream } from '../../api/types.ts'
import { Fiber, Interrupt, type Task, wait } from '../../engine/task.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { infosOf, resourceNames } from '../builder.ts'
import { pathOf } from '../client.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, isStatus, SilentExit } from '../errors.ts'
import { attachablePod, findContainer } from '../pods.ts'

/** A word alone is a pod. */
function* podArgument(ctx: Context, word: string, type = 'pods'): Task<Pod> {
  const args = resourceNames(type, [word])
  const [info] = yield* infosOf(ctx, { args, filenames: [], scheme: 'kubectl' })
  return yield* attachablePod(ctx, info!.object, ctx.flags.duration('pod-running-timeout'))
}

export function checkPhase({ status: { phase } }: Pod): void {
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
}

export const exec: Command = {
  name: 'exec',
  flags: 'container,c:s filename,f:l pod-running-timeout:d=1m0s quiet,q stdin,i tty,t',
  *run(ctx) {
    const { flags } = ctx
    const files = flags.list('filename').length > 0
    const dash = flags.dashAt
    let words = [...ctx.args]
    let target: Pod
    if (!files && (words.length === 0 || dash === 0))
      throw new CommandError('pod, type/name or --filename must be specified')
    if (files) {
      const [info, ...others] = yield* infosOf(ctx, { args: [], scheme: 'kubectl' })
      if (others.length) throw new CommandError('cannot exec into multiple objects at a time')
      target = yield* attachablePod(ctx, info!.object, flags.duration('pod-running-timeout'))
    } else {
      const name = words.shift()!
      if (dash < 0 && words.length)
        throw new CommandError(
          "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
        )
      if (words.length === 0)
        throw new CommandError('you must specify at least one command for the container')
      target = yield* podArgument(ctx, name)
    }
    if (dash > 1) words = words.slice(dash - 1)
    checkPhase(target)
    const container = findContainer(ctx, target, flags.string('container'), flags.bool('quiet'))
    return yield* stream(ctx, target, 'exec', container.name, words)
  },
}

export const attachNotice =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n"

export const attach: Command = {
  name: 'attach',
  flags: 'container,c:s detach-keys:s=ctrl-p,ctrl-q pod-running-timeout:d=1m0s quiet,q stdin,i tty,t',
  idle: 'detach-keys',
  *run(ctx) {
    const [word, ...more] = ctx.args
    if (word === undefined) throw new CommandError('at least 1 argument is required for attach')
    if (more.length > 1)
      throw new CommandError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${ctx.args.length}: [${ctx.args.join(' ')}]`,
      )
    const pod = more.length ? yield* podArgument(ctx, more[0]!, word) : yield* podArgument(ctx, word)
    const { phase } = pod.status
    if (phase === 'Succeeded' || phase === 'Failed')
      throw new CommandError(`cannot attach a container in a completed pod; current phase is ${phase}`)
    const container = findContainer(ctx, pod, ctx.flags.string('container'), ctx.flags.bool('quiet'))
    if (!ctx.flags.bool('quiet')) ctx.err(attachNotice)
    return yield* stream(ctx, pod, 'attach', container.name, [])
  },
}

/** How to come back to what goes on, or begins anew, when its terminal is left (attach.go, reattachMessage). */
function sayReattach(ctx: Context, pod: Pod, container: string): void {
  if (ctx.flags.has('quiet') && ctx.flags.bool('quiet')) return
  if (pod.spec.restartPolicy !== 'Always') return
  const command = `'kubectl attach ${pod.metadata.name} -c ${container} -i -t'`
  const ephemeral = pod.spec.ephemeralContainers?.some(each => each.name === container)
  ctx.line(
    ephemeral
      ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${command} if it is still running`
      : `Session ended, resume using ${command} command when the pod is running`,
  )
}

/** Joins the process's streams to those of the container until one side ends. */
export function* stream(
  ctx: Context,
  pod: Pod,
  subresource: 'exec' | 'attach',
  container: string,
  command: readonly string[],
): Task<number> {
  const { flags, process } = ctx
  const stdin = flags.bool('stdin')
  // Only what is typed at decides: the output may go into a pipe.
  const tty = flags.bool('tty') && process.typed === true
  if (flags.bool('tty') && !tty && stdin)
    ctx.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  const query: Record<string, string> = {
    container,
    stdout: 'true',
    ...(tty ? { tty: 'true' } : { stderr: 'true' }),
  }
  if (stdin) query.stdin = 'true'
  const request: ApiRequest & { command?: readonly string[] } = {
    method: 'POST',
    path: pathOf(ctx.discovery.known('pods'), pod.metadata.namespace!, pod.metadata.name, subresource),
    query,
    ...(subresource === 'exec' && { command }),
  }
  const connection = openStream(ctx, request)
  const code = yield* pump(ctx, connection, stdin)
  if (subresource === 'attach' && stdin && tty) sayReattach(ctx, pod, container)
  // What an attached program ends with is nobody's business.
  if (code === 0 || subresource === 'attach') return 0
  ctx.err(`command terminated with exit code ${code}\n`)
  throw new SilentExit(code)
}

/** Opens the streams of exec or attach; failures of the upgrade are told without a reason (remotecommand). */
export function openStream(ctx: Context, request: ApiRequest & { command?: readonly string[] }): ExecStream {
  try {
    const opened = ctx.client.connect(request)
    if (opened.type !== 'exec') throw new CommandError('the server answered with another stream')
    return opened
  } catch (error) {
    if (isStatus(error, 'BadRequest') || isStatus(error, 'InternalError'))
      throw new CommandError(`unable to upgrade connection: ${error.message}`)
    throw error
  }
}

function* pump(ctx: Context, connection: ExecStream, stdin: boolean): Task<number> {
  const { process } = ctx
  const { engine } = process
  const copy = (from: ExecStream['stdout'], write: (text: string) => unknown) =>
    new Fiber(
      engine,
      (function* (): Task {
        for (let text = yield* from.read(); text !== undefined; text = yield* from.read()) write(text)
      })(),
    )
  const outputs = [copy(connection.stdout, t => ctx.out(t)), copy(connection.stderr, t => ctx.err(t))]
  const input = stdin
    ? new Fiber(
        engine,
        (function* (): Task {
          for (let text = yield* process.stdin.read(); text !== undefined; text = yield* process.stdin.read())
            connection.stdin.write(text)
          connection.stdin.close()
        })(),
      )
    : undefined
  if (!stdin) connection.stdin.close()
  try {
    let ended: { code: number } | { error: string }
    for (;;)
      try {
        ended = yield* wait(connection.exit)
        break
      } catch (error) {
        // On a terminal Ctrl-C belongs to the remote program.
        if (error instanceof Interrupt && stdin && process.typed && ctx.flags.bool('tty'))
          connection.signal(error.signal)
        else throw error
      }
    for (const output of outputs) yield* wait(output.outcome)
    if ('error' in ended) throw new CommandError(ended.error)
    return ended.code
  } finally {
    input?.kill()
    for (const output of outputs) output.kill()
    connection.close()
  }
}
