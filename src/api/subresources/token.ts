// POST serviceaccounts/NAME/token: a token in the form of a JWT. It is signed by nobody: the cluster is simulated.

import { formatTime } from '../../engine/engine.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { BoundObjectReference, TokenRequest } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { decodeAs } from '../decode.ts'
import { badRequest, conflict, invalid, notFound } from '../errors.ts'
import { signToken } from '../token.ts'
import { get } from '../verbs/read.ts'
import type { SubresourceHandler } from './subresource.ts'

const issuer = 'https://kubernetes.default.svc.cluster.local'
const requestKind = { group: 'authentication.k8s.io', kind: 'TokenRequest' }

/**
 * What a token says of the object that it ends with: it must be there, and a pod must run as that account
 * (pkg/registry/core/serviceaccount/storage/token.go).
 */
function boundClaims(call: Call, { metadata }: KubeObject, ref: BoundObjectReference): object {
  const { apiVersion = '', kind = '', name = '', uid } = ref
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  const find = <Name extends string>(plural: Name, namespace: string | undefined) => {
    const found = call.server.lookup(plural, namespace, name)
    if (!found) throw notFound({ group: '', plural }, name)
    if (uid && uid !== found.metadata.uid)
      throw conflict(
        { group, plural: kind },
        name,
        `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
      )
    return found
  }
  const claim = ({ metadata }: KubeObject) => ({ name: metadata.name, uid: metadata.uid })
  const { namespace } = metadata
  switch (group ? '' : kind) {
    case 'Pod': {
      const pod = find('pods', namespace)
      if ((pod.spec.serviceAccountName ?? '') !== metadata.name)
        throw badRequest(
          `cannot bind token for serviceaccount ${goQuote(metadata.name)} to pod running with different serviceaccount name.`,
        )
      const node = pod.spec.nodeName && call.server.lookup('nodes', undefined, pod.spec.nodeName)
      return { ...(node && { node: claim(node) }), pod: claim(pod) }
    }
    case 'Node':
      return { node: claim(find('nodes', undefined)) }
    case 'Secret':
      return { secret: claim(find('secrets', namespace)) }
    default:
      throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`)
  }
}

export const token: SubresourceHandler = {
  create(call) {
    const account = get(call).object
    const object = decodeAs<TokenRequest>(call, 'io.k8s.api.authentication.v1.TokenRequest')
    const seconds = object.spec?.expirationSeconds ?? 3600
    const tooShort = { type: 'Invalid', field: 'spec.expirationSeconds', value: seconds } as const
    if (seconds < 600)
      throw invalid(requestKind, '', [
        { ...tooShort, detail: 'may not specify a duration less than 10 minutes' },
      ])
    if (seconds > 2 ** 32)
      throw invalid(requestKind, '', [
        { ...tooShort, detail: 'may not specify a duration larger than 2^32 seconds' },
      ])
    const { boundObjectRef } = object.spec ?? {}
    const bound = boundObjectRef && boundClaims(call, account, boundObjectRef)
    const audiences = object.spec?.audiences?.length ? object.spec.audiences : [issuer]
    const { now, random } = call.server.engine
    const issued = Math.floor(now / 1000)
    const { namespace, name, uid } = account.metadata
    const claims = {
      aud: audiences,
      exp: issued + seconds,
      iat: issued,
      iss: issuer,
      jti: random.uuid(),
      'kubernetes.io': { namespace, ...bound, serviceaccount: { name, uid } },
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
        spec: { audiences, expirationSeconds: seconds, boundObjectRef: boundObjectRef ?? null },
        status: { token: text, expirationTimestamp: formatTime(now + seconds * 1000) },
      },
    }
  },
}
