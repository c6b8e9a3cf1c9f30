// What a client thinks of a server's certificate, in the words of OpenSSL 3 and curl 8.

import { formatTime } from '../../engine/engine.ts'
import type { ServerCertificate } from '../../engine/network.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Nov 23 09:30:00 2026 GMT` */
export function certificateTime(ms: number): string {
  const [, Y, M, D, clock] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(formatTime(ms))!
  return `${months[Number(M) - 1]} ${String(Number(D)).padStart(2)} ${clock} ${Y} GMT`
}

/** Whether a name of a certificate stands for a host; a star for its first label. RFC 6125, 6.4.3. */
export function nameFits(name: string, host: string): boolean {
  const [own, asked] = [name.toLowerCase(), host.toLowerCase()]
  return (
    own === asked ||
    (own.startsWith('*.') && asked.indexOf('.') > 0 && own.slice(1) === asked.slice(asked.indexOf('.')))
  )
}

/** X509_V_ERR_…: number and words. */
export interface Distrust {
  readonly code: number
  readonly text: string
}

/** Why a certificate cannot be trusted, whoever shows it; undefined where it can. `authorities`: PEM. */
export function distrust(
  certificate: ServerCertificate | undefined,
  authorities: string,
  now: number,
): Distrust | undefined {
  // Whom nobody gave a certificate has one that is good, by an authority of the cluster's.
  if (!certificate)
    return authorities ? undefined : { code: 20, text: 'unable to get local issuer certificate' }
  if (!certificate.isSignedBy(authorities))
    return certificate.subject === certificate.issuer
      ? { code: 18, text: 'self-signed certificate' }
      : { code: 20, text: 'unable to get local issuer certificate' }
  if (now < certificate.from) return { code: 9, text: 'certificate is not yet valid' }
  if (now > certificate.to) return { code: 10, text: 'certificate has expired' }
  return
}

/** curl's complaint about a certificate that is for somebody else; undefined where it is for this host. */
export function wrongName({ names, commonName }: ServerCertificate, host: string): string | undefined {
  if (names.length)
    return names.some(name => nameFits(name, host))
      ? undefined
      : `SSL: no alternative certificate subject name matches target host name '${host}'`
  if (commonName !== undefined && nameFits(commonName, host)) return undefined
  return commonName === undefined
    ? 'SSL: unable to obtain common name from peer certificate'
    : `SSL: certificate subject name '${commonName}' does not match target host name '${host}'`
}

/** What `curl -v` says of it. */
export function describeCertificate(
  { subject, issuer, from, to, names, commonName }: ServerCertificate,
  host: string,
  problem: Distrust | undefined,
): string[] {
  const fitting = names.find(name => nameFits(name, host))
  return [
    'Server certificate:',
    ` subject: ${subject}`,
    ` start date: ${certificateTime(from)}`,
    ` expire date: ${certificateTime(to)}`,
    ...(problem
      ? []
      : fitting !== undefined
        ? [` subjectAltName: host "${host}" matched cert's "${fitting}"`]
        : commonName !== undefined && nameFits(commonName, host)
          ? [` common name: ${commonName} (matched)`]
          : []),
    ` issuer: ${issuer}`,
    problem
      ? ` SSL certificate verify result: ${problem.text} (${problem.code}), continuing anyway.`
      : ' SSL certificate verify ok.',
  ]
}
