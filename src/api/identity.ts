// Whose a request is: by name (components, and who acts as somebody), by a token or by a client's certificate.
import { authenticateToken, throwUnauthorized, tokenUser } from './authentication.ts'
import { authenticate, authorize, impersonations } from './authorization.ts'
import type { Machinery } from './call.ts'
import { certificateParts } from './loaders.ts'
import type { ApiRequest, UserInfo } from './types.ts'

type Credentials = Pick<ApiRequest, 'user' | 'token' | 'certificate'>

/** Does the request say who asks? Else it is the cluster's administrator, who may do everything. */
export const isNamed = ({ user, token, certificate }: Credentials): boolean =>
  user !== undefined || token !== undefined || certificate !== undefined

/** Who asks; throws ApiError where a token or a certificate is not good, or somebody may not act as whom they name. */
export function whoAsks(server: Machinery, { user, token, certificate }: Credentials): UserInfo {
  if (token === undefined && certificate === undefined) return authenticate(user)
  const asking =
    (certificate !== undefined && certificateUser(server, certificate)) ||
    (token === undefined ? throwUnauthorized() : authenticateToken(server, token))
  if (!user) return asking
  for (const each of impersonations(user)) authorize(server, asking, each)
  return authenticate(user)
}

/** Whom a request names, whether it may or not; undefined where it names nobody, or what it shows is not good. */
export function namedUser(
  server: Machinery,
  { user, token, certificate }: Credentials,
): UserInfo | undefined {
  if (user) return user
  if (certificate !== undefined) return certificateUser(server, certificate)
  return token === undefined ? undefined : tokenUser(server, token)
}

/** Undefined where it is not good. */
function certificateUser({ engine }: Machinery, pem: string): UserInfo | undefined {
  return certificateParts.get('x509').certificateUser(pem, engine)
}
