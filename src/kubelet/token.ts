// Service account tokens: JSON Web Tokens as the API server signs them. What is in one counts; the signature is made up.
import type { UserInfo } from '../api/types.ts'
import { decodeBase64 } from './environment.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Base64url without padding, of ASCII text. */
function encode(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i += 3) {
    const [a, b, c] = [text.charCodeAt(i), text.charCodeAt(i + 1) || 0, text.charCodeAt(i + 2) || 0]
    const bits = (a << 16) | (b << 8) | c
    const digits = Math.min(4, text.length - i + 1)
    for (let d = 0; d < digits; d++) out += alphabet[(bits >> (18 - 6 * d)) & 63]
  }
  return out
}

export function makeToken(claims: object, signature: string): string {
  return `${encode('{"alg":"RS256","kid":"kubernetes"}')}.${encode(JSON.stringify(claims))}.${signature}`
}

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
