// SHA-512 (FIPS 180-4), as hex. A word is two halves of 32 bits, the high one first: a fresh world works out a sum before
// its code is warm, when big integers are slow.
import { toBytes } from './bytes.ts'

/** The first 64 bits behind the point of the root of each of the first primes, as halves. */
function fractions(count: number, root: 2n | 3n): Int32Array {
  const halves = new Int32Array(2 * count)
  for (let n = 2, at = 0; at < halves.length; n++) {
    if (!isPrime(n)) continue
    const scaled = BigInt(n) << (64n * root)
    // Newton's way from above; half of the bits are right from the start.
    let value = BigInt(Math.floor(n ** (1 / Number(root)) * 2 ** 32) + 2) << 32n
    for (;;) {
      const next = ((root - 1n) * value + scaled / value ** (root - 1n)) / root
      if (next >= value) break
      value = next
    }
    halves[at++] = Number(BigInt.asIntN(32, value >> 32n))
    halves[at++] = Number(BigInt.asIntN(32, value))
  }
  return halves
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false
  return true
}

let tables: { readonly constants: Int32Array; readonly start: Int32Array } | undefined

/** The last one: the same configuration is summed up by several servers. */
let last: { readonly text: string; readonly sum: string } | undefined

export function sha512(text: string): string {
  if (last?.text !== text) last = { text, sum: compute(text) }
  return last.sum
}

/** A half of a word that is turned right by `n` < 32 bits; by 32 more where the halves change places. */
const turn = (half: number, other: number, n: number): number => (half >>> n) | (other << (32 - n))

/** Into the high half: what the sum of low halves is beyond 32 bits. */
const carry = (sum: number): number => (sum / 0x1_0000_0000) | 0

function compute(text: string): string {
  tables ??= { constants: fractions(80, 3n), start: fractions(8, 2n) }
  const { constants } = tables
  const bytes = toBytes(text)
  const view = new DataView(new ArrayBuffer((((bytes.length + 16) >> 7) + 1) << 7))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(view.byteLength - 4, bytes.length * 8)
  const hash = tables.start.slice()
  const words = new Int32Array(160)
  /** The words a to h, as halves. */
  const state = new Int32Array(16)
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 32; i++) words[i] = view.getInt32(at + 4 * i)
    for (let i = 32; i < 160; i += 2) {
      const h = words[i - 30]!
      const l = words[i - 29]!
      const p = words[i - 4]!
      const q = words[i - 3]!
      const low =
        ((turn(l, h, 1) ^ turn(l, h, 8) ^ turn(l, h, 7)) >>> 0) +
        ((turn(q, p, 19) ^ turn(p, q, 29) ^ turn(q, p, 6)) >>> 0) +
        (words[i - 31]! >>> 0) +
        (words[i - 13]! >>> 0)
      const high = (turn(h, l, 1) ^ turn(h, l, 8) ^ (h >>> 7)) + (turn(p, q, 19) ^ turn(q, p, 29) ^ (p >>> 6))
      words[i] = high + words[i - 32]! + words[i - 14]! + carry(low)
      words[i + 1] = low
    }
    state.set(hash)
    for (let i = 0; i < 160; i += 2) {
      const a = state[0]!
      const al = state[1]!
      const e = state[8]!
      const el = state[9]!
      const low =
        (state[15]! >>> 0) +
        ((turn(el, e, 14) ^ turn(el, e, 18) ^ turn(e, el, 9)) >>> 0) +
        (((el & state[11]!) ^ (~el & state[13]!)) >>> 0) +
        (constants[i + 1]! >>> 0) +
        (words[i + 1]! >>> 0)
      const high =
        state[14]! +
        (turn(e, el, 14) ^ turn(e, el, 18) ^ turn(el, e, 9)) +
        ((e & state[10]!) ^ (~e & state[12]!)) +
        constants[i]! +
        words[i]! +
        carry(low)
      const b = state[2]!
      const bl = state[3]!
      const c = state[4]!
      const cl = state[5]!
      const least =
        (low >>> 0) +
        ((turn(al, a, 28) ^ turn(a, al, 2) ^ turn(a, al, 7)) >>> 0) +
        (((al & bl) ^ (al & cl) ^ (bl & cl)) >>> 0)
      const most = (turn(a, al, 28) ^ turn(al, a, 2) ^ turn(al, a, 7)) + ((a & b) ^ (a & c) ^ (b & c))
      state.copyWithin(2, 0, 14)
      const sum = (state[9]! >>> 0) + (low >>> 0)
      state[8]! += high + carry(sum)
      state[9] = sum
      state[0] = high + most + carry(least)
      state[1] = least
    }
    for (let i = 0; i < 16; i += 2) {
      const low = (hash[i + 1]! >>> 0) + (state[i + 1]! >>> 0)
      hash[i]! += state[i]! + carry(low)
      hash[i + 1] = low
    }
  }
  return Array.from(hash, half => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
