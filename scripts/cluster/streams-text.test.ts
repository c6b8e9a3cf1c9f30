import { expect, test } from 'vitest'
import { fromBytes } from '../../src/engine/bytes.ts'
import { Random } from '../../src/engine/random.ts'
import { BytesToText, TextToBytes } from './streams-text.ts'

const sample = Buffer.concat([
  Buffer.from('a é 名 🙂 '),
  Buffer.of(0, 0x80, 0xe5, 0x90, 0xff, 0xf0, 0x9f),
  Buffer.from('z'),
])

test('characters come whole wherever the bytes are split, and no byte is lost', () => {
  for (let at = 0; at <= sample.length; at++)
    for (let to = at; to <= sample.length; to++) {
      const decoder = new BytesToText()
      const pieces = [sample.subarray(0, at), sample.subarray(at, to), sample.subarray(to)]
      const text = pieces.map(piece => decoder.add(piece)).join('') + decoder.rest()
      expect(text).toBe(fromBytes(sample))
    }
})

test('text that is split within a pair of surrogates gives the same bytes', () => {
  const text = fromBytes(sample)
  for (let at = 0; at <= text.length; at++) {
    const encoder = new TextToBytes()
    const bytes = [encoder.add(text.slice(0, at)), encoder.add(text.slice(at)), encoder.rest()]
    expect(Buffer.concat(bytes)).toEqual(sample)
  }
})

test('random bytes in random pieces come back', () => {
  const random = new Random(1)
  const bytes = Buffer.from(Array.from({ length: 20_000 }, () => Math.floor(random.float() * 256)))
  const decoder = new BytesToText()
  const encoder = new TextToBytes()
  const out: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const to = at + 1 + Math.floor(random.float() * 5)
    out.push(encoder.add(decoder.add(bytes.subarray(at, to))))
    at = to
  }
  out.push(encoder.add(decoder.rest()), encoder.rest())
  expect(Buffer.concat(out)).toEqual(bytes)
})
