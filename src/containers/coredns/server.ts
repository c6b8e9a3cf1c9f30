// A CoreDNS with its configuration: server blocks by zone, each a chain of plugins in the order of plugin.cfg, whatever
// the order in the Corefile.
import type { DnsSources } from '../../engine/network.ts'
import type { Process } from '../../engine/process.ts'
import { corefileJson, parseCorefile, type ServerBlock } from './corefile.ts'
import { forward, hosts, kubernetes, whoami } from './names.ts'
import { inZone, type Plugin, plainName, type Resolve } from './plugin.ts'
import { cache, chain, interval, log, rewrite, template } from './rules.ts'

/** Those that answer or change answers, as plugin.cfg orders them. */
const acting: readonly (readonly [string, Plugin])[] = [
  ['log', log],
  ['cache', cache],
  ['rewrite', rewrite],
  ['template', template],
  ['hosts', hosts],
  ['kubernetes', kubernetes],
  ['forward', forward],
  ['whoami', whoami],
]

/** The others that the CoreDNS of a cluster is built with. Those of the second list answer nothing here, and say so. */
const silent = [
  'errors',
  'health',
  'ready',
  'prometheus',
  'loop',
  'reload',
  'loadbalance',
  'bufsize',
  'cancel',
  'debug',
  'bind',
  'root',
  'nsid',
  'pprof',
  'timeouts',
  'header',
  'metadata',
  'minimal',
  'local',
  'import',
]
const unserved = [
  'acl',
  'any',
  'auto',
  'autopath',
  'azure',
  'chaos',
  'clouddns',
  'dns64',
  'dnssec',
  'dnstap',
  'erratic',
  'etcd',
  'file',
  'geoip',
  'grpc',
  'grpc_server',
  'https',
  'https3',
  'k8s_external',
  'multisocket',
  'nomad',
  'on',
  'quic',
  'route53',
  'secondary',
  'sign',
  'tls',
  'trace',
  'transfer',
  'tsig',
  'view',
]
const known = new Set([...acting.map(([name]) => name), ...silent, ...unserved])

export interface Configuration {
  /** `.:53` of each block, as the log shows them. */
  readonly addresses: readonly string[]
  readonly json: string
  /** Names of what the configuration has and does not act here. */
  readonly unserved: readonly string[]
  readonly has: (plugin: string) => boolean
  /** Where a plugin listens: the port of its first argument. */
  readonly portOf: (plugin: string, fallback: number) => number
  readonly reload: { readonly everyMs: number; readonly jitterMs: number } | undefined
  readonly lameduckMs: number
  readonly resolve: Resolve
}

/** Throws a CorefileError. */
export function configure(process: Process, sources: DnsSources, text: string, file: string): Configuration {
  const blocks = parseCorefile(text, file, known)
  const servers = blocks.map(block => ({ ...addressOf(block), block }))
  const chains: { zones: string[]; resolve: Resolve }[] = []
  const resolve: Resolve = question => {
    const name = plainName(question.name)
    const best = chains
      .flatMap(each => each.zones.map(zone => ({ zone, each })))
      .filter(({ zone }) => inZone(name, zone))
      .sort((a, b) => b.zone.length - a.zone.length)[0]
    return best ? best.each.resolve(question) : refused()
  }
  for (const { block, zones } of servers) {
    const plugins = acting.flatMap(([name, plugin]) =>
      block.directives
        .filter(directive => directive.name === name)
        .flatMap(directive => plugin({ process, sources, file, directive, zones, upstream: resolve }) ?? []),
    )
    chains.push({ zones, resolve: chain(plugins, refused) })
  }
  const all = blocks.flatMap(({ directives }) => directives)
  const find = (name: string) => all.find(each => each.name === name)
  const reload = find('reload')
  const lameduck = find('health')?.block.find(({ words }) => words[0] === 'lameduck')?.words[1]
  return {
    addresses: servers.flatMap(({ zones, port }) => zones.map(zone => `${zone}.:${port}`)),
    json: corefileJson(blocks, file),
    unserved: [...new Set(all.map(({ name }) => name).filter(name => unserved.includes(name)))],
    has: name => find(name) !== undefined,
    portOf: (name, fallback) => Number(/:(\d+)$/.exec(find(name)?.args[0] ?? '')?.[1] ?? fallback),
    reload: reload && {
      everyMs: interval(reload.args[0], 30_000),
      jitterMs: interval(reload.args[1], interval(reload.args[0], 30_000) / 2),
    },
    lameduckMs: interval(lameduck, 0),
    resolve,
  }
}

function addressOf({ keys }: ServerBlock): { zones: string[]; port: string } {
  const parts = keys.map(key => /^(?:dns:\/\/)?(.*?)(?::(\d+))?$/.exec(key)!)
  return { zones: parts.map(([, zone = '']) => plainName(zone)), port: parts[0]?.[2] ?? '53' }
}

/** No plugin answers: REFUSED, which a client takes for a failure. */
function* refused() {
  return { code: 'SERVFAIL' as const, records: [] }
}
