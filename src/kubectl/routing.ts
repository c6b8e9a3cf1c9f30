// From the words of a command line to a command (spf13/cobra, command.go). It is given the root, and so imports no command.
import { type Command, subcommand } from './command.ts'
import { CommandError } from './errors.ts'
import { type FlagSpec, flagTable } from './flags.ts'

const globalFlags = `as:s as-group:a as-uid:s as-user-extra:a cache-dir:s certificate-authority:s client-certificate:s
 client-key:s cluster:s context:s disable-compression insecure-skip-tls-verify kubeconfig:s kuberc:s match-server-version
 namespace,n:s password:s profile:s=none profile-output:s=profile.pprof request-timeout:s=0 server,s:s tls-server-name:s
 token:s user:s username:s warnings-as-errors v,v:i log-flush-frequency:d=5s vmodule:s`

/** Flags that all commands take. */
export const sharedFlags: readonly FlagSpec[] = flagTable(globalFlags)

/** The flags a command takes: its own, and those that all take. */
export const flagsOf = (command: Command): readonly FlagSpec[] => [
  ...flagTable(command.flags ?? ''),
  ...sharedFlags,
]

export interface Found {
  readonly command: Command
  readonly path: string
  /** The command line without the words that name the command. */
  readonly rest: readonly string[]
  /** The word that names no subcommand. */
  readonly word?: string
}

/** Walks down the words that are neither flags nor values of flags (cobra's Find). */
export function find(root: Command, argv: readonly string[]): Found {
  let command = root
  let path = 'kubectl'
  const rest = [...argv]
  let at = 0
  while (command.commands) {
    const flags = flagsOf(command)
    while (at < rest.length && rest[at]!.startsWith('-')) {
      const arg = rest[at]!
      if (arg === '--') return { command, path, rest }
      const name = arg.replace(/^--?/, '')
      const spec = arg.startsWith('--') ? flags.find(f => f.name === name) : flags.find(f => f.short === name)
      at += !arg.includes('=') && spec && spec.alone === undefined ? 2 : 1
    }
    const word = rest[at]
    const next = subcommand(command.commands, word)
    if (!next) return { command, path, rest, ...(word !== undefined && { word }) }
    rest.splice(at, 1)
    path += ` ${next.name}`
    command = next
  }
  return { command, path, rest }
}

/** `Did you mean this?`: names within two edits, or that begin so. */
export function unknownCommand(root: Command, word: string): CommandError {
  const near = root.commands!.filter(
    c => distance(word, c.name) <= 2 || c.name.toLowerCase().startsWith(word.toLowerCase()),
  )
  const hint = near.length ? `\n\nDid you mean this?\n${near.map(c => `\t${c.name}\n`).join('')}` : ''
  return new CommandError(`unknown command ${JSON.stringify(word)} for "kubectl"${hint}`)
}

/** Levenshtein distance, case ignored. */
function distance(a: string, b: string): number {
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
