// What can be said of a certificate and its key without cryptography: that they are PEM of the right sort, and of one pair.
// Go's crypto/tls X509KeyPair.

import { fromBase64 } from '../../engine/base64.ts'

const anyBlock = /-----BEGIN [A-Z ]+-----/
const keyBlock = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/

export function keyPairFault(certificate: string, key: string): string | undefined {
  if (!anyBlock.test(certificate)) return 'tls: failed to find any PEM data in certificate input'
  if (!certificate.includes('-----BEGIN CERTIFICATE-----')) {
    if (keyBlock.test(certificate))
      return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
    const types = [...certificate.matchAll(/-----BEGIN ([A-Z ]+)-----/g)].map(m => m[1])
    return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`
  }
  if (!anyBlock.test(key)) return 'tls: failed to find any PEM data in key input'
  if (!keyBlock.test(key)) return 'tls: found a certificate rather than a key in the PEM for the private key'
  const half = publicHalf(derHex(key))
  return half && !derHex(certificate).includes(half)
    ? 'tls: private key does not match public key'
    : undefined
}

/** The bytes of the first certificate or private key in a PEM text, as hex. */
function derHex(pem: string): string {
  const body = /-----BEGIN (?:CERTIFICATE|(?:[A-Z]+ )?PRIVATE KEY)-----([^-]*)/.exec(pem)?.[1] ?? ''
  const bytes = fromBase64(body.replace(/\s/g, '')) ?? []
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** What a private key says of its public one: a point of the curve, or RSA's modulus. Both stand in a certificate. */
function publicHalf(key: string): string | undefined {
  const point = /034200(04.{128})|036200(04.{192})|03818600(04.{264})/.exec(key)
  if (point) return point[1] ?? point[2] ?? point[3]
  const number = /02(?:82(....)|81(..))/.exec(key)
  if (!number) return undefined
  const from = number.index + number[0].length
  return key.slice(from, from + Number.parseInt(number[1] ?? number[2]!, 16) * 2)
}
