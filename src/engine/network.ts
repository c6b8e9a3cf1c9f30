// The network as a program sees it: names, HTTP and plain TCP connections, listening ports. Who carries it (a pod's
// network, a node's, the workstation's) is another matter: see src/network.
import type { Task } from './task.ts'

export interface HttpRequest {
  readonly method: string
  /** Path with query, `/` at least. */
  readonly path: string
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** It comes by TLS. */
  readonly secure?: boolean
  /** How long the caller waits, for a server that asks another one for it. */
  readonly patienceMs?: number
  /** Address and port of the caller as the server sees them (after any translation). */
  readonly from: { readonly address: string; readonly port: number }
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why there was no answer: the words a client prints differ, so this says only what happened. */
export type NetworkError =
  | { readonly type: 'refused' }
  | { readonly type: 'timeout' }
  | { readonly type: 'no-route' }
  | { readonly type: 'unknown-host'; readonly host: string }
  /** Connected, but the other side closed or spoke something else; `abrupt`: before it had read what was sent. */
  | { readonly type: 'reset'; readonly abrupt?: boolean }
  /** The client began with TLS, and the server speaks without. */
  | { readonly type: 'plain' }

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: NetworkError }

export interface DnsRecord {
  readonly name: string
  readonly type: 'A' | 'CNAME' | 'SRV' | 'PTR'
  readonly data: string
  readonly ttl: number
}

export interface DnsAnswer {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL'
  readonly server: string
  readonly records: readonly DnsRecord[]
}

export interface Listener {
  close(): void
}

/**
 * A server: called for each request, as a task of the serving process. Undefined: it closes the connection without an
 * answer, as one does that speaks another protocol.
 */
export type HttpHandler = (request: HttpRequest) => Task<HttpResponse | undefined>

export interface DnsQuestion {
  readonly name: string
  readonly type: DnsRecord['type']
}

export type DnsReply = Omit<DnsAnswer, 'server'>

/** A name server: called for each query. Undefined: it stays silent. */
export type DnsHandler = (
  question: DnsQuestion & { readonly from: { readonly address: string; readonly port: number } },
) => Task<DnsReply | undefined>

/** What a name server of the cluster can ask: the cluster's own objects, and the name servers outside. */
export interface DnsSources {
  /** A name of the cluster in one of these zones; undefined where it is in none. */
  kubernetes(zones: readonly string[], question: DnsQuestion): DnsReply | undefined
  outside(question: DnsQuestion): DnsReply
}

/** How the servers that speak TLS do: only so, or as whoever comes. All others speak without. */
const securities = new WeakMap<HttpHandler, 'tls' | 'either'>()

function speaking(handler: HttpHandler, how: 'tls' | 'either'): HttpHandler {
  const own: HttpHandler = request => handler(request)
  securities.set(own, how)
  return own
}

/** A server that takes part by TLS only. Who comes without it is told so, in the words of Go's net/http. */
export const byTls = (handler: HttpHandler): HttpHandler => speaking(handler, 'tls')

/** A stand-in of which nobody knows how the real one speaks. */
export const byEither = (handler: HttpHandler): HttpHandler => speaking(handler, 'either')

/** `own`, which speaks as the server does that it stands before. */
export function standingBefore(handler: HttpHandler, own: HttpHandler): HttpHandler {
  const security = securities.get(handler)
  if (security) securities.set(own, security)
  return own
}

export const securityOf = (handler: HttpHandler): 'tls' | 'either' | undefined => securities.get(handler)

/** A network card of a machine or container that has more than the usual one. */
export interface Interface {
  /** With its prefix length: `172.17.0.2/16`. */
  readonly address: string
  readonly gateway: string
  readonly mac: string
}

export interface Network {
  /** Own address on this network. */
  readonly address: string
  /** Its cards, where there may be several or none. */
  readonly interfaces?: readonly Interface[] | undefined
  /** The ports that are open at this address, in order. */
  readonly listening?: readonly number[]
  /** Serves HTTP (or, without a handler, accepts connections) on a port of every own address; undefined where it is taken. */
  listen(port: number, handler?: HttpHandler, dns?: DnsHandler): Listener | undefined
  /** Opens a TCP connection and closes it, as a TCP probe or `nc -z` does. */
  connect(host: string, port: number, timeoutMs: number): Task<Result<{ address: string }>>
  http(
    /** `address`: what the caller has found for the name already. */
    url: { readonly host: string; readonly port: number; readonly address?: string },
    request: Omit<HttpRequest, 'from'>,
    timeoutMs: number,
  ): Task<Result<HttpResponse & { readonly address: string }>>
  /** One query as given: no search list; to the machine's own name server, where no `server` is given. */
  query(name: string, type: DnsRecord['type'], timeoutMs: number, server?: string): Task<Result<DnsAnswer>>
  /**
   * Name to addresses as the C library does it: /etc/hosts, then the search list of /etc/resolv.conf. `request`: what it
   * is looked up for, for those who trace requests.
   */
  lookup(
    name: string,
    request?: { readonly method: string; readonly path: string },
  ): Task<Result<readonly string[]>>
  /** kube-proxy's part, on a node: its service rules follow the API until this is closed; then they stay as they are. */
  keepServiceRules?(): Listener
}
