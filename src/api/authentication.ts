// Who a bearer token stands for: those of service accounts, which this server signs. It must be whole and not too old, and
// what it is bound to must still be there (pkg/serviceaccount/{jwt,claims,legacy}.go).
import type { KubeObject } from '../kinds/object.ts'
import { fromBase64Url } from './base64.ts'
import type { Machinery } from './call.ts'
import { failure } from './errors.ts'
import { signToken } from './token.ts'
import type { UserInfo } from './types.ts'

export function throwUnauthorized(): never {
  throw failure(401, 'Unauthorized', 'Unauthorized')
}

const legacy = 'kubernetes.io/serviceaccount/'

/** Throws 401 where the token is not good. */
export function authenticateToken(server: Machinery, token: string): UserInfo {
  return tokenUser(server, token) ?? throwUnauthorized()
}

/** Undefined where the token is not good. */
export function tokenUser(server: Machinery, token: string): UserInfo | undefined {
  const claims = claimsOf(token)
  if (!claims || signToken(claims, server.engine) !== token) return undefined
  const { exp, sub = '', jti, 'kubernetes.io': bound } = claims
  if (exp !== undefined && server.engine.now > exp * 1000) return undefined
  const namespace: string = bound?.namespace ?? claims[`${legacy}namespace`] ?? ''
  const name: string = bound?.serviceaccount?.name ?? claims[`${legacy}service-account.name`] ?? ''
  if (sub !== `system:serviceaccount:${namespace}:${name}`) return undefined
  const { pod, node, secret } = bound ?? {}
  const secretName = secret?.name ?? claims[`${legacy}secret.name`]
  const accountUid = bound?.serviceaccount?.uid ?? claims[`${legacy}service-account.uid`]
  const account = server.lookup('serviceaccounts', namespace, name)
  const there = (plural: string, within: string | undefined, ref: { name: string; uid?: string }) =>
    hasUid(server.lookup(plural, within, ref.name), ref.uid)
  if (
    !account ||
    !hasUid(account, accountUid) ||
    (pod && !there('pods', namespace, pod)) ||
    (node && !pod && !there('nodes', undefined, node)) ||
    (secretName && !there('secrets', namespace, { name: secretName, uid: secret?.uid }))
  )
    return undefined
  const info = 'authentication.kubernetes.io/'
  return {
    name: sub,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    ...(account.metadata.uid && { uid: account.metadata.uid }),
    extra: {
      ...(jti && { [`${info}credential-id`]: [`JTI=${jti}`] }),
      ...(node && { [`${info}node-name`]: [node.name], [`${info}node-uid`]: [node.uid ?? ''] }),
      ...(pod && { [`${info}pod-name`]: [pod.name], [`${info}pod-uid`]: [pod.uid ?? ''] }),
    },
  }
}

const hasUid = (object: KubeObject | undefined, uid: string | undefined): boolean =>
  object !== undefined && (!uid || object.metadata.uid === uid)

/** What a service account's token says; nothing of it is sure until it was looked up. */
interface Claims {
  readonly exp?: number
  readonly sub?: string
  readonly jti?: string
  readonly 'kubernetes.io'?: {
    readonly namespace?: string
    readonly serviceaccount?: Bound
    readonly pod?: Bound
    readonly node?: Bound
    readonly secret?: Bound
  }
  readonly [name: `${typeof legacy}${string}`]: string | undefined
}

interface Bound {
  readonly name: string
  readonly uid?: string
}

function claimsOf(token: string): Claims | undefined {
  const [, payload = ''] = token.split('.')
  try {
    const claims: unknown = JSON.parse(fromBase64Url(payload) ?? '')
    return typeof claims === 'object' && claims ? (claims as Claims) : undefined
  } catch {
    return undefined
  }
}
