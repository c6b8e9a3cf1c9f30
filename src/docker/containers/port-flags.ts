// `-p` and `--expose`: github.com/docker/go-connections/nat, with its words.
import type { PortBinding } from '../daemon/state.ts'
import { DockerError } from '../errors.ts'

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= 65_535

/** `8000-8009` or `8000`; undefined where it is neither. */
function range(text: string): { first: number; last: number } | undefined {
  const [first = '', last = first, more] = text.split('-')
  if (more !== undefined || !isPort(first) || !isPort(last)) return undefined
  return Number(last) < Number(first) ? undefined : { first: Number(first), last: Number(last) }
}

/** `[IP:][HOST]:CONTAINER[/PROTOCOL]`, where HOST and CONTAINER may be ranges; or fields `target=80,published=8080`. */
export function parsePorts(specs: readonly string[]): PortBinding[] {
  return specs.flatMap(spec => (/^[\w_]+=/.test(spec) ? byFields(spec) : parsePort(spec)))
}

function byFields(spec: string): PortBinding[] {
  const fields = new Map(spec.split(',').map(each => each.split(/=(.*)/s) as [string, string]))
  const target = fields.get('target') ?? ''
  if (!isPort(target)) throw new DockerError(`invalid target port (${target}): value must be an integer`)
  const protocol = fields.get('protocol') ?? 'tcp'
  return [
    {
      port: `${Number(target)}/${protocol}`,
      hostAddress: '',
      hostPort: Number(fields.get('published') ?? 0),
    },
  ]
}

function parsePort(raw: string): PortBinding[] {
  const slash = raw.indexOf('/')
  const spec = slash < 0 ? raw : raw.slice(0, slash)
  const protocol = slash < 0 ? 'tcp' : raw.slice(slash + 1).toLowerCase()
  const { address, host, target } = split(spec)
  if (address && !isAddress(address)) throw new DockerError(`invalid IP address: ${address}`)
  if (target === '') throw new DockerError(`no port specified: ${raw}<empty>`)
  const inner = range(target)
  if (!inner) throw new DockerError(`invalid containerPort: ${target}`)
  const outer = host === '' ? undefined : range(host)
  if (host !== '' && !outer) throw new DockerError(`invalid hostPort: ${host}`)
  if (outer && outer.last - outer.first !== inner.last - inner.first && inner.first !== inner.last)
    throw new DockerError(`invalid ranges specified for container and host Ports: ${target} and ${host}`)
  if (!/^(tcp|udp|sctp)$/.test(protocol)) throw new DockerError(`invalid proto: ${protocol}`)
  const bindings: PortBinding[] = []
  for (let port = inner.first; port <= inner.last; port++)
    bindings.push({
      port: `${port}/${protocol}`,
      hostAddress: address,
      hostPort: outer ? outer.first + port - inner.first : 0,
    })
  return bindings
}

/** `::1` comes in brackets. */
function split(spec: string): { address: string; host: string; target: string } {
  const parts = spec.split(':')
  if (parts.length === 1) return { address: '', host: '', target: spec }
  const target = parts.pop()!
  const host = parts.pop()!
  return { address: parts.join(':').replace(/^\[|\]$/g, ''), host, target }
}

function isAddress(text: string): boolean {
  if (/^(\d{1,3})(\.\d{1,3}){3}$/.test(text)) return true
  const isWhole = text.includes('::') || text.split(':').length === 8
  return isWhole && /^[0-9a-fA-F:]+$/.test(text)
}

/** `3000/tcp` of everything that is exposed or published. */
export function exposedPorts(specs: readonly string[], bindings: readonly PortBinding[]): string[] {
  const all = new Set(bindings.map(({ port }) => port))
  for (const spec of specs) {
    const [ports = '', protocol = 'tcp'] = spec.split('/')
    if (ports.includes(':')) throw new DockerError(`invalid port format for --expose: ${spec}`)
    const found = range(ports)
    if (!found)
      throw new DockerError(
        `invalid range format for --expose: ${spec}, error: invalid start port '${ports}': invalid syntax`,
      )
    for (let port = found.first; port <= found.last; port++) all.add(`${port}/${protocol}`)
  }
  return [...all]
}

export interface ShownPort {
  readonly port: number
  readonly protocol: string
  /** Empty where it is only exposed. */
  readonly address: string
  readonly hostPort: number
}

const joined = (address: string, port: string): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

/** As `docker ps` lists them: neighbours together, those under another number last (formatter.DisplayablePorts). */
export function displayPorts(ports: readonly ShownPort[]): string {
  const groups = new Map<string, { first: number; last: number }>()
  const done: string[] = []
  const mapped: string[] = []
  const text = (key: string, { first, last }: { first: number; last: number }): string => {
    const cut = key.lastIndexOf('/')
    const [address, protocol] = cut < 0 ? ['', key] : [key.slice(0, cut), key.slice(cut + 1)]
    const group = first === last ? String(first) : `${first}-${last}`
    return `${address ? `${joined(address, group)}->` : ''}${group}/${protocol}`
  }
  const order = (a: ShownPort, b: ShownPort): number =>
    a.port - b.port ||
    (a.address < b.address ? -1 : a.address > b.address ? 1 : 0) ||
    a.hostPort - b.hostPort ||
    (a.protocol < b.protocol ? -1 : 1)
  for (const { port, protocol, address, hostPort } of [...ports].sort(order)) {
    if (address && hostPort !== port) {
      mapped.push(`${joined(address, String(hostPort))}->${port}/${protocol}`)
      continue
    }
    const key = address ? `${address}/${protocol}` : protocol
    const group = groups.get(key)
    if (!group) groups.set(key, { first: port, last: port })
    else if (port === group.last + 1) group.last = port
    else {
      done.push(text(key, group))
      groups.set(key, { first: port, last: port })
    }
  }
  for (const [key, group] of groups) done.push(text(key, group))
  return [...done, ...mapped].join(', ')
}
