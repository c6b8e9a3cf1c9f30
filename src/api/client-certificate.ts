// Whom a client's certificate stands for: its common name is the user, each organization a group
// (k8s.io/apiserver/pkg/authentication/request/x509). Loaded with the first that is shown.
import { bytesOf } from '../engine/certificates/der.ts'
import { type Certificate, isSignedBy, readCertificate } from '../engine/certificates/x509.ts'
import type { Engine } from '../engine/engine.ts'
import { sha256 } from '../engine/sha256.ts'
import { authorityOf } from './authority.ts'
import type { UserInfo } from './types.ts'

const anonymous: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** Undefined where the certificate is not good: of another authority, too old or too new, or not for clients. */
export function certificateUser(pem: string, engine: Engine): UserInfo | undefined {
  const certificate = readCertificate(pem)
  if (!certificate || !isGood(certificate, engine)) return undefined
  const values = (kind: string) => certificate.subject.filter(([each]) => each === kind).map(each => each[1])
  const name = values('CN').at(-1)
  // Whoever has no name is not known by the certificate, and so by nothing.
  if (!name) return anonymous
  return {
    name,
    groups: [...new Set([...values('O'), 'system:authenticated'])],
    extra: {
      'authentication.kubernetes.io/credential-id': [`X509SHA256=${sha256(bytesOf(certificate.whole))}`],
    },
  }
}

function isGood(certificate: Certificate, engine: Engine): boolean {
  const { now } = engine
  const { from, to, extensions } = certificate
  const usages = extensions.find(each => each.name === 'extendedKeyUsage')?.value.split(', ')
  return (
    now >= from &&
    now <= to &&
    (!usages || usages.includes('clientAuth')) &&
    isSignedBy(certificate, authorityOf(engine))
  )
}
