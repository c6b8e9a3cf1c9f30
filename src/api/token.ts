// The tokens of service accounts: JSON Web Tokens in form. The key is made up from the world's seed; as with RS256, the
// same claims have the same signature.
import type { Engine } from '../engine/engine.ts'
import { Random } from '../engine/random.ts'
import { base64Url } from './base64.ts'

export function signToken(claims: object, { seed }: Engine): string {
  const made = (label: string, length: number) => base64Url(new Random(seed).fork(label).hex(length))
  // A key's id is the digest of its public half: 32 bytes, which are 43 letters.
  const head = base64Url(JSON.stringify({ alg: 'RS256', kid: made('service account key', 32) }))
  const signed = `${head}.${base64Url(JSON.stringify(claims))}`
  return `${signed}.${made(signed, 256)}`
}
