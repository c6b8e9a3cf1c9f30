// Service account tokens as containers present them: what is in one counts, its signature is not looked at.
import { fromBase64Url } from '../api/base64.ts'
import type { UserInfo } from '../api/types.ts'

/** Whom a token stands for; undefined where it is none of a service account. */
export function userOf(token: string): UserInfo | undefined {
  const [, payload = ''] = token.split('.')
  try {
    const { sub } = JSON.parse(fromBase64Url(payload) ?? '')
    const [, , namespace, name] = /^(system:serviceaccount):([^:]+):([^:]+)$/.exec(sub) ?? []
    if (!name) return undefined
    return {
      name: sub,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    }
  } catch {
    return undefined
  }
}
