// kubectl: a client of the API server like any other. This file finds the command, reads its flags, runs it and turns
// failures into words and an exit code (kubectl pkg/cmd, spf13/cobra).
import { latencies } from '../engine/latencies.ts'
import type { Process, Program } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { Command } from './command.ts'
import { commands } from './commands/index.ts'
import type { Connection } from './connection.ts'
import { Context } from './context.ts'
import { CommandError, failureText, isOurs } from './errors.ts'
import { FlagError, Flags, parseDuration } from './flags.ts'
import { showHelp } from './help.ts'
import { find, flagsOf, unknownCommand } from './routing.ts'

export const root: Command = { name: 'kubectl', commands }

export function kubectl(connection: Connection): Program {
  return function* (process: Process): Task<number> {
    // Loading the program, the configuration and discovery, before the first request.
    yield* sleep(process.engine.random.draw(latencies.kubectl))
    try {
      return yield* execute(process, connection)
    } catch (error) {
      if (!(error instanceof Error) || !isOurs(error)) throw error
      const { text, exitCode } = failureText(error)
      process.stderr.write(text)
      return exitCode
    }
  }
}

function* execute(process: Process, connection: Connection): Task<number> {
  const { command, path, rest, word } = find(root, process.argv.slice(1))
  if (command === root && word !== undefined) throw unknownCommand(root, word)
  const flags = new Flags(flagsOf(command))
  const ctx = new Context(process, connection, root, path, flags)
  try {
    flags.parse(rest)
  } catch (error) {
    if (error instanceof FlagError)
      throw new CommandError(`${error.message}\nSee '${path} --help' for usage.`)
    throw error
  }
  for (const [name, text] of Object.entries(command.deprecated ?? {}))
    if (flags.changed(name)) process.stderr.write(`Flag --${name} has been deprecated, ${text}\n`)
  if (flags.help) return showHelp(ctx)
  const timeout = flags.string('request-timeout')
  if (!/^-?\d+$/.test(timeout) && parseDuration(timeout) === undefined)
    throw new CommandError(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    )
  if (command.run) {
    const code = yield* command.run(ctx)
    if (flags.bool('warnings-as-errors') && ctx.warnings)
      throw new CommandError(`${ctx.warnings} warning${ctx.warnings === 1 ? '' : 's'} received`)
    return code
  }
  if (flags.args.length) {
    throw ctx.usageError(`unknown command ${JSON.stringify(words(flags.args))}`)
  }
  showHelp(ctx, path, command.help)
  return command.help ? 1 : 0
}

const words = (args: readonly string[]): string => args.join(' ')
