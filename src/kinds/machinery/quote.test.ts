import { expect, test } from 'vitest'
import { goQuote } from './quote.ts'

test('quotes as Go does: what cannot be seen is escaped, what can be seen is not', () => {
  expect(goQuote('a "b" \\ \n\t\v\x01\x7f')).toBe('"a \\"b\\" \\\\ \\n\\t\\v\\x01\\x7f"')
  expect(goQuote('网站‘’😀é')).toBe('"网站‘’😀é"')
  expect(goQuote('\u00a0\u200b\u3000\ufeff\u{e0001}')).toBe('"\\u00a0\\u200b\\u3000\\ufeff\\U000e0001"')
})
