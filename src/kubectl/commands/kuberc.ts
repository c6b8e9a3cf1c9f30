// kubectl kuberc view, set: the file of preferences.
import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Command } from '../command.ts'
import { printFlags } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import {
  type Alias,
  type FlagDefault,
  type Preference,
  preferencePath,
  preferenceVersion,
  readPreference,
} from '../preferences.ts'
import { makePrinter } from '../print/printers.ts'
import { requireFlags } from './create-generator.ts'

function pathOf(ctx: Context): string {
  const path = preferencePath(ctx.process, ctx.flags.string('kuberc'))
  if (path === undefined) throw new CommandError('KUBERC is disabled via KUBERC=off environment variable')
  return path
}

const view: Command = {
  name: 'view',
  flags: `${printFlags.replace('output,o:s', 'output,o:s=yaml')}kuberc:s`,
  *run(ctx) {
    const path = pathOf(ctx)
    const preference = readPreference(ctx.process, ctx.file(path))
    if (!preference) throw new CommandError(`open ${path}: no such file or directory`)
    makePrinter(ctx)(preference)
    return 0
  },
}

const sections = ['defaults', 'aliases', 'credentialplugin']

function check({ flags }: Context): void {
  const [section, name] = [flags.string('section'), flags.string('name')]
  const refuse = (condition: boolean, message: string) => {
    if (condition) throw new CommandError(message)
  }
  refuse(
    !sections.includes(section),
    `--section must be "defaults", "aliases", or "credentialplugin", got: ${section}`,
  )
  refuse(section === 'aliases' && !name, '--name is required when --section=aliases')
  refuse(section === 'defaults' && !!name, '--name should not be specified when --section=defaults')
  refuse(
    section === 'defaults' && flags.list('prependarg').length + flags.list('appendarg').length > 0,
    '--prependarg and --appendarg are only valid for --section=aliases',
  )
  refuse(
    section !== 'credentialplugin' && !flags.string('command'),
    '--command is required when --section=aliases or --section=defaults',
  )
  if (section !== 'credentialplugin') return
  const [policy, entries] = [flags.string('policy'), flags.list('allowlist-entry')]
  refuse(!policy, '--policy is required when --section=credentialplugin')
  refuse(
    !['AllowAll', 'DenyAll', 'Allowlist'].includes(policy),
    `invalid value for --policy: ${JSON.stringify(policy)}`,
  )
  refuse(
    policy !== 'Allowlist' && entries.length > 0,
    '--allowlist-entry may only be used when --section=credentialplugin and --policy=Allowlist',
  )
  refuse(
    policy === 'Allowlist' && entries.length === 0,
    '--allowlist-entry is required when --section=credentialplugin and --policy=Allowlist',
  )
}

const set: Command = {
  name: 'set',
  flags: `allowlist-entry:a appendarg:a command:s kuberc:s name:s option:a overwrite policy:s prependarg:a section:s`,
  *run(ctx) {
    const { flags } = ctx
    requireFlags(ctx, ['section'])
    const path = pathOf(ctx)
    check(ctx)
    const preference: Preference = readPreference(ctx.process, ctx.file(path)) ?? {
      apiVersion: preferenceVersion,
      kind: 'Preference',
    }
    const options = flags.list('option').map((text): FlagDefault => {
      const [flag = '', value] = text.split(/=(.*)/s)
      if (value === undefined)
        throw new CommandError(`invalid option format ${JSON.stringify(text)}, expected flag=value`)
      return { name: flag.replace(/^-+/, ''), default: value }
    })
    if (flags.string('section') === 'defaults') setDefaults(ctx, preference, options)
    else if (flags.string('section') === 'aliases') setAlias(ctx, preference, options)
    else setPolicy(ctx, preference)
    const full = ctx.file(path)
    const { files } = ctx.process
    files.mkdir(full.slice(0, full.lastIndexOf('/')) || '/', { parents: true })
    files.write(full, stringifyYaml(preference))
    ctx.line(`Updated ${path}`)
    return 0
  },
}

/** What is given replaces what was there; what is not given stays. */
const orOld = <T>(given: readonly T[], old: readonly T[] | undefined): readonly T[] =>
  given.length ? given : (old ?? [])

function setDefaults({ flags }: Context, preference: Preference, options: readonly FlagDefault[]): void {
  const command = flags.string('command')
  preference.defaults ??= []
  const at = preference.defaults.findIndex(each => each.command === command)
  if (at >= 0 && !flags.bool('overwrite'))
    throw new CommandError(
      `defaults for command ${JSON.stringify(command)} already exist, use --overwrite to replace`,
    )
  const entry = { command, options: orOld(options, preference.defaults[at]?.options) }
  preference.defaults.splice(at < 0 ? preference.defaults.length : at, 1, entry)
}

function setAlias({ flags }: Context, preference: Preference, options: readonly FlagDefault[]): void {
  const name = flags.string('name')
  preference.aliases ??= []
  const at = preference.aliases.findIndex(each => each.name === name)
  const old = preference.aliases[at]
  if (old && !flags.bool('overwrite'))
    throw new CommandError(`alias ${JSON.stringify(name)} already exists, use --overwrite to replace`)
  const prependArgs = orOld(flags.list('prependarg'), old?.prependArgs)
  const appendArgs = orOld(flags.list('appendarg'), old?.appendArgs)
  const kept = orOld(options, old?.options)
  const entry: Alias = {
    name,
    command: flags.string('command'),
    ...(prependArgs.length && { prependArgs }),
    ...(appendArgs.length && { appendArgs }),
    ...(kept.length && { options: kept }),
  }
  preference.aliases.splice(at < 0 ? preference.aliases.length : at, 1, entry)
}

function setPolicy({ flags }: Context, preference: Preference): void {
  preference.credentialPluginPolicy = flags.string('policy')
  const entries = flags.list('allowlist-entry').flatMap(text => text.split(','))
  if (entries.length)
    preference.credentialPluginAllowlist = entries.map(text => {
      const [field = '', value] = text.split(/=(.*)/s)
      if (value === undefined)
        throw new CommandError(`improperly formatted allowlist entry: ${JSON.stringify(text)}`)
      if (field === 'name')
        throw new CommandError('allowlist entry field "name" is deprecated, use "command" instead')
      if (field !== 'command')
        throw new CommandError(`unrecognized allowlist entry field: ${JSON.stringify(field)}`)
      if (!value.trim())
        throw new CommandError(`empty value in allowlist entry for field ${JSON.stringify(field)}`)
      return { command: value }
    })
}

export const kuberc: Command = { name: 'kuberc', commands: [set, view] }
