// Plugins that know names: kubernetes, hosts, forward and whoami.
import type { DnsRecord, DnsReply } from '../../engine/network.ts'
import { CorefileError } from './corefile.ts'
import {
  fallsThrough,
  inZones,
  type Plugin,
  plainName,
  type Question,
  serverFailure,
  unknownName,
  wrong,
  wrongArguments,
} from './plugin.ts'

const isAddress = (text: string): boolean => /^\d+(\.\d+){3}$/.test(text)
/** How long the plugin forward waits for an answer: documented as two seconds. */
const forwardTimeoutMs = 2000

const kubernetesOptions = new Set([
  'endpoint',
  'tls',
  'kubeconfig',
  'apiserver_qps',
  'apiserver_burst',
  'apiserver_max_inflight',
  'namespaces',
  'labels',
  'pods',
  'endpoint_pod_names',
  'ttl',
  'noendpoints',
  'fallthrough',
  'ignore',
  'multicluster',
  'startup_timeout',
  'namespace_labels',
])

export const kubernetes: Plugin = setup => {
  const { directive, sources, upstream } = setup
  const zones = (directive.args.length ? directive.args : setup.zones).map(plainName)
  const option = (name: string) => directive.block.find(({ words }) => words[0] === name)
  for (const { words, line } of directive.block)
    if (!kubernetesOptions.has(words[0]!)) throw wrong(setup, `unknown property '${words[0]}'`, line)
  const [, pods = 'disabled'] = option('pods')?.words ?? []
  if (!['disabled', 'insecure', 'verified'].includes(pods))
    throw wrong(setup, `wrong value for pods: ${pods},  must be one of: disabled, verified, insecure`)
  const [, seconds = '5'] = option('ttl')?.words ?? []
  const ttl = Number(seconds)
  if (!/^\d+$/.test(seconds) || ttl > 3600)
    throw wrong(setup, `ttl must be in range [0, 3600]: ${seconds}`, option('ttl')!.line)
  const spaces = option('namespaces')?.words.slice(1) ?? []
  return next =>
    function* (question) {
      const asked = plainName(question.name)
      const found = sources.kubernetes(zones, question)
      if (!found) return yield* next(question)
      const labels = zones
        .filter(z => asked.endsWith(`.${z}`))
        .map(z => asked.slice(0, -z.length - 1).split('.'))
      const hidden = labels.some(
        all =>
          (all.at(-1) === 'pod' && all.length > 1 && pods === 'disabled') ||
          (spaces.length > 0 && all.length > 1 && !spaces.includes(all.at(-2)!)),
      )
      const reply = hidden ? unknownName : found
      if (reply.code === 'NXDOMAIN' && fallsThrough(directive, asked)) return yield* next(question)
      const records = reply.records.map(record => ({ ...record, ttl }))
      return { ...reply, records: yield* followed(records, question) }
    }

  /** An ExternalName's target is looked up too: in the zone it counts only where there is something. */
  function* followed(records: readonly DnsRecord[], question: Question) {
    const all: DnsRecord[] = []
    for (const record of records) {
      if (record.type !== 'CNAME' || question.type === 'CNAME') {
        all.push(record)
        continue
      }
      const target: string = record.data
      const name = plainName(target)
      // A name that leads back to itself leads nowhere.
      const loops = name === plainName(question.name) || hops(question) > 7
      const reply: DnsReply | undefined = loops
        ? undefined
        : yield* upstream({ ...question, name: target, hops: hops(question) + 1 } as Question)
      const found = reply?.records ?? []
      if (inZones(name, zones) && found.length === 0) continue
      if (reply && reply.code !== 'SERVFAIL') all.push(record, ...found)
    }
    return all
  }
}

const hops = (question: Question & { readonly hops?: number }): number => question.hops ?? 0

