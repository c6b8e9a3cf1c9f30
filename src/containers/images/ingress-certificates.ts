// Which certificate the nginx of ingress-nginx shows for a name: the one of the Secret that an Ingress names for that host,
// where there is one and it is for that host; else the one that the controller makes for itself when it starts.
// ingress-nginx/internal/ingress/controller (getBackendServers, extractTLSSecretName), internal/net/ssl.
import { decodeBase64 } from '../../engine/bytes.ts'
import { isSignedBy, type Name, readCertificate } from '../../engine/certificates/x509.ts'
import { formatTime } from '../../engine/engine.ts'
import type { ServerCertificate } from '../../engine/network.ts'
import type { Ingress, Secret } from '../../kinds/schema/types.ts'
import { nameFits } from '../../shell/tools/certificate-check.ts'

/** An estimate of how long a certificate made by the controller is good. */
const yearMs = 365 * 86_400_000

/** What nobody's name gets. */
export function fakeCertificate(now: number): ServerCertificate {
  const subject = 'O=Acme Co; CN=Kubernetes Ingress Controller Fake Certificate'
  return {
    subject,
    issuer: subject,
    commonName: 'Kubernetes Ingress Controller Fake Certificate',
    names: ['ingress.local'],
    from: now,
    to: now + yearMs,
    isSignedBy: () => false,
  }
}

const subjectOf = (name: Name): string => name.map(([kind, value]) => `${kind}=${value}`).join('; ')
const pemBlocks = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n?/g) ?? []

/** The certificate of a Secret of type kubernetes.io/tls; undefined where there is none to read. */
function certificateOf(secret: Secret | undefined): ServerCertificate | undefined {
  const { 'tls.crt': crt = '', 'tls.key': key = '' } = secret?.data ?? {}
  const [pem = ''] = pemBlocks(decodeBase64(crt) ?? '')
  const own = readCertificate(pem)
  if (!own || !decodeBase64(key)?.includes('PRIVATE KEY-----')) return
  const names = own.extensions.find(each => each.name === 'subjectAltName')?.value ?? ''
  return {
    subject: subjectOf(own.subject),
    issuer: subjectOf(own.issuer),
    commonName: own.subject.find(([kind]) => kind === 'CN')?.[1],
    names: names
      .split(/, */)
      .filter(Boolean)
      .map(each => each.replace(/^[^:]*:/, '')),
    from: own.from,
    to: own.to,
    pem,
    isSignedBy: authorities =>
      pemBlocks(authorities).some(each => {
        const authority = readCertificate(each)
        return (
          authority !== undefined &&
          subjectOf(authority.subject) === subjectOf(own.issuer) &&
          isSignedBy(own, authority.key)
        )
      }),
  }
}

const isFor = ({ names, commonName }: ServerCertificate, host: string): boolean =>
  (names.length || commonName === undefined ? names : [commonName]).some(name => nameFits(name, host))

/** The Secret that an Ingress names for a host of its rules; `''` where it says TLS and no Secret. */
function secretFor(
  { spec }: Ingress,
  host: string,
  read: (name: string) => Secret | undefined,
): string | undefined {
  const tls = spec.tls ?? []
  const named = tls.find(each => each.hosts?.some(one => one.toLowerCase() === host))
  if (named) return named.secretName ?? ''
  // No entry has the host: one whose certificate has.
  return tls.find(({ secretName }) => {
    const certificate = secretName && certificateOf(read(secretName))
    return certificate && isFor(certificate, host)
  })?.secretName
}

export interface Chosen {
  readonly certificate?: ServerCertificate
  /** The Secret that the Ingress asks for, `namespace/name`, where its certificate is not shown. */
  readonly refused?: { readonly secret: string; readonly certificate?: ServerCertificate }
}

/** The first Ingress that has rules for a host and says TLS decides. */
export function chooseCertificate(
  ingresses: readonly Ingress[],
  host: string,
  secretOf: (namespace: string, name: string) => Secret | undefined,
): Chosen {
  for (const ingress of ingresses) {
    if (!ingress.spec.rules?.some(rule => rule.host?.toLowerCase() === host)) continue
    const { namespace = '' } = ingress.metadata
    const name = secretFor(ingress, host, each => secretOf(namespace, each))
    if (name === undefined) continue
    if (!name) return {}
    const certificate = certificateOf(secretOf(namespace, name))
    if (certificate && isFor(certificate, host)) return { certificate }
    return { refused: { secret: `${namespace}/${name}`, certificate } }
  }
  return {}
}

/** 240 h: of a certificate that ends within ten days the controller warns, as documented. */
const soonMs = 240 * 3_600_000
/** As Go prints a time. */
const goTime = (ms: number): string => formatTime(ms).replace('T', ' ').replace('Z', ' +0000 UTC')

/** What the controller logs about its choice for a host: line of controller.go and text. */
export function warningsOf({ certificate, refused }: Chosen, host: string, now: number): [number, string][] {
  if (certificate && certificate.to < now)
    return [[1364, `SSL certificate for server "${host}" expired (${goTime(certificate.to)})`]]
  if (certificate && certificate.to < now + soonMs)
    return [[1366, `SSL certificate for server "${host}" is about to expire (${goTime(certificate.to)})`]]
  if (!refused) return []
  const { secret, certificate: other } = refused
  if (!other)
    return [
      [
        1333,
        `Error getting SSL certificate "${secret}": local SSL certificate ${secret} was not found. Using default certificate`,
      ],
    ]
  const names = other.names.join(', ')
  const why = names
    ? `x509: certificate is valid for ${names}, not ${host}`
    : `x509: certificate is not valid for any names, but wanted to match ${host}`
  return [
    [1347, `Unexpected error validating SSL certificate "${secret}" for server "${host}": ${why}`],
    [1348, 'Validating certificate against DNS names. This will be deprecated in a future version'],
    [
      1353,
      `SSL certificate "${secret}" does not contain a Common Name or Subject Alternative Name for server "${host}": ${why}`,
    ],
    [1354, 'Using default certificate'],
  ]
}

/** The hosts of an Ingress whose rules say TLS. */
export const securedHosts = ({ spec }: Ingress): string[] =>
  (spec.tls?.length ? (spec.rules ?? []) : []).flatMap(({ host }) => (host ? [host.toLowerCase()] : []))
