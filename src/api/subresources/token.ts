// POST serviceaccounts/NAME/token: a token in the form of a JWT. It is signed by nobody: the cluster is simulated.

import { formatTime } from '../../engine/engine.ts'
import { decode } from '../../kinds/machinery/decode.ts'
import { badRequest, invalid } from '../errors.ts'
import { signToken } from '../token.ts'
import { get } from '../verbs/read.ts'
import type { SubresourceHandler } from './subresource.ts'

const issuer = 'https://kubernetes.default.svc.cluster.local'
const requestKind = { group: 'authentication.k8s.io', kind: 'TokenRequest' }

export const token: SubresourceHandler = {
  create(call) {
    const account = get(call).object
    const { object, error } = decode('io.k8s.api.authentication.v1.TokenRequest', call.body ?? {})
    if (error) throw badRequest(`TokenRequest in version "v1" cannot be handled as a TokenRequest: ${error}`)
    const seconds: number = object.spec?.expirationSeconds ?? 3600
    const tooShort = { type: 'Invalid', field: 'spec.expirationSeconds', value: seconds } as const
    if (seconds < 600)
      throw invalid(requestKind, '', [
        { ...tooShort, detail: 'may not specify a duration less than 10 minutes' },
      ])
    if (seconds > 2 ** 32)
      throw invalid(requestKind, '', [
        { ...tooShort, detail: 'may not specify a duration larger than 2^32 seconds' },
      ])
    const audiences: string[] = object.spec?.audiences?.length ? object.spec.audiences : [issuer]
    const { now, random } = call.server.engine
    const issued = Math.floor(now / 1000)
    const { namespace, name, uid } = account.metadata
    const claims = {
      aud: audiences,
      exp: issued + seconds,
      iat: issued,
      iss: issuer,
      jti: random.uuid(),
      'kubernetes.io': { namespace, serviceaccount: { name, uid } },
      nbf: issued,
      sub: `system:serviceaccount:${namespace}:${name}`,
    }
    const text = signToken(claims, call.server.engine)
    return {
      code: 201,
      body: {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { name, namespace, creationTimestamp: formatTime(now) },
        spec: { audiences, expirationSeconds: seconds, boundObjectRef: object.spec?.boundObjectRef ?? null },
        status: { token: text, expirationTimestamp: formatTime(now + seconds * 1000) },
      },
    }
  },
}
