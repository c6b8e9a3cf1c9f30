// The kuberc: aliases of commands, and values of their flags that hold where none is given (kubectl pkg/kuberc). It is read
// before the command is looked for.
import { FileError } from '../engine/files.ts'
import type { Process } from '../engine/process.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Command } from './command.ts'
import { CommandError } from './errors.ts'
import { find, flagsOf } from './routing.ts'

export interface FlagDefault {
  readonly name: string
  readonly default: string
}
export interface Alias {
  readonly name: string
  readonly command: string
  readonly prependArgs?: readonly string[]
  readonly appendArgs?: readonly string[]
  readonly options?: readonly FlagDefault[]
}
export interface CommandDefaults {
  readonly command: string
  readonly options?: readonly FlagDefault[]
}
export interface Preference {
  apiVersion: string
  kind: 'Preference'
  defaults?: CommandDefaults[]
  aliases?: Alias[]
  credentialPluginPolicy?: string
  credentialPluginAllowlist?: { command: string }[]
}

export const preferenceVersion = 'kubectl.config.k8s.io/v1beta1'

/** Where it is: --kuberc, $KUBERC, ~/.kube/kuberc. Undefined: it is turned off. */
export function preferencePath(process: Process, explicit: string): string | undefined {
  const variable = process.env.get('KUBERC') ?? ''
  if (variable === 'off') {
    if (explicit)
      throw new CommandError('disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive')
    return undefined
  }
  if (explicit || variable) return explicit || variable
  return `${process.env.get('HOME') ?? '/root'}/.kube/kuberc`
}

/** Undefined where there is none. Throws where it is none that can be read. */
export function readPreference(process: Process, path: string): Preference | undefined {
  let content: unknown
  try {
    content = parseYaml(process.files.read(path))
  } catch (error) {
    if (error instanceof FileError) return undefined
    throw new CommandError(`kuberc error kuberc: ${error instanceof Error ? error.message : error}`)
  }
  return (content as Preference | null) ?? undefined
}

const explicitPath = (argv: readonly string[]): string => {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  const at = words.indexOf('--kuberc')
  const joined = words.find(word => word.startsWith('--kuberc='))?.slice('--kuberc='.length)
  if ((at >= 0 && at === words.length - 1) || joined === '')
    throw new CommandError('kuberc file is not found')
  return at >= 0 ? words[at + 1]! : (joined ?? '')
}

/** The command line with aliases put in and flags added that are not given. */
export function withPreferences(process: Process, root: Command, argv: readonly string[]): readonly string[] {
  if (argv.length === 0) return argv
  const explicit = explicitPath(argv)
  const path = preferencePath(process, explicit)
  if (path === undefined) return argv
  const full = path.startsWith('/') ? path : `${process.cwd}/${path}`
  const preference = readPreference(process, full)
  if (!preference) {
    if (explicit) throw new CommandError(`kuberc error kuberc: open ${path}: no such file or directory`)
    return argv
  }
  const found = find(root, argv)
  if (found.command === root && found.word !== undefined) {
    const alias = preference.aliases?.find(each => each.name === found.word)
    if (!alias) return argv
    const words = alias.command.split(/\s+/).filter(Boolean)
    const { command, rest } = find(root, words)
    if (command === root || rest.length)
      throw new CommandError(
        `command ${JSON.stringify(alias.command)} not found to set alias ${JSON.stringify(alias.name)}: [${words.join(' ')}]`,
      )
    const at = argv.indexOf(alias.name)
    const own = argv.slice(at + 1)
    const flags = defaultsFor(
      command,
      alias.options ?? [],
      argv,
      name => new CommandError(`invalid alias flag ${name} in alias ${process.argv[0]}`),
    )
    return [
      ...argv.slice(0, at),
      ...words,
      ...(alias.prependArgs ?? []),
      ...flags,
      ...own,
      ...(alias.appendArgs ?? []),
    ]
  }
  const here = find(root, argv).path
  for (const { command: name, options = [] } of preference.defaults ?? []) {
    const target = find(root, name.split(/\s+/).filter(Boolean))
    if (target.path !== here || target.rest.length) continue
    const flags = defaultsFor(
      target.command,
      options,
      argv,
      flag => new CommandError(`invalid flag ${flag} for command ${name}`),
    )
    const words = here.split(' ').slice(1)
    // Behind the words that name the command.
    const last = argv.indexOf(words.at(-1)!)
    return [...argv.slice(0, last + 1), ...flags, ...argv.slice(last + 1)]
  }
  return argv
}

function defaultsFor(
  command: Command,
  options: readonly FlagDefault[],
  argv: readonly string[],
  unknown: (name: string) => Error,
): string[] {
  return options.flatMap(({ name, default: value }) => {
    if (name.startsWith('-'))
      throw new CommandError(`flag name ${name} should be in long form without dashes`)
    const spec = flagsOf(command).find(each => each.name === name)
    if (!spec) throw unknown(name)
    const given = argv.some(
      arg =>
        arg === `--${name}` ||
        arg.startsWith(`--${name}=`) ||
        (spec.short && arg.startsWith(`-${spec.short}`)),
    )
    return given ? [] : [`--${name}=${value}`]
  })
}
