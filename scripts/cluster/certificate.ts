// Certificates for one run of the server: an authority made at start, and the server's own, signed by it. Their keys are
// never written anywhere; clients get the authority's certificate by the kubeconfig.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import forge from 'node-forge'

export interface Certificates {
  /** PEM. */
  readonly ca: string
  readonly key: string
  readonly cert: string
}

const hour = 3_600_000
const lifetime = 365 * 24 * hour

/** `names`: hosts and addresses that the server goes by; `now`: ms since 1970. */
export function makeCertificates(names: readonly string[], now: number): Certificates {
  const authority = keyPair()
  const caName = [{ name: 'commonName', value: 'living-kubernetes' }]
  const ca = certificate(authority.publicKey, caName, caName, now, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  ca.sign(authority.privateKey, forge.md.sha256.create())

  const server = keyPair()
  const cert = certificate(server.publicKey, [{ name: 'commonName', value: 'kube-apiserver' }], caName, now, [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes(),
    },
    {
      name: 'subjectAltName',
      // GeneralName: 7 is an address, 2 a name.
      altNames: names.map(name => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
    },
  ])
  cert.sign(authority.privateKey, forge.md.sha256.create())
  return {
    ca: forge.pki.certificateToPem(ca),
    cert: forge.pki.certificateToPem(cert),
    key: server.pem,
  }
}

/** Node makes keys in a moment, forge would take seconds. */
export function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    pem: privateKey,
  }
}

function certificate(
  publicKey: forge.pki.PublicKey,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  now: number,
  extensions: object[],
): forge.pki.Certificate {
  const made = forge.pki.createCertificate()
  made.publicKey = publicKey
  // A first byte below 0x80: the number is positive.
  made.serialNumber = `01${randomBytes(15).toString('hex')}`
  // Clocks differ.
  made.validity.notBefore = new Date(now - hour)
  made.validity.notAfter = new Date(now + lifetime)
  made.setSubject(subject)
  made.setIssuer(issuer)
  made.setExtensions(extensions)
  return made
}
