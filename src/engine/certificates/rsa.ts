// RSA: keys from a seed, signatures (PKCS #1 v1.5 with SHA-256), with big integers. For teaching: the keys are real ones,
// but whoever knows the world's seed knows them.
import type { Random } from '../random.ts'
import { sha256 } from '../sha256.ts'

export interface PublicKey {
  readonly n: bigint
  readonly e: bigint
}

export interface PrivateKey extends PublicKey {
  readonly d: bigint
  readonly p: bigint
  readonly q: bigint
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n]
  for (let i = 1; i < 16; i++) powers.push((powers[i - 1]! * base) % modulus)
  let result = 1n
  // Four bits at a time, from the highest: of a small base only the squares are long.
  for (const digit of exponent.toString(16)) {
    for (let bit = 0; bit < 4; bit++) result = (result * result) % modulus
    if (digit !== '0') result = (result * powers[Number.parseInt(digit, 16)]!) % modulus
  }
  return result
}

function inverse(a: bigint, modulus: bigint): bigint {
  let [r, next] = [modulus, a % modulus]
  let [t, following] = [0n, 1n]
  while (next) {
    const quotient = r / next
    ;[r, next] = [next, r - quotient * next]
    ;[t, following] = [following, t - quotient * following]
  }
  return t < 0n ? t + modulus : t
}

/** Small primes: most candidates fall to one of these. */
const small: bigint[] = []
for (let n = 3; small.length < 400; n += 2) if (small.every(p => n % Number(p) !== 0)) small.push(BigInt(n))

function isPrime(n: bigint, random: Random): boolean {
  let [odd, twos] = [n - 1n, 0]
  while (!(odd & 1n)) {
    odd >>= 1n
    twos++
  }
  for (let round = 0; round < 4; round++) {
    let x = power(round === 0 ? 2n : BigInt(`0x${random.hex(16)}`) + 3n, odd, n)
    if (x === 1n || x === n - 1n) continue
    let composite = true
    for (let i = 1; i < twos && composite; i++) {
      x = (x * x) % n
      composite = x !== n - 1n
    }
    if (composite) return false
  }
  return true
}

/** A prime of so many bits, the two highest of them set, that fits the exponent. */
function prime(bits: number, e: bigint, random: Random): bigint {
  const top = 3n << BigInt(bits - 2)
  for (;;) {
    let candidate = (BigInt(`0x${random.hex(Math.ceil(bits / 4))}`) & ((1n << BigInt(bits)) - 1n)) | top | 1n
    for (let step = 0; step < 2000; step++, candidate += 2n) {
      if (small.some(p => candidate % p === 0n) || (candidate - 1n) % e === 0n) continue
      if (isPrime(candidate, random)) return candidate
    }
  }
}

const e = 65537n

/** The key of two primes. */
export const keyOf = (p: bigint, q: bigint): PrivateKey => ({
  n: p * q,
  e,
  d: inverse(e, (p - 1n) * (q - 1n)),
  p,
  q,
})

export function makeKey(bits: number, random: Random): PrivateKey {
  const half = bits >> 1
  const p = prime(bits - half, e, random)
  let q = prime(half, e, random)
  while (q === p) q = prime(half, e, random)
  return keyOf(p, q)
}

/** dP, dQ and qInv, which a private key's file has too. */
export const crt = ({ d, p, q }: PrivateKey): readonly [bigint, bigint, bigint] => [
  d % (p - 1n),
  d % (q - 1n),
  inverse(q, p),
]

export const bitsOf = (n: bigint): number => n.toString(2).length

const digestInfo = '3031300d060960864801650304020105000420'

/** The padded digest as a number below n. */
function padded(message: Uint8Array, { n }: PublicKey): bigint {
  const size = Math.ceil(bitsOf(n) / 8)
  const tail = digestInfo + sha256(message)
  return BigInt(`0x0001${'ff'.repeat(size - tail.length / 2 - 3)}00${tail}`)
}

export function sign(message: Uint8Array, key: PrivateKey): string {
  const { p, q } = key
  const m = padded(message, key)
  // By the Chinese remainder theorem: two powers of half the length.
  const [dp, dq, qInverse] = crt(key)
  const [a, b] = [power(m, dp, p), power(m, dq, q)]
  const s = b + ((((((a - b) % p) + p) % p) * qInverse) % p) * q
  return s.toString(16).padStart(Math.ceil(bitsOf(key.n) / 8) * 2, '0')
}

export const verify = (message: Uint8Array, signature: string, key: PublicKey): boolean =>
  power(BigInt(`0x${signature}`), key.e, key.n) === padded(message, key)
