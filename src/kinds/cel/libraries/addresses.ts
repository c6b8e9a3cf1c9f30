// Addresses: k8s.io/apiserver/pkg/cel/library/{ip,cidr,urls}.go.

import {
  type Address,
  contains,
  formatAddress,
  formatCIDR,
  type Network,
  networkStart,
  parseAddress,
  parseCIDR,
} from '../../machinery/ip.ts'
import { goQuote } from '../../machinery/quote.ts'
import { fail, type Library } from './library.ts'

class IP {
  readonly address: Address
  constructor(address: Address) {
    this.address = address
  }
  toString(): string {
    return formatAddress(this.address)
  }
}

class CIDR {
  readonly network: Network
  constructor(network: Network) {
    this.network = network
  }
  toString(): string {
    return `${formatAddress(this.network.address)}/${this.network.bits}`
  }
}

/** As netip.ParseAddr reads it: no leading zeros, no IPv4 in IPv6. */
function strictIP(text: string): Address | undefined {
  const address = parseAddress(text)
  return address && !address.sloppy && !address.mapped ? address : undefined
}

const strictCIDR = (text: string): Network | undefined => {
  const network = parseCIDR(text)
  return network && !network.address.sloppy && !network.address.mapped ? network : undefined
}

const ip = (text: string): IP => {
  const address = strictIP(text)
  return address
    ? new IP(address)
    : fail(`IP Address ${goQuote(text)} parse error during conversion from string: unable to parse IP`)
}

const cidr = (text: string): CIDR => {
  const network = strictCIDR(text)
  return network
    ? new CIDR(network)
    : fail(`network address parse error during conversion from string: no '/'`)
}

/** Whether the first bits of an address are these. */
const begins = ({ address }: IP, network: string): boolean => contains(parseCIDR(network)!, address)

const families: readonly (readonly [string, string, string])[] = [
  ['isUnspecified', '0.0.0.0/32', '::/128'],
  ['isLoopback', '127.0.0.0/8', '::1/128'],
  ['isLinkLocalMulticast', '224.0.0.0/24', 'ff02::/16'],
  ['isLinkLocalUnicast', '169.254.0.0/16', 'fe80::/10'],
]

export const addresses: Library = environment => {
  environment.registerType('net.IP', IP).registerType('net.CIDR', CIDR)
  const method = (signature: string, handler: (...args: never[]) => unknown) =>
    environment.registerFunction(signature, handler)
  method('isIP(string): bool', (text: string) => strictIP(text) !== undefined)
  method('ip(string): net.IP', ip)
  method('string(net.IP): string', String)
  method('net.IP.family(): int', (a: IP) => BigInt(a.address.family))
  for (const [name, four, six] of families)
    method(`net.IP.${name}(): bool`, (a: IP) => begins(a, a.address.family === 4 ? four : six))
  method(
    'net.IP.isGlobalUnicast(): bool',
    (a: IP) =>
      !families.some(([, four, six]) => begins(a, a.address.family === 4 ? four : six)) &&
      !begins(a, a.address.family === 4 ? '224.0.0.0/4' : 'ff00::/8') &&
      a.toString() !== '255.255.255.255',
  )
  environment.registerOperator('net.IP == net.IP', (a: IP, b: IP) => String(a) === String(b))
  method('isCIDR(string): bool', (text: string) => strictCIDR(text) !== undefined)
  method('cidr(string): net.CIDR', cidr)
  method('string(net.CIDR): string', String)
  method('net.CIDR.ip(): net.IP', (c: CIDR) => new IP(c.network.address))
  method('net.CIDR.prefixLength(): int', (c: CIDR) => BigInt(c.network.bits))
  method('net.CIDR.masked(): net.CIDR', (c: CIDR) => cidr(formatCIDR(c.network)))
  method('net.CIDR.containsIP(net.IP): bool', (c: CIDR, a: IP) => contains(c.network, a.address))
  method('net.CIDR.containsIP(string): bool', (c: CIDR, a: string) => contains(c.network, ip(a).address))
  const containsCIDR = (outer: CIDR, { network }: CIDR) =>
    network.bits >= outer.network.bits &&
    contains(outer.network, { family: network.address.family, value: networkStart(network) })
  method('net.CIDR.containsCIDR(net.CIDR): bool', containsCIDR)
  method('net.CIDR.containsCIDR(string): bool', (c: CIDR, other: string) => containsCIDR(c, cidr(other)))
  environment.registerOperator('net.CIDR == net.CIDR', (a: CIDR, b: CIDR) => String(a) === String(b))
}
