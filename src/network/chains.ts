// The names of kube-proxy's chains, by which the network counts connections: pkg/proxy/util, pkg/proxy/iptables.
import { toBytes } from '../engine/bytes.ts'
import { sha256 } from '../engine/sha256.ts'
import type { Service, ServicePort } from '../kinds/schema/types.ts'
import type { Endpoint } from './services.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const names = new Map<string, string>()

/** The first 16 letters of the base32 of a SHA-256: what makes chain names unique. */
export function chainName(prefix: string, text: string): string {
  const key = prefix + text
  let name = names.get(key)
  if (!name) {
    const digest = sha256(toBytes(text))
    let bits = ''
    for (const digit of digest.slice(0, 20)) bits += Number.parseInt(digit, 16).toString(2).padStart(4, '0')
    name = prefix
    for (let i = 0; i < 16; i++) name += base32[Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2)]
    names.set(key, name)
  }
  return name
}

type NamedPort = Pick<ServicePort, 'name' | 'protocol'>

/** The chain of a service port, by which the network counts connections. */
export const serviceChain = (service: Service, port: NamedPort): string =>
  chainName('KUBE-SVC-', portName(service, port) + protocolOf(port))

export const endpointChain = (
  service: Service,
  port: NamedPort,
  endpoint: Pick<Endpoint, 'address' | 'port'>,
): string =>
  chainName('KUBE-SEP-', `${portName(service, port)}${protocolOf(port)}${endpoint.address}:${endpoint.port}`)

export const protocolOf = (port: NamedPort): string => (port.protocol ?? 'TCP').toLowerCase()
export const portName = ({ metadata }: Service, port: NamedPort): string =>
  `${metadata.namespace}/${metadata.name}${port.name ? `:${port.name}` : ''}`
