// The network of a container: one namespace that may stand on several of docker's bridges at once, each with an address of
// its own. What it listens to is open on all of them, also on those that it joins later.
import type {
  DnsAnswer,
  DnsHandler,
  DnsRecord,
  HttpHandler,
  HttpRequest,
  HttpResponse,
  Interface,
  Listener,
  Network,
  NetworkError,
  Result,
} from '../../engine/network.ts'
import { isLoopback, standingBefore } from '../../engine/network.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Attachment, KnownName } from '../daemon/machine.ts'
import { isWithin } from './addresses.ts'
import { Traffic } from './traffic.ts'

/** A bridge with the place of this container on it. */
interface Place {
  readonly attachment: Attachment
  /** `172.17.0.0/16` */
  readonly subnet: string
  readonly gateway: string
  readonly mac: string
  readonly internal: boolean
}

interface Port {
  readonly handler: HttpHandler | undefined
  readonly dns: DnsHandler | undefined
  readonly address: string | undefined
  readonly open: Map<Place, Listener>
}

export interface NamespaceOptions {
  /** A place on no bridge at all: its own loopback. */
  readonly alone: () => Attachment
  /** What docker's own name server tells it. */
  readonly served: () => readonly KnownName[]
  /** The addresses of every bridge that the daemon has. */
  readonly subnets: () => readonly string[]
  /** Waits until its processes run, where they are paused; false where that takes longer. */
  readonly awake: (patienceMs: number) => Task<boolean>
}

/** Docker's name server is a process of the same machine: an estimate. */
const serveMs = 0.5
const loopback = /^(127\.|localhost\.?$)/

export class ContainerNetwork implements Network {
  readonly #options: NamespaceOptions
  readonly #places = new Map<string, Place>()
  readonly #ports = new Map<number, Port>()
  readonly #alone: Place
  readonly traffic = new Traffic()

  constructor(options: NamespaceOptions) {
    this.#options = options
    this.#alone = { attachment: options.alone(), subnet: '', gateway: '', mac: '', internal: true }
  }

  /** Puts it on a bridge. */
  join(name: string, place: Place): void {
    this.#places.set(name, place)
    for (const [port, entry] of this.#ports) this.#open(port, entry, place)
  }

  part(name: string): void {
    const place = this.#places.get(name)
    if (!place) return
    for (const { open } of this.#ports.values()) {
      open.get(place)?.close()
      open.delete(place)
    }
    place.attachment.leave()
    this.#places.delete(name)
  }

  /** The namespace goes. */
  close(): void {
    for (const name of [...this.#places.keys()]) this.part(name)
    this.#alone.attachment.leave()
  }

  get #first(): Place {
    return this.#places.values().next().value ?? this.#alone
  }

  get address(): string {
    return this.#places.size ? this.#first.attachment.network.address : ''
  }

  get listening(): readonly number[] {
    return [...this.#ports.keys()].sort((a, b) => a - b)
  }

  get interfaces(): readonly Interface[] {
    return [...this.#places.values()].map(({ attachment, subnet, gateway, mac }) => ({
      address: `${attachment.network.address}/${subnet.split('/')[1]}`,
      gateway,
      mac,
    }))
  }

  get loopback(): readonly number[] {
    return this.listening.filter(port => isLoopback(this.#ports.get(port)?.address ?? ''))
  }

  listen(port: number, handler?: HttpHandler, dns?: DnsHandler, address?: string): Listener | undefined {
    if (this.#ports.has(port)) return undefined
    const { awake } = this.#options
    const served = handler && standingBefore(handler, paused(handler, awake))
    const entry: Port = { handler: served && this.traffic.counting(served), dns, address, open: new Map() }
    this.#ports.set(port, entry)
    for (const place of [this.#alone, ...this.#places.values()]) this.#open(port, entry, place)
    return {
      close: () => {
        for (const listener of entry.open.values()) listener.close()
        if (this.#ports.get(port) === entry) this.#ports.delete(port)
      },
    }
  }

  #open(port: number, { handler, dns, address, open }: Port, place: Place): void {
    const listener = place.attachment.network.listen(port, handler, dns, address)
    if (listener) open.set(place, listener)
  }

  *connect(host: string, port: number, timeoutMs: number): Task<Result<{ address: string }>> {
    const way = yield* this.#way(host, timeoutMs)
    return way.ok ? yield* way.value.network.connect(way.value.address, port, timeoutMs) : way
  }

  *http(
    url: { readonly host: string; readonly port: number; readonly address?: string },
    request: Omit<HttpRequest, 'from'>,
    timeoutMs: number,
  ): Task<Result<HttpResponse & { readonly address: string }>> {
    const way = yield* this.#way(url.address ?? url.host, timeoutMs)
    if (!way.ok) return way
    const { network, address } = way.value
    const response = yield* network.http({ ...url, address }, request, timeoutMs)
    if (network !== this.#alone.attachment.network)
      this.traffic.asked(request, response.ok ? response.value : undefined)
    return response
  }

  /** Docker's own name server answers for its containers, and asks the machine's for all else. */
  *query(name: string, type: DnsRecord['type'], timeoutMs: number, server?: string): Task<Result<DnsAnswer>> {
    const known = this.#options.served().filter(({ names }) => names.includes(name.replace(/\.$/, '')))
    if (known.length === 0) return yield* this.#first.attachment.network.query(name, type, timeoutMs, server)
    yield* sleep(serveMs)
    const records =
      type === 'A' ? known.map(({ address }): DnsRecord => ({ name, type, data: address, ttl: 600 })) : []
    return { ok: true, value: { code: 'NOERROR', server: '127.0.0.11', records } }
  }

  lookup(name: string) {
    return this.#first.attachment.network.lookup(name)
  }

  /** The place that leads to a name or address: containers on a bridge that this one is not on are not reached. */
  *#way(host: string, timeoutMs: number): Task<Result<{ network: Network; address: string }>> {
    if (loopback.test(host))
      return { ok: true, value: { network: this.#alone.attachment.network, address: '127.0.0.1' } }
    const found = yield* this.lookup(host)
    if (!found.ok) return found
    const address = found.value[0]!
    if (loopback.test(address))
      return { ok: true, value: { network: this.#alone.attachment.network, address } }
    const places = [...this.#places.values()]
    const near = places.find(({ subnet }) => isWithin(subnet, address))
    if (near) return { ok: true, value: { network: near.attachment.network, address } }
    const gate = places.find(({ internal }) => !internal)
    if (!gate) return fail({ type: 'no-route' })
    if (this.#options.subnets().some(subnet => isWithin(subnet, address))) {
      yield* sleep(timeoutMs)
      return fail({ type: 'timeout' })
    }
    return { ok: true, value: { network: gate.attachment.network, address } }
  }
}

/** A server of processes that may be paused: the kernel takes the connection, and nobody answers. */
const paused = (handler: HttpHandler, awake: NamespaceOptions['awake']): HttpHandler =>
  function* (request) {
    const isAwake = yield* awake(request.patienceMs ?? Number.POSITIVE_INFINITY)
    return isAwake ? yield* handler(request) : undefined
  }

const fail = (error: NetworkError) => ({ ok: false as const, error })
