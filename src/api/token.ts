// The tokens of service accounts: JSON Web Tokens in form, signed by nobody, as the cluster is simulated.
import type { Random } from '../engine/random.ts'
import { base64Url } from './base64.ts'

export function signToken(claims: object, random: Random): string {
  const head = base64Url(JSON.stringify({ alg: 'RS256', kid: 'x'.repeat(43) }))
  return `${head}.${base64Url(JSON.stringify(claims))}.${base64Url(random.hex(256))}`
}
