// kubectl config set-cluster, set-credentials and set-context: flags become fields of an entry
// (kubectl pkg/cmd/config/set_cluster.go, set_credentials.go, set_context.go).
import { encodeBase64 } from '../../engine/bytes.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { type Dict, dictOf, listOf } from '../print/values.ts'
import { ConfigFile } from './config-file.ts'
import { unexpectedArgs } from './config-property.ts'

/** The one name that is given. */
function entryNamed(ctx: Context, what: string, word?: string): string {
  const [name = ''] = ctx.args
  if (ctx.args.length !== 1) throw unexpectedArgs(ctx, word)
  if (!name) throw new CommandError(`you must specify a non-empty ${what} name`)
  return name
}

/** A file by its path, or with --embed-certs by its content. */
function withFile(ctx: Context, file: ConfigFile, entry: Dict, flag: string): Dict {
  if (!ctx.flags.changed(flag)) return entry
  const path = ctx.flags.string(flag)
  const { [flag]: _path, [`${flag}-data`]: _data, ...rest } = entry
  if (!path) return rest
  return ctx.flags.bool('embed-certs')
    ? { ...rest, [`${flag}-data`]: encodeBase64(ctx.process.files.read(ctx.file(path))) }
    : { ...rest, [flag]: file.relative(path) }
}

function mustExist(ctx: Context, flag: string): void {
  const path = ctx.flags.string(flag)
  if (path && !ctx.process.files.exists(ctx.file(path)))
    throw new CommandError(`could not stat ${flag} file ${path}: stat ${path}: no such file or directory`)
}

export const setCluster: Command = {
  name: 'set-cluster',
  flags: `certificate-authority:s embed-certs insecure-skip-tls-verify proxy-url:s server:s
    tls-server-name:s`,
  *run(ctx) {
    const { flags } = ctx
    const name = entryNamed(ctx, 'cluster')
    const insecure = flags.bool('insecure-skip-tls-verify')
    const authority = flags.string('certificate-authority')
    if (insecure && authority)
      throw new CommandError('you cannot specify a certificate authority and insecure mode at the same time')
    if (flags.bool('embed-certs')) {
      if (!authority) throw new CommandError('you must specify a --certificate-authority to embed')
      mustExist(ctx, 'certificate-authority')
    }
    const file = new ConfigFile(ctx)
    let entry: Dict = { ...file.config.clusters.get(name) }
    for (const flag of ['server', 'tls-server-name', 'proxy-url'])
      if (flags.changed(flag)) entry[flag] = flags.string(flag)
    if (flags.changed('insecure-skip-tls-verify')) {
      entry['insecure-skip-tls-verify'] = insecure
      // An authority makes no sense then.
      if (insecure)
        entry = {
          ...entry,
          'certificate-authority': undefined,
          'certificate-authority-data': undefined,
        }
    }
    if (authority) entry['insecure-skip-tls-verify'] = false
    entry = withFile(ctx, file, entry, 'certificate-authority')
    file.config.clusters.set(name, entry)
    file.save()
    ctx.line(`Cluster ${JSON.stringify(name)} set.`)
    return 0
  },
}

