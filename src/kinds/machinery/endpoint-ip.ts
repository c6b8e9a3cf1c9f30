// Addresses that endpoints may have: ValidateEndpointIP.
import { type FieldError, invalid } from './field-error.ts'
import { contains, type Network, parseAddress, parseCIDR } from './ip.ts'

const ranges = [
  ['127.0.0.0/8', '::1/128', 'loopback range (127.0.0.0/8, ::1/128)'],
  ['169.254.0.0/16', 'fe80::/10', 'link-local range (169.254.0.0/16, fe80::/10)'],
  ['224.0.0.0/24', 'ff02::/16', 'link-local multicast range (224.0.0.0/24, ff02::/10)'],
] as const
let networks: (readonly [v4: Network, v6: Network, what: string])[] | undefined

export function validateEndpointIP(text: string, field: string): FieldError[] {
  const address = parseAddress(text)
  if (!address) return [invalid(field, text, 'must be a valid IP address')]
  const errors: FieldError[] = []
  if (address.value === 0n) errors.push(invalid(field, text, `may not be unspecified (${text})`))
  networks ??= ranges.map(([v4, v6, what]) => [parseCIDR(v4)!, parseCIDR(v6)!, what])
  for (const [v4, v6, what] of networks)
    if (contains(v4, address) || contains(v6, address))
      errors.push(invalid(field, text, `may not be in the ${what}`))
  return errors
}