/** Lines of `ADDRESS NAME…`, in its block or in a file. */
export const hosts: Plugin = setup => {
  const { directive, process } = setup
  const [file, ...zones] = directive.args
  const own = (zones.length ? zones : setup.zones).map(plainName)
  const byName = new Map<string, string[]>()
  const byAddress = new Map<string, string[]>()
  const add = (address: string, names: readonly string[]) => {
    for (const name of names.map(plainName)) {
      byName.set(name, [...(byName.get(name) ?? []), address])
      byAddress.set(address, [...(byAddress.get(address) ?? []), name])
    }
  }
  const path = file ?? '/etc/hosts'
  if (process.files.exists(path))
    for (const line of process.files.read(path).split('\n')) {
      const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
      if (isAddress(address)) add(address, names)
    }
  let ttl = 3600
  let reverse = true
  for (const { words, line } of directive.block) {
    const [word = '', ...rest] = words
    if (isAddress(word) || word.includes('::')) add(word, rest)
    else if (word === 'ttl') {
      ttl = Number(rest[0])
      if (rest.length !== 1) throw wrongArguments(setup, rest.at(-1) ?? 'ttl', line)
      if (!(ttl > 0 && ttl <= 65_535)) throw wrong(setup, 'ttl provided is invalid', line)
    } else if (word === 'no_reverse') reverse = false
    else if (word !== 'fallthrough' && word !== 'reload')
      throw wrong(setup, `unknown property '${word}'`, line)
  }
  return next =>
    function* (question) {
      const name = plainName(question.name)
      if (question.type === 'PTR' && reverse) {
        const address = name
          .replace(/\.in-addr\.arpa$/, '')
          .split('.')
          .reverse()
          .join('.')
        const names = byAddress.get(address)
        if (names) return reply(question, names, ttl)
        return yield* next(question)
      }
      const addresses = inZones(name, own) ? byName.get(name) : undefined
      if (addresses) return reply(question, question.type === 'A' ? addresses.filter(isAddress) : [], ttl)
      if (!inZones(name, own) || fallsThrough(directive, name)) return yield* next(question)
      return unknownName
    }
}

const reply = ({ name, type }: Question, data: readonly string[], ttl: number): DnsReply => ({
  code: 'NOERROR',
  records: data.map(each => ({ name, type, data: each, ttl })),
})

const forwardOptions = new Set([
  'except',
  'force_tcp',
  'prefer_udp',
  'expire',
  'max_fails',
  'max_connect_attempts',
  'tls',
  'tls_servername',
  'policy',
  'health_check',
  'max_concurrent',
  'max_age',
  'max_idle_conns',
  'next',
  'failfast_all_unhealthy_upstreams',
  'failover',
])

/** `forward FROM TO…`: to other name servers; /etc/resolv.conf stands for the machine's own. */
export const forward: Plugin = setup => {
  const { directive, process, sources } = setup
  const [from, ...to] = directive.args
  if (from === undefined || to.length === 0)
    throw wrongArguments(setup, directive.args.at(-1) ?? directive.name)
  const servers = to.map(text => {
    const bare = text.replace(/^(dns|tls):\/\//, '').replace(/:\d+$/, '')
    if (isAddress(bare)) return bare
    if (process.files.exists(text) || text === '/etc/resolv.conf') return 'outside'
    throw new CorefileError(`plugin/forward: not an IP address or file: ${JSON.stringify(text)}`)
  })
  const except: string[] = []
  for (const { words, line } of directive.block) {
    if (!forwardOptions.has(words[0]!)) throw wrong(setup, `unknown property '${words[0]}'`, line)
    if (words[0] === 'except') except.push(...words.slice(1).map(plainName))
  }
  const zone = plainName(from)
  let turn = 0
  return next =>
    function* (question) {
      const name = plainName(question.name)
      if (!inZones(name, [zone]) || (except.length && inZones(name, except))) return yield* next(question)
      for (let tries = 0; tries < servers.length; tries++) {
        const server = servers[turn++ % servers.length]!
        if (server === 'outside') return sources.outside(question)
        const answer = yield* process.network.query(question.name, question.type, forwardTimeoutMs, server)
        if (answer.ok) return answer.value
        const why = answer.error.type === 'refused' ? 'read: connection refused' : 'i/o timeout'
        process.stdout.write(
          `[ERROR] plugin/errors: 2 ${name}. ${question.type}: read udp ${process.network.address}:${question.from.port}->${server}:53: ${why}\n`,
        )
      }
      return serverFailure
    }
}

/** A made-up answer that says who asked. */
export const whoami: Plugin = () => () =>
  function* (question) {
    const { name, from } = question
    return { code: 'NOERROR', records: [{ name, type: 'A', data: from.address, ttl: 0 }] }
  }
