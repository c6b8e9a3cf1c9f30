// IP addresses and CIDRs: parsing as Go's net and netip do, canonical forms, and the errors of
// apimachinery/pkg/util/validation/ip.go (strict, as StrictIPCIDRValidation is on).

import { type FieldError, invalid } from './field-error.ts'
import { goQuote } from './quote.ts'

export interface Address {
  readonly family: 4 | 6
  readonly value: bigint
  /** Written with leading zeros, which the strict parser refuses. */
  readonly sloppy: boolean
  /** `::ffff:10.0.0.1`. */
  readonly mapped: boolean
}

function parseIPv4(text: string): { value: bigint; sloppy: boolean } | undefined {
  const parts = text.split('.')
  if (
    parts.length !== 4 ||
    !parts.every(part => /^\d+$/.test(part) && part.length <= 10 && Number(part) <= 255)
  )
    return undefined
  return {
    value: parts.reduce((sum, part) => (sum << 8n) | BigInt(Number(part)), 0n),
    sloppy: parts.some(part => part.length > 1 && part.startsWith('0')),
  }
}

export function parseAddress(text: string): Address | undefined {
  const v4 = parseIPv4(text)
  if (v4) return { family: 4, ...v4, mapped: false }
  if (!text.includes(':') || /[^0-9a-fA-F:.]/.test(text)) return undefined
  let sloppy = false
  const groups = (half: string): bigint[] | undefined => {
    const list: bigint[] = []
    if (!half) return list
    const parts = half.split(':')
    for (const [i, part] of parts.entries()) {
      if (part.includes('.')) {
        const tail = i === parts.length - 1 ? parseIPv4(part) : undefined
        if (!tail) return undefined
        sloppy ||= tail.sloppy
        list.push(tail.value >> 16n, tail.value & 0xffffn)
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) list.push(BigInt(`0x${part}`))
      else return undefined
    }
    return list
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const left = groups(halves[0]!)
  const right = halves.length === 2 ? groups(halves[1]!) : []
  if (!left || !right) return undefined
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const value = [...left, ...Array<bigint>(missing).fill(0n), ...right].reduce(
    (sum, g) => (sum << 16n) | g,
    0n,
  )
  if (value >> 32n === 0xffffn) return { family: 4, value: value & 0xffffffffn, sloppy, mapped: true }
  return { family: 6, value, sloppy, mapped: false }
}

/** Canonical text: dotted for IPv4, RFC 5952 for IPv6. */
export function formatAddress({ family, value }: Pick<Address, 'family' | 'value'>): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  let best = { start: -1, length: 1 }
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && groups[i + length] === '0') length++
    if (length > best.length) best = { start: i, length }
  }
  if (best.start < 0) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}

/** As nearly all of them are written. */
const plainIPv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

/** IsValidIPForLegacyField. */
export function validateIP(text: string, field: string): FieldError[] {
  if (plainIPv4.test(text)) return []
  const address = parseAddress(text)
  if (!address) return [invalid(field, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
  return [
    ...(address.sloppy ? [invalid(field, text, 'must not have leading 0s')] : []),
    ...(address.mapped && !address.sloppy
      ? [invalid(field, text, 'must not be an IPv4-mapped IPv6 address')]
      : []),
  ]
}

/** IsValidIP: canonical text only. */
export function validateCanonicalIP(text: string, field: string): FieldError[] {
  const errors = validateIP(text, field)
  if (errors.length) return errors
  const canonical = formatAddress(parseAddress(text)!)
  return canonical === text ? [] : [invalid(field, text, `must be in canonical form (${goQuote(canonical)})`)]
}

export interface Network {
  readonly address: Address
  readonly bits: number
}

export function parseCIDR(text: string): Network | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return undefined
  const address = parseAddress(text.slice(0, slash))
  const length = text.slice(slash + 1)
  if (!address || !/^\d+$/.test(length)) return undefined
  const bits = Number(length)
  return bits <= (address.family === 4 && !address.mapped ? 32 : 128) ? { address, bits } : undefined
}

/** The network's first address: the bits beyond the prefix cleared. */
export function networkStart({ address, bits }: Network): bigint {
  const size = BigInt((address.family === 4 ? 32 : 128) - bits)
  return (address.value >> size) << size
}

export const formatCIDR = (network: Network): string =>
  `${formatAddress({ family: network.address.family, value: networkStart(network) })}/${network.bits}`

export const contains = (network: Network, address: Pick<Address, 'family' | 'value'>): boolean =>
  network.address.family === address.family &&
  networkStart(network) ===
    networkStart({ ...network, address: { ...network.address, value: address.value } })

/** IsValidCIDRForLegacyField. */
export function validateCIDR(text: string, field: string): FieldError[] {
  const network = parseCIDR(text)
  if (!network)
    return [invalid(field, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')]
  const { address, bits } = network
  if (address.sloppy || text.slice(text.indexOf('/') + 1) !== String(bits))
    return [invalid(field, text, 'must not have leading 0s in IP or prefix length')]
  if (address.mapped) return [invalid(field, text, 'must not have an IPv4-mapped IPv6 address')]
  if (networkStart(network) !== address.value)
    return [invalid(field, text, 'must not have bits set beyond the prefix length')]
  return []
}

/** GetWarningsForIP. */
export function ipWarnings(text: string, field: string): string[] {
  const address = parseAddress(text)
  if (!address) return []
  const canonical = formatAddress(address)
  if (address.sloppy || address.mapped)
    return [`${field}: non-standard IP address ${goQuote(text)} is invalid: use ${goQuote(canonical)}`]
  return address.family === 6 && canonical !== text
    ? [
        `${field}: IPv6 address ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(canonical)})`,
      ]
    : []
}
