// What a kubectl command is. Commands stand in an explicit table (commands/loaders.ts) and know nothing of each other.
import type { PartTable } from '../engine/parts.ts'
import type { Task } from '../engine/task.ts'
import type { Context } from './context.ts'

export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** Flags as flags.ts reads them; the global ones are added by the router. */
  readonly flags?: string
  /** Deprecated flags and what to say when one is used. */
  readonly deprecated?: Readonly<Record<string, string>>
  /** Names of flags that change nothing here: whoever gives one is told so. */
  readonly idle?: string
  /** Names of flags of which nothing is seen on a real cluster that is well either: how requests are made, or how many at once. */
  readonly unseen?: string
  /** Subcommands; with `run`, words that name none are arguments. */
  readonly commands?: readonly Command[]
  /** A group without a subcommand prints its help there and fails; absent: on stdout, without failing. */
  readonly help?: 'stdout' | 'stderr'
  /** What a failure exits with; 1 where absent. */
  readonly failureCode?: number
  /** Where a flag that it does not take points at; the help where absent. */
  readonly flagHint?: string
  /** Returns the exit code; failures are thrown (errors.ts). */
  readonly run?: (ctx: Context) => Task<number>
  /** The whole command, where this is only its entry in a table: name and aliases. Throws MissingPart. */
  readonly whole?: () => Command
}

/** Commands by the names of their table. */
export const commandsOf = (table: PartTable<Command>): readonly Command[] =>
  table.names.map(name => ({ name, whole: () => table.get(name) }))

/** The subcommand that a word names, whole. */
export function subcommand(commands: readonly Command[], word: string | undefined): Command | undefined {
  const entry = commands.find(each => each.name === word || each.aliases?.includes(word ?? ''))
  return entry?.whole?.() ?? entry
}

// Groups of flags that many commands share (genericclioptions, pkg/cmd/util).
export const printFlags = 'allow-missing-template-keys=true output,o:s show-managed-fields template:s '
export const dryRunFlag = 'dry-run:s=none?unchanged '
export const fileFlags = 'filename,f:l kustomize,k:s recursive,R '
export const selectorFlag = 'selector,l:s '
export const recordFlag = 'record '
export const validateFlag = 'validate:s=strict?strict '
export const managerFlag = (name: string): string => `field-manager:s=${name} `
export const recordDeprecated = { record: '--record will be removed in the future' }
