// kubectl: a client of the API server like any other. This file finds the command, reads its flags, runs it and turns
// failures into words and an exit code (kubectl pkg/cmd, spf13/cobra).
import type { ApiServer } from '../api/types.ts'
import type { Process, Program } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { Command } from './command.ts'
import { commands } from './commands/index.ts'
import { Context } from './context.ts'
import { CommandError, failureText, isOurs } from './errors.ts'
import { FlagError, Flags, flagTable } from './flags.ts'
import type { FieldDescriptions, HelpTexts } from './texts.ts'

export interface Connection {
  readonly api: ApiServer
  /** Where that server is, as a kubeconfig says it. */
  readonly server: string
  /** Texts of `--help`; big, so they are loaded apart. Without them help says so. */
  readonly help?: () => HelpTexts | undefined
  /** Descriptions of fields for `kubectl explain`. */
  readonly descriptions?: () => FieldDescriptions | undefined
}

const globalFlags = `as:s as-group:a as-uid:s as-user-extra:a cache-dir:s certificate-authority:s client-certificate:s
 client-key:s cluster:s context:s disable-compression insecure-skip-tls-verify kubeconfig:s kuberc:s match-server-version
 namespace,n:s password:s profile:s=none profile-output:s=profile.pprof request-timeout:s=0 server,s:s tls-server-name:s
 token:s user:s username:s warnings-as-errors v,v:i log-flush-frequency:d=5s vmodule:s`

/** Loading the program, the configuration and discovery, before the first request. */
const startMs = 60

export const root: Command = { name: 'kubectl', commands }

export function kubectl(connection: Connection): Program {
  return function* (process: Process): Task<number> {
    yield* sleep(startMs)
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
  const { command, path, rest, word } = find(process.argv.slice(1))
  if (command === root && word !== undefined) throw unknownCommand(word)
  const flags = new Flags([...flagTable(command.flags ?? ''), ...flagTable(globalFlags)])
  const ctx = new Context(process, connection, path, flags)
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

/** Help goes to stdout where it was asked for. */
export function showHelp(ctx: Context, path = ctx.path, to: 'stdout' | 'stderr' = 'stdout'): number {
  const text =
    ctx.connection.help?.()?.[path] ?? `Help for "${path}" is not loaded yet. Try again in a moment.\n`
  if (to === 'stderr') ctx.err(text)
  else ctx.out(text)
  return 0
}

interface Found {
  readonly command: Command
  readonly path: string
  /** The command line without the words that name the command. */
  readonly rest: readonly string[]
  /** The word that names no subcommand. */
  readonly word?: string
}

/** Walks down the words that are neither flags nor values of flags (cobra's Find). */
export function find(argv: readonly string[]): Found {
  let command = root
  let path = 'kubectl'
  const rest = [...argv]
  let at = 0
  while (command.commands) {
    const flags = [...flagTable(command.flags ?? ''), ...flagTable(globalFlags)]
    while (at < rest.length && rest[at]!.startsWith('-')) {
      const arg = rest[at]!
      if (arg === '--') return { command, path, rest }
      const name = arg.replace(/^--?/, '')
      const spec = arg.startsWith('--') ? flags.find(f => f.name === name) : flags.find(f => f.short === name)
      at += !arg.includes('=') && spec && spec.alone === undefined ? 2 : 1
    }
    const word = rest[at]
    const next = command.commands.find(c => c.name === word || c.aliases?.includes(word ?? ''))
    if (!next) return { command, path, rest, ...(word !== undefined && { word }) }
    rest.splice(at, 1)
    path += ` ${next.name}`
    command = next
  }
  return { command, path, rest }
}

/** `Did you mean this?`: names within two edits, or that begin so. */
function unknownCommand(word: string): CommandError {
  const near = commands.filter(
    c => distance(word, c.name) <= 2 || c.name.toLowerCase().startsWith(word.toLowerCase()),
  )
  const hint = near.length ? `\n\nDid you mean this?\n${near.map(c => `\t${c.name}\n`).join('')}` : ''
  return new CommandError(`unknown command ${JSON.stringify(word)} for "kubectl"${hint}`)
}

/** Levenshtein distance, case ignored. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (a[i - 1]!.toLowerCase() === b[j - 1]!.toLowerCase() ? 0 : 1),
      )
    row = next
  }
  return row[b.length]!
}
