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
  /** The name that the client asks for when TLS begins; none where it knows an address only. */
  readonly serverName?: string
  /** Whether the client goes on, once it has seen the server's certificate; without it any will do. */
  readonly accepts?: (certificate: ServerCertificate | undefined) => boolean
  /** How long the caller waits, for a server that asks another one for it. */
  readonly patienceMs?: number
  /** Its process is none of the container's own: somebody's by exec, or a probe. */
  readonly aside?: boolean
  /** Address and port of the caller as the server sees them (after any translation). */
  readonly from: { readonly address: string; readonly port: number }
}

/** What a server shows of itself when TLS begins. */
export interface ServerCertificate {
  /** `O=Example; CN=web`, as curl writes it. */
  readonly subject: string
  readonly issuer: string
  /** Its common name, for certificates without other names. */
  readonly commonName: string | undefined
  /** The names and addresses that it is for. */
  readonly names: readonly string[]
  /** ms since 1970. */
  readonly from: number
  readonly to: number
  /** Itself, as PEM, where it is written down. */
  readonly pem?: string
  /** Whether a certificate of this PEM text has signed it. */
  isSignedBy(authorities: string): boolean
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

/** Is it an address that only who is on the same machine reaches? */
export const isLoopback = (address: string): boolean => /^(127\.|localhost$|\[?::1\]?$)/.test(address)

export interface Listener {
  close(): void
}

/**
 * A server: called for each request, as a task of the serving process. Undefined: it closes the connection without an
 * answer, as one does that speaks another protocol. `abrupt`: before it has read what was sent, as a proxy does that gets no
 * connection itself.
 */
export type HttpHandler = (request: HttpRequest) => Task<HttpResponse | undefined | 'abrupt'>

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

/** What a server shows to who asks for that name; undefined where nobody has said what. */
export type Certificates = (serverName: string | undefined) => ServerCertificate | undefined

interface Security {
  /** Only by TLS, or as whoever comes. */
  readonly how: 'tls' | 'either'
  readonly certificates?: Certificates | undefined
}

/** How the servers that speak TLS do. All others speak without. */
const securities = new WeakMap<HttpHandler, Security>()

function speaking(handler: HttpHandler, security: Security): HttpHandler {
  const own: HttpHandler = request => handler(request)
  securities.set(own, security)
  return own
}

/** A server that takes part by TLS only. Who comes without it is told so, in the words of Go's net/http. */
export const byTls = (handler: HttpHandler, certificates?: Certificates): HttpHandler =>
  speaking(handler, { how: 'tls', certificates })

/** A stand-in of which nobody knows how the real one speaks. */
export const byEither = (handler: HttpHandler): HttpHandler => speaking(handler, { how: 'either' })

/** Servers that speak another protocol than HTTP, and which: `REDIS`. */
const protocols = new WeakMap<HttpHandler, string>()

/** A server of that protocol: what is asked of it comes as a request with that method. */
export function byProtocol(protocol: string, handler: HttpHandler): HttpHandler {
  protocols.set(handler, protocol)
  return handler
}

/** Undefined: HTTP. */
export const protocolOf = (handler: HttpHandler): string | undefined => protocols.get(handler)

/** `own`, which speaks as the server does that it stands before. */
export function standingBefore(handler: HttpHandler, own: HttpHandler): HttpHandler {
  const protocol = protocols.get(handler)
  if (protocol) protocols.set(own, protocol)
  const security = securities.get(handler)
  if (security) securities.set(own, security)
  return own
}

export const securityOf = (handler: HttpHandler): Security | undefined => securities.get(handler)

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
  /** Those of them that only who is here too can reach: they are open on 127.0.0.1 alone. */
  readonly loopback?: readonly number[]
  /** What the server on an open port of this address speaks, where that is not HTTP: `REDIS`. */
  protocol?(port: number): string | undefined
  /**
   * Serves HTTP (or, without a handler, accepts connections) on a port of every own address, or of 127.0.0.1 alone where
   * `address` is of the loopback; undefined where it is taken.
   */
  listen(port: number, handler?: HttpHandler, dns?: DnsHandler, address?: string): Listener | undefined
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
