// The token of a pod's service account, which a projected volume holds.
import { signToken } from '../api/token.ts'
import type { Kubelet } from './kubelet.ts'
import type { Pod } from './types.ts'

/** What the API server's admission asks for in every pod's token, and how long such a token is good all the same. */
const usualSeconds = 3607
const extendedSeconds = 365 * 24 * 3600

/** As a JWT. */
export function accountToken(
  { engine, clusterDns }: Kubelet,
  pod: Pod,
  source: { audience?: string; expirationSeconds?: number },
): string {
  const { namespace = '', name, uid } = pod.metadata
  const account = pod.spec.serviceAccountName ?? 'default'
  const issuer = `https://kubernetes.default.svc.${clusterDns.domain}`
  const now = Math.floor(engine.now / 1000)
  const asked = source.expirationSeconds ?? 3600
  // Programs that read their token once go on for a year (pkg/registry/core/serviceaccount/storage/token.go).
  const seconds = asked === usualSeconds && !source.audience ? extendedSeconds : asked
  const claims = {
    aud: [source.audience ?? issuer],
    exp: now + seconds,
    iat: now,
    iss: issuer,
    'kubernetes.io': { namespace, pod: { name, uid }, serviceaccount: { name: account } },
    sub: `system:serviceaccount:${namespace}:${account}`,
  }
  return signToken(claims, engine)
}
