// HMAC with SHA-256 (RFC 2104).
import { sha256 } from './sha256.ts'

const block = 64

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g)!, byte => Number.parseInt(byte, 16))

/** 32 bytes. A key is at most 64 bytes long. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const inner = new Uint8Array(block + message.length)
  const outer = new Uint8Array(block + 32)
  for (let i = 0; i < block; i++) {
    inner[i] = (key[i] ?? 0) ^ 0x36
    outer[i] = (key[i] ?? 0) ^ 0x5c
  }
  inner.set(message, block)
  outer.set(bytesOf(sha256(inner)), block)
  return bytesOf(sha256(outer))
}
