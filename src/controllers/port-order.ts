// The order in which controllers write the ports of Endpoints and EndpointSlices: that of the FNV-1a hashes (128 bits) of
// what Go's spew prints of each. Rules: pkg/api/v1/endpoints/util.go (portsByHash), k8s.io/endpointslice/util
// (portsInOrder, deepHashObjectToString); MD5 until 1.34.
import { toBytes } from '../engine/bytes.ts'

export interface EndpointPort {
  readonly name?: string
  readonly port?: number
  readonly protocol?: string
  readonly appProtocol?: string
}

/** What spew prints of a port of Endpoints. */
export const dumpOfPort = ({ name = '', port = 0, protocol = '', appProtocol }: EndpointPort): string =>
  `(v1.EndpointPort){Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:${pointer('string', appProtocol)}}`

/** Ports of Endpoints in their order. */
export const inEndpoints = <P extends EndpointPort>(ports: readonly P[]): P[] => ordered(ports, dumpOfPort)

/** Ports of an EndpointSlice in their order. */
export const inSlice = <P extends EndpointPort>(ports: readonly P[]): P[] =>
  ordered(
    ports,
    ({ name, port, protocol, appProtocol }) =>
      `(v1.EndpointPort){Name:${pointer('string', name)} Protocol:${pointer('v1.Protocol', protocol)} Port:${pointer('int32', port)} AppProtocol:${pointer('string', appProtocol)}}`,
  )

export const pointer = (type: string, value: string | number | undefined): string =>
  `(*${type})${value ?? '<nil>'}`

function ordered<P>(ports: readonly P[], dump: (port: P) => string): P[] {
  if (ports.length < 2) return [...ports]
  return ports
    .map(port => ({ port, hash: hashOf(dump(port)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .map(({ port }) => port)
}

const offset = 0x6c62272e07bb014262b821756295c58dn
const prime = 0x13bn + (1n << 88n)
const bits = (1n << 128n) - 1n
/** The same few ports are asked for again with each pod that changes. */
const known = new Map<string, bigint>()
const mostKnown = 1000

export function hashOf(text: string): bigint {
  let hash = known.get(text)
  if (hash !== undefined) return hash
  hash = offset
  for (const byte of toBytes(text)) hash = ((hash ^ BigInt(byte)) * prime) & bits
  if (known.size === mostKnown) known.clear()
  known.set(text, hash)
  return hash
}
