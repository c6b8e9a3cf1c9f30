import { expect, test } from 'vitest'
import { pack, unpack } from './share.ts'

test('a text goes into an address and comes back', async () => {
  const text = `["头", ${'"kubectl get pods",'.repeat(200)}"end"]`
  const packed = await pack(text)
  expect(packed).toMatch(/^[\w-]+$/)
  expect(packed.length).toBeLessThan(200)
  expect(await unpack(packed, 100_000)).toBe(text)
})

test('what was not packed, or unfolds without end, is refused', async () => {
  for (const text of ['', 'x', '%%%', 'AAAA']) await expect(unpack(text, 100), text).rejects.toThrow()
  await expect(unpack(await pack('x'.repeat(5_000_000)), 4_000_000)).rejects.toThrow('too long')
})
