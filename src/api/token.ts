// The tokens of service accounts: JSON Web Tokens in form. The key is the world's own secret; where it has none it is made
// up from the seed. As with RS256, the same claims have the same signature.
import * as bytes from '../engine/base64.ts'
import { toBytes } from '../engine/bytes.ts'
import type { Engine } from '../engine/engine.ts'
import { hmacSha256 } from '../engine/hmac.ts'
import { Random } from '../engine/random.ts'
import { base64Url } from './base64.ts'

export function signToken(claims: object, { seed, secrets }: Pick<Engine, 'seed' | 'secrets'>): string {
  const made = (label: string, length: number) =>
    secrets
      ? bytes.base64Url(keyed(secrets.tokens, label, length))
      : base64Url(new Random(seed).fork(label).hex(length))
  // A key's id is the digest of its public half: 32 bytes, which are 43 letters.
  const head = base64Url(JSON.stringify({ alg: 'RS256', kid: made('service account key', 32) }))
  const signed = `${head}.${base64Url(JSON.stringify(claims))}`
  return `${signed}.${made(signed, 256)}`
}

/** So many bytes that nobody makes without the key; as many as an RSA signature has. */
function keyed(key: Uint8Array, label: string, length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let at = 0; at < length; at += 32) out.set(hmacSha256(key, toBytes(`${at} ${label}`)), at)
  return out
}
