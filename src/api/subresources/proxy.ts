// pods/proxy, services/proxy and nodes/proxy: the API server passes a request on to a pod, to an endpoint of a service or
// to a node's kubelet. pkg/registry/core/{pod,service,node}/…, ResourceLocation; apimachinery's util/proxy (transport.go,
// upgradeaware.go). Left out: upgrades to other protocols.
import { byteLength } from '../../engine/bytes.ts'
import type { HttpResponse, NetworkError } from '../../engine/network.ts'
import type { Task } from '../../engine/task.ts'
import type { Node, Pod, Service } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { badRequest, failure, notFound, notFoundPath, serviceUnavailable } from '../errors.ts'
import type { NodeConnector, ProxyStream } from '../types.ts'
import { get } from '../verbs/read.ts'

const kubeletPort = 10250
/** How long a dial lasts: documented (Go's net/http). */
const dialMs = 30_000

interface Target {
  readonly address: string
  readonly port: number
  readonly scheme: string
  /** Answers instead of what listens there: the kubelet, over a connection that is trusted. */
  readonly kubelet?: NodeConnector
}

/** What `PATH/proxy/…` opens; throws where there is nobody to ask. */
export function proxy(call: Call): ProxyStream {
  const { resource, name } = call
  const target = targets[resource.table]
  if (!target || name === undefined) throw notFoundPath()
  const to = target(call, splitName(call, name))
  return { type: 'proxy', http: request => pass(call, to, request), close() {} }
}

/** `[scheme:]name[:port]` */
function splitName({ resource }: Call, id: string): { scheme: string; name: string; port: string } {
  const parts = id.split(':')
  const [scheme = '', name = '', port = ''] = parts.length === 3 ? parts : ['', ...parts]
  if (parts.length > 3 || !name || !['', 'http', 'https'].includes(scheme))
    throw badRequest(`invalid ${resource.singular} request ${JSON.stringify(id)}`)
  return { scheme: scheme || 'http', name, port }
}

type Asked = ReturnType<typeof splitName>

const targets: Readonly<Record<string, (call: Call, asked: Asked) => Target>> = {
  pods(call, { scheme, name, port }) {
    const { spec, status } = get({ ...call, name }).object as Pod
    if (!status.podIP) throw badRequest('address not allowed')
    const first = spec.containers.flatMap(c => c.ports?.slice(0, 1) ?? [])[0]?.containerPort
    return { address: status.podIP, port: portNumber(port || String(first ?? 80)), scheme }
  },

  services(call, { scheme, name, port }) {
    const { ports = [] } = (get({ ...call, name }).object as Service).spec
    let portName = port
    if (/^\d+$/.test(port)) {
      const found = ports.find(p => p.port === Number(port))
      if (!found)
        throw serviceUnavailable(`no service port ${port} found for service ${JSON.stringify(name)}`)
      portName = found.name ?? ''
    }
    const endpoints = call.server.lookup('endpoints', call.namespace, name)
    const places = (endpoints?.subsets ?? []).flatMap(({ addresses = [], ports: open = [] }) =>
      open
        .filter(p => (p.name ?? '') === portName)
        .flatMap(p => addresses.map(({ ip }) => ({ address: ip, port: p.port, scheme }))),
    )
    if (!places.length) throw serviceUnavailable(`no endpoints available for service ${JSON.stringify(name)}`)
    return places.length === 1 ? places[0]! : call.server.engine.random.pick(places)
  },

  nodes(call, { scheme, name, port }) {
    const { status } = get({ ...call, name }).object as Node
    const address = status?.addresses?.find(a => a.type === 'InternalIP')?.address ?? ''
    const asked = port ? portNumber(port) : kubeletPort
    if (asked !== kubeletPort) return { address, port: asked, scheme }
    const kubelet = call.server.nodes.get(name)
    if (!kubelet) throw notFound({ group: '', plural: 'nodes' }, name)
    return { address, port: asked, scheme, kubelet }
  },
}

const portNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)

function* pass(
  call: Call,
  { address, port, scheme, kubelet }: Target,
  { method, headers, body }: Parameters<ProxyStream['http']>[0],
): Task<HttpResponse> {
  const [prefix = '', rest = ''] = splitPath(call.request.path)
  // Relative links of a page would lead astray without the slash.
  if (!rest && (method === 'GET' || method === 'HEAD')) return movedTo(`${prefix}/`)
  const path = `${rest || '/'}${call.request.search ?? searchOf(call.query)}`
  const dial = `dial tcp ${address}:${port}: `
  if (kubelet) {
    const problem = kubelet.unreachable?.()
    if (problem || !kubelet.http) return unreachable(`${dial}connect: ${problem ?? 'connection refused'}`)
    return kubelet.http({ method, path, headers, body })
  }
  const { network } = call.server
  if (!network || Number.isNaN(port)) return unreachable(`dial tcp: lookup tcp/${port}: unknown port`)
  const got = yield* network.http(
    { host: address, port },
    {
      method,
      path,
      headers: { ...headers, host: `${address}:${port}` },
      body,
      secure: scheme === 'https',
    },
    dialMs,
  )
  if (!got.ok) return unreachable(reasons[got.error.type](dial))
  const { address: _, ...answer } = got.value
  return rewritten(answer, prefix)
}

const reasons: Record<NetworkError['type'], (dial: string) => string> = {
  refused: dial => `${dial}connect: connection refused`,
  timeout: dial => `${dial}i/o timeout`,
  'no-route': dial => `${dial}connect: no route to host`,
  'unknown-host': dial => `${dial}no such host`,
  reset: () => 'EOF',
  plain: () => 'http: server gave HTTP response to HTTPS client',
}

function unreachable(why: string): HttpResponse {
  const { status } = failure(503, 'ServiceUnavailable', `error trying to reach service: ${why}`)
  const body = `${JSON.stringify(status, null, 2)}\n`
  return { status: 503, headers: { 'content-type': 'application/json' }, body }
}

/** Up to `/proxy`, and what follows. */
function splitPath(path: string): [string, string] {
  const at = /^\/api\/v1\/(?:namespaces\/[^/]+\/)?[^/]+\/[^/]+\/proxy/.exec(path)?.[0].length ?? path.length
  return [path.slice(0, at), path.slice(at)]
}

function searchOf(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
  return pairs.length ? `?${pairs.join('&')}` : ''
}

const movedTo = (location: string): HttpResponse => ({
  status: 301,
  headers: { location, 'content-type': 'text/html; charset=utf-8' },
  body: `<a href="${location}">Moved Permanently</a>.\n\n`,
})

/** Addresses on the same host, in pages and in Location, are led through the proxy. */
function rewritten(answer: HttpResponse, prefix: string): HttpResponse {
  const through = (url: string) =>
    url.startsWith('/') && !url.startsWith('//') && !url.startsWith(prefix) ? prefix + url : url
  const { location, 'content-type': type = '' } = answer.headers
  const headers = location === undefined ? answer.headers : { ...answer.headers, location: through(location) }
  if (!type.startsWith('text/html')) return { ...answer, headers }
  const body = answer.body.replace(
    /(<[^>]*\s(?:href|src|action|cite|background|data|longdesc|usemap|formaction|manifest|poster)=")([^"]*)"/g,
    (_, before: string, url: string) => `${before}${through(url)}"`,
  )
  const length = String(byteLength(body))
  return {
    ...answer,
    headers: 'content-length' in headers ? { ...headers, 'content-length': length } : headers,
    body,
  }
}
