// What can be said of a certificate and its key without cryptography: that they are PEM of the right sort.
// Go's crypto/tls X509KeyPair.

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
  return keyBlock.test(key)
    ? undefined
    : 'tls: found a certificate rather than a key in the PEM for the private key'
}
