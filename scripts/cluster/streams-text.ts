// Bytes that come in pieces, as text, and text that comes in pieces, as bytes: a character may be split anywhere.
import { fromBytes, toBytes } from '../../src/engine/bytes.ts'

/** Bytes to the text of the world's pipes (src/engine/bytes.ts); a character is given once all of it has come. */
export class BytesToText {
  #begun: Buffer = Buffer.alloc(0)

  add(bytes: Buffer): string {
    const all = this.#begun.length ? Buffer.concat([this.#begun, bytes]) : bytes
    const whole = all.length - unfinished(all)
    this.#begun = all.subarray(whole)
    return fromBytes(all.subarray(0, whole))
  }

  /** What is left at the end: bytes that are no character. */
  rest(): string {
    const text = fromBytes(this.#begun)
    this.#begun = Buffer.alloc(0)
    return text
  }
}

/** How many bytes at the end may be the beginning of a character. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf8 ? 4 : 0
    return length > back ? back : 0
  }
  return 0
}

/** The other way: a pair of surrogates may be split over two pieces. */
export class TextToBytes {
  #begun = ''

  add(text: string): Uint8Array {
    const all = this.#begun + text
    const last = all.charCodeAt(all.length - 1)
    const whole = last >= 0xd800 && last <= 0xdbff ? all.length - 1 : all.length
    this.#begun = all.slice(whole)
    return toBytes(all.slice(0, whole))
  }

  rest(): Uint8Array {
    const bytes = toBytes(this.#begun)
    this.#begun = ''
    return bytes
  }
}
