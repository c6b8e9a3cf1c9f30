import { expect, test } from 'vitest'
import { toBytes } from './bytes.ts'
import { hmacSha256 } from './hmac.ts'

const hex = (bytes: Uint8Array) => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')

test('cases of RFC 4231', () => {
  expect(hex(hmacSha256(new Uint8Array(20).fill(0x0b), toBytes('Hi There')))).toBe(
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  )
  expect(hex(hmacSha256(toBytes('Jefe'), toBytes('what do ya want for nothing?')))).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})
