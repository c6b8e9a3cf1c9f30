// kubectl config: reads and changes the kubeconfig (kubectl pkg/cmd/config, client-go tools/clientcmd).

import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Command } from '../command.ts'
import { printFlags } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { showHelp } from '../help.ts'
import { configPaths, type Kubeconfig, readKubeconfig } from '../kubeconfig.ts'
import { makePrinter } from '../print/printers.ts'
import { TabWriter } from '../print/tab-writer.ts'
import { byCodePoint, type Dict } from '../print/values.ts'

type Section = 'clusters' | 'contexts' | 'users'
const entryName: Record<Section, string> = { clusters: 'cluster', contexts: 'context', users: 'user' }

/** What a changing command works on: the merged config, written back to one file. */
class Editable {
  readonly config: Kubeconfig
  readonly path: string
  currentContext: string
  readonly #ctx: Context

  constructor(ctx: Context) {
    this.#ctx = ctx
    this.config = readKubeconfig(ctx)
    this.currentContext = this.config.currentContext
    const { paths } = configPaths(ctx)
    this.path = paths.find(path => ctx.process.files.exists(ctx.file(path))) ?? paths.at(-1)!
  }

  save(): void {
    const content = asObject(this.config, this.currentContext)
    const path = this.#ctx.file(this.path)
    const { files } = this.#ctx.process
    files.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { parents: true })
    files.write(path, stringifyYaml(content))
  }
}

function asObject(config: Kubeconfig, currentContext: string): Dict {
  const list = (section: Section) =>
    [...config[section]]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([name, value]) => ({ [entryName[section]]: value, name }))
  const or = (items: object[]) => (items.length ? items : null)
  return {
    apiVersion: 'v1',
    clusters: or(list('clusters')),
    contexts: or(list('contexts')),
    'current-context': currentContext,
    kind: 'Config',
    users: or(list('users')),
  }
}

const oneArgument = (ctx: Context): string => {
  if (ctx.args.length !== 1) {
    showHelp(ctx)
    throw new CommandError(`Unexpected args: [${ctx.args.join(' ')}]`)
  }
  return ctx.args[0]!
}

const view: Command = {
  name: 'view',
  flags: `${printFlags.replace('output,o:s', 'output,o:s=yaml')}flatten merge:s=true?true minify raw`,
  *run(ctx) {
    if (ctx.args.length) throw ctx.usageError(`unexpected arguments: [${ctx.args.join(' ')}]`)
    const { flags } = ctx
    let config = readKubeconfig(ctx)
    let current = config.currentContext
    if (flags.bool('minify')) {
      current = flags.string('context') || current
      config = minified(config, current)
    }
    const object = asObject(config, current)
    makePrinter(ctx)(flags.bool('raw') || flags.bool('flatten') ? object : redacted(object))
    return 0
  },
}

function minified(config: Kubeconfig, current: string): Kubeconfig {
  if (!current) throw new CommandError('current-context must exist in order to minify')
  const context = config.contexts.get(current)
  if (!context) throw new CommandError(`cannot locate context ${current}`)
  const only = (map: Map<string, Dict>, name: string | undefined) => {
    const value = name === undefined ? undefined : map.get(name)
    return new Map(value ? [[name!, value]] : [])
  }
  return {
    ...config,
    clusters: only(config.clusters, context.cluster),
    contexts: new Map([[current, context]]),
    users: only(config.users, context.user),
  }
}

const secrets: Record<string, string> = {
  token: 'REDACTED',
  password: 'REDACTED',
  'client-key-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'certificate-authority-data': 'DATA+OMITTED',
}

function redacted(value: any): any {
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
    if (output && output !== 'name') throw new CommandError(`output must be one of '' or 'name': ${output}`)
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
    if (missing.length) throw new CommandError(`context ${missing[0]} not found`)
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
    const name = oneArgument(ctx)
    const edit = new Editable(ctx)
    if (!edit.config.contexts.has(name))
      throw new CommandError(`no context exists with the name: ${JSON.stringify(name)}`)
    edit.currentContext = name
    edit.save()
    ctx.line(`Switched to context ${JSON.stringify(name)}.`)
    return 0
  },
}

const setContext: Command = {
  name: 'set-context',
  flags: 'cluster:s current namespace,n:s user:s',
  *run(ctx) {
    const { flags } = ctx
    const edit = new Editable(ctx)
    let [name] = ctx.args
    if (flags.bool('current')) {
      if (name !== undefined) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
      name = edit.currentContext
      if (!name) throw new CommandError('no current context is set')
    } else if (ctx.args.length !== 1) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
    const old = edit.config.contexts.get(name!)
    const changed: Dict = { ...old }
    for (const flag of ['cluster', 'namespace', 'user'])
      if (flags.changed(flag)) changed[flag] = flags.string(flag)
    edit.config.contexts.set(name!, changed)
    edit.save()
    ctx.line(`Context ${JSON.stringify(name)} ${old ? 'modified' : 'created'}.`)
    return 0
  },
}