export const setCredentials: Command = {
  name: 'set-credentials',
  flags: `auth-provider:s auth-provider-arg:a client-certificate:s client-key:s embed-certs exec-api-version:s
    exec-arg:a exec-command:s exec-env:a exec-interactive-mode:s exec-provide-cluster-info password:s token:s username:s`,
  *run(ctx) {
    const { flags } = ctx
    const name = entryNamed(ctx, 'user', 'unexpected')
    const exec = execOf(ctx)
    const given = (...names: string[]) => names.some(each => flags.string(each))
    const methods = [
      ...(given('token') ? ['--token'] : []),
      ...(given('username', 'password') ? ['--username/--password'] : []),
    ]
    if (methods.length > 1)
      throw new CommandError(
        `you cannot specify more than one authentication method at the same time: ${methods.join(', ')}`,
      )
    if (flags.bool('embed-certs')) {
      if (!given('client-certificate', 'client-key'))
        throw new CommandError('you must specify a --client-certificate or --client-key to embed')
      mustExist(ctx, 'client-certificate')
      mustExist(ctx, 'client-key')
    }
    const file = new ConfigFile(ctx)
    let entry: Dict = { ...file.config.users.get(name) }
    for (const flag of ['client-certificate', 'client-key']) entry = withFile(ctx, file, entry, flag)
    const [token, basic] = [flags.changed('token'), flags.changed('username') || flags.changed('password')]
    for (const flag of ['token', 'username', 'password'])
      if (flags.changed(flag)) entry[flag] = flags.string(flag)
    if (basic && !token) delete entry.token
    if (token && !basic) entry = { ...entry, username: undefined, password: undefined }
    if (flags.changed('auth-provider') || flags.changed('auth-provider-arg'))
      entry['auth-provider'] = providerOf(ctx, dictOf(entry, 'auth-provider'))
    if (exec) {
      const old = dictOf(entry, 'exec')
      const kept = listOf(old, 'env').filter(each => !exec.env.some(({ name }) => name === each.name))
      const env = [...kept, ...exec.env]
      entry.exec = { ...old, ...exec, env: env.length ? env : null }
    }
    file.config.users.set(name, entry)
    file.save()
    ctx.line(`User ${JSON.stringify(name)} set.`)
    return 0
  },
}

function providerOf(ctx: Context, old: Dict): Dict {
  const config = { ...dictOf(old, 'config') }
  for (const text of ctx.flags.list('auth-provider-arg')) {
    const [key = '', value] = text.split(/=(.*)/s)
    if (value === undefined && !text.endsWith('-'))
      throw new CommandError(`Error: invalid auth-provider-arg format: ${text}`)
    if (value === undefined) delete config[key.slice(0, -1)]
    else config[key] = value
  }
  return {
    config: Object.keys(config).length ? config : null,
    name: ctx.flags.string('auth-provider') || old.name,
  }
}

/** An outside program that gives credentials; it is written down, and never run here. */
function execOf(ctx: Context) {
  const { flags } = ctx
  const env = flags.list('exec-env').map(text => {
    const [name = '', value] = text.split(/=(.*)/s)
    if (value === undefined) {
      const error = unexpectedArgs(ctx)
      error.message = `invalid exec-env format: ${text}`
      throw error
    }
    return { name, value }
  })
  if (!flags.changed('exec-command')) return undefined
  return {
    command: flags.string('exec-command'),
    args: flags.list('exec-arg').length ? flags.list('exec-arg') : null,
    env,
    ...(flags.string('exec-api-version') && { apiVersion: flags.string('exec-api-version') }),
    provideClusterInfo: flags.bool('exec-provide-cluster-info'),
    ...(flags.string('exec-interactive-mode') && { interactiveMode: flags.string('exec-interactive-mode') }),
  }
}

export const setContext: Command = {
  name: 'set-context',
  flags: 'cluster:s current namespace,n:s user:s',
  *run(ctx) {
    const { flags } = ctx
    if (ctx.args.length > 1) throw unexpectedArgs(ctx)
    let [name = ''] = ctx.args
    const current = flags.bool('current')
    if (!name && !current) throw new CommandError('you must specify a non-empty context name or --current')
    if (name && current) throw new CommandError('you cannot specify both a context name and --current')
    const file = new ConfigFile(ctx)
    if (current) {
      name = file.currentContext
      if (!name) throw new CommandError('no current context is set')
    }
    const old = file.config.contexts.get(name)
    const changed: Dict = { ...old }
    for (const flag of ['cluster', 'namespace', 'user'])
      if (flags.changed(flag)) changed[flag] = flags.string(flag)
    file.config.contexts.set(name, changed)
    file.save()
    ctx.line(`Context ${JSON.stringify(name)} ${old ? 'modified' : 'created'}.`)
    return 0
  },
}
