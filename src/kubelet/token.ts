// Service account tokens as containers present them: what is in one counts, its signature is not looked at.
import type { UserInfo } from '../api/types.ts'
import { decodeBase64 } from './environment.ts'

/** Whom a token stands for; undefined where it is none of a service account. */
export function userOf(token: string): UserInfo | undefined {
  const [, payload = ''] = token.split('.')
  try {
    const { sub } = JSON.parse(decodeBase64(payload.replaceAll('-', '+').replaceAll('_', '/')))
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
