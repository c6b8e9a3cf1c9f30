// Commands about the cluster as a whole: version, api-resources, api-versions, cluster-info, options.

import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { groupVersion, qualifiedPlural, type Resource } from '../discovery.ts'
import { CommandError } from '../errors.ts'
import { helpTexts, showHelp } from '../help.ts'
import { TabWriter } from '../print/tab-writer.ts'
import { byCodePoint, jsonText } from '../print/values.ts'
import { find } from '../routing.ts'
import { clusterInfoDump } from './cluster-dump.ts'

const kustomizeVersion = 'v5.8.1'

export const version: Command = {
  name: 'version',
  flags: 'client output,o:s',
  *run(ctx) {
    const output = ctx.flags.string('output')
    if (output && output !== 'yaml' && output !== 'json')
      throw new CommandError("--output must be 'yaml' or 'json'")
    if (ctx.args.length) throw new CommandError(`extra arguments: [${ctx.args.join(' ')}]`)
    // The client is of the cluster's version, whichever server it is pointed at.
    const own = ctx.connection.api.handle({ method: 'GET', path: '/version' }).body
    const {
      emulationMajor: _a,
      emulationMinor: _b,
      minCompatibilityMajor: _c,
      minCompatibilityMinor: _d,
      ...client
    } = own
    let server: Version | undefined
    let failure: unknown
    if (!ctx.flags.bool('client'))
      try {
        server = ctx.client.call({ method: 'GET', path: '/version' })
      } catch (error) {
        failure = error
      }
    const all = {
      clientVersion: client,
      kustomizeVersion,
      ...(server && { serverVersion: server }),
    }
    if (output === 'yaml') ctx.line(stringifyYaml(all))
    else if (output === 'json') ctx.out(orderedJson(all))
    else {
      ctx.line(`Client Version: ${client.gitVersion}`)
      ctx.line(`Kustomize Version: ${kustomizeVersion}`)
      if (server) ctx.line(`Server Version: ${server.gitVersion}`)
    }
    if (failure) throw failure
    return 0
  },
}

/** What `/version` answers; kubectl's own has no more of it than this. */
interface Version {
  readonly gitVersion: string
}

/** Fields in the order of the Go struct, two blanks. */
const orderedJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const apiResources: Command = {
  name: 'api-resources',
  flags:
    'api-group:s cached categories:l namespaced=true no-headers output,o:s show-managed-fields sort-by:s verbs:l',
  // What is known of the API is never old here.
  unseen: 'cached',
  *run(ctx) {
    const { flags } = ctx
    if (ctx.args.length) throw ctx.usageError(`unexpected arguments: [${ctx.args.join(' ')}]`)
    const output = flags.string('output')
    const sortBy = flags.string('sort-by')
    if (!['', 'wide', 'name', 'json', 'yaml'].includes(output))
      throw new CommandError(`--output ${output} is not available`)
    if (!['', 'name', 'kind'].includes(sortBy)) throw new CommandError('--sort-by accepts only name or kind')
    const wanted = (r: Resource): boolean =>
      (!flags.changed('api-group') || r.group === flags.string('api-group')) &&
      (!flags.changed('namespaced') || r.namespaced === flags.bool('namespaced')) &&
      flags.list('verbs').every(verb => r.verbs.includes(verb)) &&
      flags.list('categories').every(category => r.categories.includes(category))
    const failure = ctx.discovery.failure()
    const list = failure ? [] : [...ctx.discovery.preferred.filter(wanted)]
    list.sort((a, b) => {
      if (sortBy === 'name') return byCodePoint(a.plural, b.plural)
      if (sortBy === 'kind') return byCodePoint(a.kind, b.kind)
      return byCodePoint(a.group, b.group) || byCodePoint(a.plural, b.plural)
    })
    if (output === 'json' || output === 'yaml') return printList(ctx, list)
    const writer = new TabWriter(text => ctx.out(text))
    if (output === 'name') for (const r of list) ctx.line(qualifiedPlural(r))
    else {
      const wide = output === 'wide'
      if (!flags.bool('no-headers'))
        writer.write(`NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${wide ? '\tVERBS\tCATEGORIES' : ''}\n`)
      for (const r of list) {
        const more = wide ? `\t${r.verbs.join(',')}\t${r.categories.join(',')}` : ''
        writer.write(
          `${r.plural}\t${r.shortNames.join(',')}\t${groupVersion(r)}\t${r.namespaced}\t${r.kind}${more}\n`,
        )
      }
    }
    writer.flush()
    if (failure) throw failure
    return 0
  },
}

function printList(ctx: Context, list: readonly Resource[]): number {
  const resources = list.map(r => ({
    name: r.plural,
    singularName: r.singular,
    namespaced: r.namespaced,
    ...(r.group && { group: r.group }),
    version: r.version,
    kind: r.kind,
    verbs: r.verbs,
    ...(r.shortNames.length && { shortNames: r.shortNames }),
    ...(r.categories.length && { categories: r.categories }),
  }))
  const object = { apiVersion: 'v1', groupVersion: '', kind: 'APIResourceList', resources }
  ctx.out(ctx.flags.string('output') === 'json' ? jsonText(object) : stringifyYaml(object))
  return 0
}

export const apiVersions: Command = {
  name: 'api-versions',
  *run(ctx) {
    if (ctx.args.length) throw ctx.usageError(`unexpected arguments: [${ctx.args.join(' ')}]`)
    const failure = ctx.discovery.failure()
    if (failure) throw new CommandError(`couldn't get available api versions from server: ${failure.message}`)
    for (const text of [...new Set(ctx.discovery.resources.map(groupVersion))].sort(byCodePoint))
      ctx.line(text)
    return 0
  },
}

export const clusterInfo: Command = {
  name: 'cluster-info',
  commands: [clusterInfoDump],
  *run(ctx) {
    const goodbye = () =>
      ctx.line("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")
    // Asked for as `services`, whose type the real client looks up.
    const failure = ctx.discovery.failure(5)
    if (failure) {
      goodbye()
      throw failure
    }
    const server = ctx.server.url
    ctx.line(`Kubernetes control plane is running at ${server}`)
    const { items } = ctx.client.list(ctx.discovery.known('services'), 'kube-system', {
      labelSelector: 'kubernetes.io/cluster-service=true',
    })
    for (const { metadata, spec } of items) {
      const [port] = spec.ports ?? []
      const name = metadata.labels?.['kubernetes.io/name'] || metadata.name
      const target = `${metadata.name}${port?.name ? `:${port.name}` : ''}`
      ctx.line(`${name} is running at ${server}/api/v1/namespaces/kube-system/services/${target}/proxy`)
    }
    goodbye()
    return 0
  },
}

export const options: Command = {
  name: 'options',
  flagHint: "Run 'kubectl options' without flags.",
  *run(ctx) {
    return showHelp(ctx)
  },
}

/** `kubectl help get`: what `kubectl get --help` says. */
export const help: Command = {
  name: 'help',
  *run(ctx) {
    const { command, path, word } = find(ctx.root, ctx.args)
    if (command !== ctx.root || word === undefined) return showHelp(ctx, path)
    // cobra prints the usage of the root then: its help without the long description.
    const usage = helpTexts().kubectl?.split(/\n\n(?=Basic Commands)/)[1]
    const topics = ctx.args.map(topic => `\`${topic}\``).join(' ')
    ctx.err(`Unknown help topic [${topics}]\n${usage ? `\n\n${usage}` : ''}`)
    return 0
  },
}
