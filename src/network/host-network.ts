// The network as one process sees it: the Network of the process interface over a host of the cluster's network. Names
// are looked up as the C library does: literal addresses, /etc/hosts, then the search list of resolv.conf under ndots.
import {
  type DnsAnswer,
  type DnsHandler,
  type DnsRecord,
  type DnsReply,
  type HttpHandler,
  type HttpRequest,
  type HttpResponse,
  type Listener,
  type Network,
  protocolOf,
  type Result,
} from '../engine/network.ts'
import { sleep, type Task } from '../engine/task.ts'
import { parseAddress } from './addresses.ts'
import type { ClusterNetwork } from './cluster-network.ts'
import type { Host } from './host.ts'
import type { Hop } from './trace.ts'

/** What /etc/resolv.conf and /etc/hosts say. */
export interface Resolver {
  /** Undefined: a name server outside the cluster, for which every name is unknown, or `silent` which does not answer. */
  readonly nameserver: string | undefined | 'silent'
  readonly search: readonly string[]
  readonly ndots: number
  readonly hosts: readonly { readonly address: string; readonly names: readonly string[] }[]
}

/** `timeout` of a resolver, as documented in resolv.conf(5). */
const dnsTimeoutMs = 5000

export class HostNetwork implements Network {
  readonly host: Host
  readonly #cluster: ClusterNetwork
  readonly #resolver: () => Resolver

  constructor(cluster: ClusterNetwork, host: Host, resolver: () => Resolver) {
    this.#cluster = cluster
    this.host = host
    this.#resolver = resolver
  }

  get address(): string {
    return this.host.address
  }

  get listening(): readonly number[] {
    return this.host.ports
  }

  get loopback(): readonly number[] {
    return this.host.loopback
  }

  protocol(port: number): string | undefined {
    const handler = this.host.service(port)?.handler
    return handler && protocolOf(handler)
  }

  listen(port: number, handler?: HttpHandler, dns?: DnsHandler, address?: string): Listener | undefined {
    return this.host.listen(port, handler, dns, address)
  }

  keepServiceRules(): Listener {
    const { services } = this.#cluster
    const { node } = this.host
    services.follow(node)
    return { close: () => services.freeze(node) }
  }

  *connect(host: string, port: number, timeoutMs: number): Task<Result<{ address: string }>> {
    const found = yield* this.lookup(host)
    if (!found.ok) return found
    const address = found.value[0]!
    const destination = this.#cluster.routing.destination(this.host, address, port)
    if (!destination.ok) return yield* this.#cluster.fail(destination.error, timeoutMs)
    yield* sleep(0.3)
    return { ok: true, value: { address } }
  }

  *http(
    url: { readonly host: string; readonly port: number; readonly address?: string },
    request: Omit<HttpRequest, 'from'>,
    timeoutMs: number,
  ): Task<Result<HttpResponse & { readonly address: string }>> {
    const { host } = url
    const found = url.address === undefined ? yield* this.lookup(host, request) : undefined
    if (found?.ok === false) return found
    const address = url.address ?? found!.value[0]!
    const hops = address === host ? [] : this.#lookedUp(host)
    return yield* this.#cluster.exchange(this.host, address, url.port, request, timeoutMs, hops)
  }

  *query(
    name: string,
    type: DnsRecord['type'],
    timeoutMs: number,
    server = this.#resolver().nameserver,
  ): Task<Result<DnsAnswer>> {
    const { dns, outside } = this.#cluster
    const isSilent = server === 'silent' ? !outside : server && dns.fault === 'silent'
    if (isSilent) return yield* this.#cluster.fail({ type: 'timeout' }, timeoutMs)
    if (server === undefined || server === 'silent') {
      yield* sleep(1)
      return { ok: true, value: { server: '10.0.2.1', ...dns.outside({ name, type }) } }
    }
    const destination = this.#cluster.routing.destination(this.host, server, 53, 'UDP')
    if (!destination.ok) return yield* this.#cluster.fail(destination.error, timeoutMs)
    yield* sleep(0.3)
    const handler = destination.service.dns
    const from = { address: destination.from, port: this.#cluster.dnsClientPort() }
    const reply = dns.fault === 'servfail' ? failed : yield* handler?.({ name, type, from }) ?? nobody()
    if (!reply) return yield* this.#cluster.fail({ type: 'timeout' }, timeoutMs)
    yield* sleep(0.3)
    return { ok: true, value: { server, ...reply } }
  }

  /** The hop of a name that was asked for. */
  #lookedUp(name: string): Hop[] {
    const { nameserver } = this.#resolver()
    return nameserver && nameserver !== 'silent'
      ? [{ type: 'dns', address: nameserver, name, node: this.host.node }]
      : []
  }

  *lookup(
    name: string,
    request?: Pick<HttpRequest, 'method' | 'path' | 'aside'>,
  ): Task<Result<readonly string[]>> {
    const found = yield* this.#find(name)
    if (!found.ok && request) this.#cluster.failed(this.host, request, found.error, this.#lookedUp(name))
    return found
  }

  *#find(name: string): Task<Result<readonly string[]>> {
    if (!Number.isNaN(parseAddress(name))) return { ok: true, value: [name] }
    const { hosts, search, ndots } = this.#resolver()
    const bare = name.replace(/\.$/, '')
    if (bare === 'localhost') return { ok: true, value: ['127.0.0.1'] }
    const local = hosts.filter(h => h.names.includes(bare)).map(h => h.address)
    if (local.length) return { ok: true, value: local }
    for (const candidate of candidates(name, search, ndots)) {
      let answer = yield* this.query(candidate, 'A', dnsTimeoutMs)
      if (!answer.ok) answer = yield* this.query(candidate, 'A', dnsTimeoutMs) // the resolver asks twice
      if (!answer.ok) return { ok: false, error: { type: 'unknown-host', host: name } }
      const addresses = answer.value.records.filter(r => r.type === 'A').map(r => r.data)
      if (addresses.length) return { ok: true, value: addresses }
    }
    return { ok: false, error: { type: 'unknown-host', host: name } }
  }
}

const failed: DnsReply = { code: 'SERVFAIL', records: [] }
function* nobody(): Task<undefined> {}

/** The full names to ask for, in the resolver's order. */
export function candidates(name: string, search: readonly string[], ndots: number): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const listed = search.map(domain => `${name}.${domain}`)
  const dots = name.split('.').length - 1
  return dots >= ndots ? [name, ...listed] : [...listed, name]
}
