// Keys in files: PKCS #8, PKCS #1, and public ones.
import { bitString, children, fromPem, integer, nothing, octets, oid, pem, read, sequence } from './der.ts'
import { crt, type PrivateKey, type PublicKey } from './rsa.ts'

const rsaEncryption = sequence(oid('1.2.840.113549.1.1.1'), nothing)

const pkcs1 = (key: PrivateKey): string =>
  sequence(
    integer(0n),
    integer(key.n),
    integer(key.e),
    integer(key.d),
    integer(key.p),
    integer(key.q),
    ...crt(key).map(integer),
  )

export const privatePem = (key: PrivateKey): string =>
  pem('PRIVATE KEY', sequence(integer(0n), rsaEncryption, octets(pkcs1(key))))
export const traditionalPem = (key: PrivateKey): string => pem('RSA PRIVATE KEY', pkcs1(key))

export const publicInfo = ({ n, e }: PublicKey): string =>
  sequence(rsaEncryption, bitString(sequence(integer(n), integer(e))))
export const publicPem = (key: PublicKey): string => pem('PUBLIC KEY', publicInfo(key))

const number = (hex: string): bigint => BigInt(`0x${hex}`)

/** The private key of a PEM text, in either form. */
export function readPrivate(text: string): PrivateKey | undefined {
  let body = fromPem(text, 'RSA PRIVATE KEY')
  const wrapped = fromPem(text, 'PRIVATE KEY')
  try {
    if (!body && wrapped) body = children(read(wrapped)[0]!)[2]?.content
    if (!body) return undefined
    const [, n, e, d, p, q] = children(read(body)[0]!).map(node => number(node.content))
    return n !== undefined && q !== undefined ? { n, e: e!, d: d!, p: p!, q } : undefined
  } catch {
    return undefined
  }
}

/** The key of a SubjectPublicKeyInfo. */
export function readPublicInfo(hex: string): PublicKey | undefined {
  try {
    const [, bits] = children(read(hex)[0]!)
    const [n, e] = children(read(bits!.content.slice(2))[0]!).map(node => number(node.content))
    return n !== undefined && e !== undefined ? { n, e } : undefined
  } catch {
    return undefined
  }
}
