import { expect, test } from 'vitest'
import { byteLength, decodeBase64, encodeBase64, fromBytes, toBytes } from './bytes.ts'

const raw = '\udcc0\udc80\udcff😀\udced\udca0\udc80\udce4\udcbd'

test.each([
  ['', []],
  ['aé你😀', [0x61, 0xc3, 0xa9, 0xe4, 0xbd, 0xa0, 0xf0, 0x9f, 0x98, 0x80]],
  [raw, [0xc0, 0x80, 0xff, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x80, 0xe4, 0xbd]],
])('text is bytes, and bytes that are no text come through: %s', (text, bytes) => {
  expect([...toBytes(text)]).toEqual(bytes)
  expect(fromBytes(bytes)).toBe(text)
  expect(byteLength(text)).toBe(bytes.length)
})

test.each(['\ud800', '\ud800é', '\udc10', 'a\ud83d'])('half a pair takes three bytes: %j', text => {
  expect(toBytes(text).length).toBe(byteLength(text))
})

test.each([0, 1, 2, 3, 4095, 6143, 6144, 6145, 20_000])('base64 of %i bytes comes back', length => {
  const text = fromBytes(Array.from({ length }, (_, i) => (i * 7919) & 255))
  const encoded = encodeBase64(text)
  expect(encoded.length).toBe(Math.ceil(length / 3) * 4)
  expect(decodeBase64(encoded)).toBe(text)
})

test('base64 is that of RFC 4648', () => {
  expect(['f', 'fo', 'foo', '\udcfb\udcff'].map(encodeBase64)).toEqual(['Zg==', 'Zm8=', 'Zm9v', '+/8='])
  expect(decodeBase64('Zm9v\nYg==')).toBe('foob')
  expect(decodeBase64('Zm9*')).toBeUndefined()
})