const renameContext: Command = {
  name: 'rename-context',
  *run(ctx) {
    const [from, to] = ctx.args
    if (ctx.args.length !== 2) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
    const edit = new Editable(ctx)
    const context = edit.config.contexts.get(from!)
    if (!context)
      throw new CommandError(`cannot rename the context ${JSON.stringify(from)}, it's not in ${edit.path}`)
    if (edit.config.contexts.has(to!))
      throw new CommandError(
        `cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${edit.path}`,
      )
    edit.config.contexts.delete(from!)
    edit.config.contexts.set(to!, context)
    if (edit.currentContext === from) edit.currentContext = to!
    edit.save()
    ctx.line(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.`)
    return 0
  },
}

function deleter(name: string, section: Section): Command {
  const word = entryName[section]
  return {
    name,
    *run(ctx) {
      const target = oneArgument(ctx)
      const edit = new Editable(ctx)
      if (!edit.config[section].delete(target))
        throw new CommandError(`cannot delete ${word} ${target}, not in ${edit.path}`)
      edit.save()
      if (section === 'contexts' && edit.currentContext === target)
        ctx.err(
          'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
        )
      ctx.line(`deleted ${word} ${target} from ${edit.path}`)
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
      if (section === 'users' && names.length === 0) ctx.line('No users found.')
      for (const each of names) ctx.line(each)
      return 0
    },
  }
}

/** Where a property name leads: names of contexts and the like may hold dots. */
function resolve(edit: Editable, property: string): { container: Dict; key: string } | 'current-context' {
  if (property === 'current-context') return property
  const section = (Object.keys(entryName) as Section[]).find(s => property.startsWith(`${s}.`))
  if (!section) throw new CommandError(`unable to locate path ${property}`)
  const rest = property.slice(section.length + 1)
  const known = [...edit.config[section].keys()].filter(name => rest === name || rest.startsWith(`${name}.`))
  const name = known.sort((a, b) => b.length - a.length)[0] ?? rest.split('.')[0]!
  let container = edit.config[section].get(name)
  if (!container) {
    container = {}
    edit.config[section].set(name, container)
  }
  const steps = rest.slice(name.length + 1).split('.')
  while (steps.length > 1) {
    const step = steps.shift()!
    container[step] ??= {}
    container = container[step] as Dict
  }
  return { container, key: steps[0]! }
}

const setProperty: Command = {
  name: 'set',
  flags: 'set-raw-bytes:s=false?true',
  *run(ctx) {
    const [property, value] = ctx.args
    if (ctx.args.length !== 2) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
    const edit = new Editable(ctx)
    const at = resolve(edit, property!)
    if (at === 'current-context') edit.currentContext = value!
    else at.container[at.key] = value === 'true' ? true : value === 'false' ? false : value
    edit.save()
    ctx.line(`Property ${JSON.stringify(property)} set.`)
    return 0
  },
}

const unsetProperty: Command = {
  name: 'unset',
  *run(ctx) {
    const property = oneArgument(ctx)
    const edit = new Editable(ctx)
    if ((Object.keys(entryName) as string[]).includes(property)) edit.config[property as Section].clear()
    else {
      const at = resolve(edit, property)
      if (at === 'current-context') edit.currentContext = ''
      else if (at.key) delete at.container[at.key]
      else {
        const section = property.split('.')[0] as Section
        edit.config[section].delete(property.slice(section.length + 1))
      }
    }
    edit.save()
    ctx.line(`Property ${JSON.stringify(property)} unset.`)
    return 0
  },
}

/** set-cluster and set-credentials: flags become fields of the entry of the same name. */
function setter(name: string, section: Section, flags: string, word: string): Command {
  return {
    name,
    flags: `${flags} embed-certs:s=false?true`,
    *run(ctx) {
      if (ctx.args.length !== 1) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
      const edit = new Editable(ctx)
      const changed: Dict = { ...edit.config[section].get(ctx.args[0]!) }
      for (const { name: flag } of ctx.flags.shown())
        if (flags.includes(flag)) {
          const value = ctx.flags.string(flag)
          changed[flag] = value === 'true' ? true : value === 'false' ? false : value
        }
      edit.config[section].set(ctx.args[0]!, changed)
      edit.save()
      ctx.line(`${word} ${JSON.stringify(ctx.args[0])} set.`)
      return 0
    },
  }
}

const commands: readonly Command[] = [
  view,
  setter(
    'set-cluster',
    'clusters',
    'certificate-authority:s insecure-skip-tls-verify:s=false?true proxy-url:s server:s tls-server-name:s',
    'Cluster',
  ),
  setter(
    'set-credentials',
    'users',
    'client-certificate:s client-key:s password:s token:s username:s',
    'User',
  ),
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
