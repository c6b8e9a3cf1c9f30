// Keys for one run of the server, so that nobody makes tokens or certificates for it who has only read this program.
import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'
import { keyOf, type PrivateKey } from '../../src/engine/certificates/rsa.ts'
import type { Secrets } from '../../src/engine/secrets.ts'

export const randomSecrets = (): Secrets => ({
  tokens: randomBytes(32),
  authority: rsaKey(),
  administrator: rsaKey(),
})

function rsaKey(): PrivateKey {
  const { p, q }: JsonWebKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    format: 'jwk',
  })
  return keyOf(numberOf(p!), numberOf(q!))
}

const numberOf = (base64url: string): bigint =>
  BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex')}`)
