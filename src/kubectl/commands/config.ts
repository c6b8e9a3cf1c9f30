// kubectl config: reads and changes the kubeconfig (kubectl pkg/cmd/config, client-go tools/clientcmd).

import { dictionary } from '../../engine/dictionary.ts'
import type { Command } from '../command.ts'
import { printFlags } from '../command.ts'
import { AggregateFailure, CommandError } from '../errors.ts'
import { showHelp } from '../help.ts'
import { type Kubeconfig, readKubeconfig } from '../kubeconfig.ts'
import { entryName, type Section } from '../kubeconfig-fields.ts'
import { makePrinter } from '../print/printers.ts'
import { TabWriter } from '../print/tab-writer.ts'
import { byCodePoint, type Dict, textOf } from '../print/values.ts'
import { setCluster, setContext, setCredentials } from './config-entries.ts'
import { asObject, ConfigFile, preferencesOf } from './config-file.ts'
import { setProperty, unexpectedArgs, unsetProperty } from './config-property.ts'

const view: Command = {
  name: 'view',
  flags: `${printFlags.replace('output,o:s', 'output,o:s=yaml')}flatten merge=true minify raw`,
  *run(ctx) {
    if (ctx.args.length) throw ctx.usageError(`unexpected arguments: [${ctx.args.join(' ')}]`)
    const { flags } = ctx
    let config = readKubeconfig(ctx)
    let current = config.currentContext
    if (flags.bool('minify')) {
      current = flags.string('context') || current
      config = minified(config, current)
    }
    const object = asObject(config, current, preferencesOf(config))
    const shown = flags.bool('raw') || flags.bool('flatten') ? object : (redacted(object) as typeof object)
    // As JSON its fields come in the order of Go's structs.
    if (flags.string('output') === 'json') ctx.line(JSON.stringify(shown, null, 4))
    else makePrinter(ctx)(shown)
    return 0
  },
}

function minified(config: Kubeconfig, current: string): Kubeconfig {
  if (!current) throw new CommandError('current-context must exist in order to minify')
  const context = config.contexts.get(current)
  if (!context) throw new CommandError(`cannot locate context ${current}`)
  const [cluster, user] = [textOf(context, 'cluster'), textOf(context, 'user')]
  if (cluster && !config.clusters.has(cluster)) throw new CommandError(`cannot locate cluster ${cluster}`)
  if (user && !config.users.has(user)) throw new CommandError(`cannot locate user ${user}`)
  const only = (map: Map<string, Dict>, name: string) => {
    const value = map.get(name)
    return new Map(value ? [[name, value]] : [])
  }
  return {
    ...config,
    clusters: only(config.clusters, cluster),
    contexts: new Map([[current, context]]),
    users: only(config.users, user),
  }
}

const secrets: Record<string, string> = dictionary({
  token: 'REDACTED',
  password: 'REDACTED',
  'client-key-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'certificate-authority-data': 'DATA+OMITTED',
})

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [key, secrets[key] && v ? secrets[key] : redacted(v)]),
  )
}

const getContexts: Command = {
  name: 'get-contexts',
  flags: 'no-headers output,o:s',
  *run(ctx) {
    const config = readKubeconfig(ctx)
    const output = ctx.flags.string('output')
    if (output && output !== 'name')
      throw new CommandError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      )
    const names = ctx.args.length ? [...ctx.args] : [...config.contexts.keys()]
    const missing = names.filter(name => !config.contexts.has(name))
    const writer = new TabWriter(text => ctx.out(text))
    if (!output && !ctx.flags.bool('no-headers'))
      writer.write('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n')
    for (const name of names.sort(byCodePoint)) {
      const context = config.contexts.get(name)
      if (!context) continue
      const { cluster = '', user = '', namespace = '' } = context
      const mark = name === config.currentContext ? '*' : ''
      writer.write(output ? `${name}\n` : `${mark}\t${name}\t${cluster}\t${user}\t${namespace}\n`)
    }
    writer.flush()
    if (missing.length)
      throw new AggregateFailure(missing.map(name => new CommandError(`context ${name} not found`)))
    return 0
  },
}

const currentContext: Command = {
  name: 'current-context',
  *run(ctx) {
    const { currentContext: current } = readKubeconfig(ctx)
    if (!current) throw new CommandError('current-context is not set')
    ctx.line(current)
    return 0
  },
}

const useContext: Command = {
  name: 'use-context',
  aliases: ['use'],
  *run(ctx) {
    if (ctx.args.length !== 1) throw unexpectedArgs(ctx)
    const [name = ''] = ctx.args
    const file = new ConfigFile(ctx)
    if (!file.config.contexts.has(name))
      throw new CommandError(`no context exists with the name: ${JSON.stringify(name)}`)
    file.currentContext = name
    file.save()
    ctx.line(`Switched to context ${JSON.stringify(name)}.`)
    return 0
  },
}

const renameContext: Command = {
  name: 'rename-context',
  *run(ctx) {
    const [from = '', to = ''] = ctx.args
    if (ctx.args.length !== 2) throw unexpectedArgs(ctx)
    const file = new ConfigFile(ctx)
    const refuse = (why: string) =>
      new CommandError(`cannot rename the context ${JSON.stringify(from)}, ${why} ${file.path}`)
    const context = file.config.contexts.get(from)
    if (!context) throw refuse("it's not in")
    if (file.config.contexts.has(to)) throw refuse(`the context ${JSON.stringify(to)} already exists in`)
    file.config.contexts.delete(from)
    file.config.contexts.set(to, context)
    if (file.currentContext === from) file.currentContext = to
    file.save()
    ctx.line(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.`)
    return 0
  },
}

function deleter(name: string, section: Section): Command {
  const word = entryName[section]
  return {
    name,
    *run(ctx) {
      const [target = ''] = ctx.args
      if (ctx.args.length !== 1) {
        // Two of the three show their help instead of a refusal.
        if (section === 'users') throw ctx.usageError('user to delete is required')
        return showHelp(ctx)
      }
      const file = new ConfigFile(ctx)
      if (!file.config[section].delete(target))
        throw new CommandError(`cannot delete ${word} ${target}, not in ${file.path}`)
      file.save()
      if (section === 'contexts' && file.currentContext === target)
        ctx.err(
          'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
        )
      ctx.line(`deleted ${word} ${target} from ${file.path}`)
      return 0
    },
  }
}

function lister(name: string, section: Section): Command {
  return {
    name,
    *run(ctx) {
      ctx.line('NAME')
      const names = [...readKubeconfig(ctx)[section].keys()].sort(byCodePoint)
      for (const each of names) ctx.line(each)
      return 0
    },
  }
}

const commands: readonly Command[] = [
  view,
  setCluster,
  setCredentials,
  setContext,
  setProperty,
  unsetProperty,
  currentContext,
  useContext,
  getContexts,
  lister('get-clusters', 'clusters'),
  lister('get-users', 'users'),
  deleter('delete-cluster', 'clusters'),
  deleter('delete-context', 'contexts'),
  deleter('delete-user', 'users'),
  renameContext,
]

export const config: Command = { name: 'config', help: 'stderr', commands }
