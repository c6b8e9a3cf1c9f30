// kubectl: a client of the API server like any other. This file finds the command, reads its flags, runs it and turns
// failures into words and an exit code (kubectl pkg/cmd, spf13/cobra).
import { MemoryExhausted } from '../engine/holding.ts'
import { latencies } from '../engine/latencies.ts'
import type { Process, Program } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { Command } from './command.ts'
import { commands } from './commands/index.ts'
import type { Connection } from './connection.ts'
import { Context } from './context.ts'
import { CommandError, failureText, isOurs, SilentExit, StatusError, UnreachableError } from './errors.ts'
import { FlagError, Flags, flagTable, requestTimeout } from './flags.ts'
import { showHelp } from './help.ts'
import { findPlugin } from './plugins.ts'
import { withPreferences } from './preferences.ts'
import { type Found, find, sharedFlags, unknownCommand } from './routing.ts'

export const root: Command = { name: 'kubectl', commands }

export function kubectl(connection: Connection): Program {
  return function* (process: Process): Task<number> {
    // Loading the program, the configuration and discovery, before the first request.
    yield* sleep(process.engine.random.draw(latencies.kubectl))
    let failureCode: number | undefined
    try {
      const argv = withPreferences(process, root, process.argv.slice(1))
      const found = find(root, argv)
      const outside = found.command === root && found.word ? findPlugin(process, argv) : undefined
      if (outside) return yield* runPlugin(process, outside)
      failureCode = found.command.failureCode
      return yield* execute(process, connection, found)
    } catch (error) {
      if (error instanceof MemoryExhausted) {
        process.stderr.write('fatal error: runtime: out of memory\n')
        return 2
      }
      if (!(error instanceof Error) || !isOurs(error)) throw error
      if (error instanceof UnreachableError) yield* sleep(error.afterMs)
      const { text, exitCode } = failureText(error)
      process.stderr.write(text)
      // A command that ends without a word knows what it ends with.
      return error instanceof SilentExit ? exitCode : (failureCode ?? exitCode)
    }
  }
}

/** A program of the PATH: it gets the words behind those that name it. */
function* runPlugin(
  process: Process,
  { path, rest }: { path: string; rest: readonly string[] },
): Task<number> {
  const shell = process.find('bash') ?? process.find('sh')
  if (!shell) throw new CommandError(`fork/exec ${path}: no such file or directory`)
  return yield* shell({ ...process, argv: ['bash', '-c', '"$0" "$@"', path, ...rest] })
}

function* execute(
  process: Process,
  connection: Connection,
  { command, path, rest, word }: Found,
): Task<number> {
  if (command === root && word !== undefined) throw unknownCommand(root, word)
  const flags = new Flags(flagTable(command.flags ?? ''), sharedFlags)
  const ctx = new Context(process, connection, root, path, flags)
  try {
    flags.parse(rest)
  } catch (error) {
    if (error instanceof FlagError)
      throw new CommandError(`${error.message}\n${command.flagHint ?? `See '${path} --help' for usage.`}`)
    throw error
  }
  for (const [name, text] of Object.entries(command.deprecated ?? {}))
    if (flags.changed(name)) process.stderr.write(`Flag --${name} has been deprecated, ${text}\n`)
  if (flags.help) return showHelp(ctx)
  for (const name of command.idle?.split(' ') ?? [])
    if (flags.changed(name)) process.stderr.write(`Warning: --${name} has no effect in this simulator\n`)
  checkGlobalFlags(flags)
  ctx.beginLog()
  if (command.run) {
    let code: number
    try {
      code = yield* command.run(ctx)
    } catch (error) {
      if (error instanceof StatusError) ctx.log?.failed(error.status)
      throw error
    }
    if (flags.bool('warnings-as-errors') && ctx.warnings)
      throw new CommandError(`${ctx.warnings} warning${ctx.warnings === 1 ? '' : 's'} received`)
    return code
  }
  if (flags.args.length && command.help)
    throw ctx.usageError(`unknown command ${JSON.stringify(flags.args.join(' '))}`)
  showHelp(ctx, path, command.help)
  return command.help ? 1 : 0
}

const profiles = ['none', 'cpu', 'heap', 'goroutine', 'threadcreate', 'block', 'mutex', 'trace']

function checkGlobalFlags(flags: Flags): void {
  const profile = flags.global('profile')
  if (profile && !profiles.includes(profile)) throw new CommandError(`unknown profile '${profile}'`)
  if (requestTimeout(flags) === undefined)
    throw new CommandError(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    )
}
