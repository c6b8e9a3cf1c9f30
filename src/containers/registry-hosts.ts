// The machines behind names of registries, as far as a client meets them before it asks for an image: whether the name
// resolves, whether somebody listens, and whether it speaks TLS that one may trust.
import { dictionary } from '../engine/dictionary.ts'
import { Random } from '../engine/random.ts'
import { isKnownHost } from './catalog/index.ts'

export type Reach =
  | 'ok'
  /** It speaks HTTP alone. */
  | 'plain'
  /** TLS with a certificate of its own making. */
  | 'self-signed'
  | 'refused'
  | 'unknown'

/** The address of the private registries' machine. */
export const privateAddress = '10.0.2.9'

/** What the private registry's TLS is signed with: whoever trusts this reaches it. */
export const privateCertificate = `-----BEGIN CERTIFICATE-----
${(new Random(1).fork('certificate of harbor.example.com').hex(640).match(/.{64}/g) ?? []).join('\n')}
-----END CERTIFICATE-----
`

const own: Readonly<Record<string, Readonly<Record<string, Reach>>>> = dictionary<
  Readonly<Record<string, Reach>>
>({
  'harbor.example.com': { 443: 'self-signed', 5001: 'plain' },
  'registry.example.com': { 5002: 'plain', 443: 'unknown' },
})

/** `harbor.example.com:5001` */
export function reachOf(host: string): Reach {
  const [name = '', port = '443'] = host.split(':')
  const ports = own[name]
  if (ports) return ports[port] ?? 'refused'
  // What runs on the machine itself, such as a mirror of Docker Hub.
  if (/^(localhost|127\.0\.0\.1|\[::1\])$/.test(name)) return port === '5000' ? 'plain' : 'refused'
  return isKnownHost(host) ? 'ok' : 'unknown'
}
