import { expect, test } from 'vitest'
import { diagnosticCodes } from '../manifest/diagnostic.ts'
import { diagnosticsEn } from './diagnostics.en.ts'
import { explain } from './diagnostics.ts'
import { diagnosticsZh } from './diagnostics.zh.ts'

test('every diagnostic is explained in both languages', () => {
  const codes = [...diagnosticCodes].sort()
  expect(Object.keys(diagnosticsEn).sort()).toEqual(codes)
  expect(Object.keys(diagnosticsZh).sort()).toEqual(codes)
})

test('both languages fill in the same particulars', () => {
  const places = (texts: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(texts).map(([code, text]) => [code, [...new Set(text.match(/\{\w+\}/g))].sort()]),
    )
  expect(places(diagnosticsZh)).toEqual(places(diagnosticsEn))
})

test('an explanation says what to write', () => {
  const near = { code: 'unknown-field-near', params: { field: 'contianers', near: 'containers' } } as const
  expect(explain(near, 'zh')).toBe('没有 `contianers` 这个字段。是不是想写 `containers`？')
  const inCase = { code: 'unknown-field-case', params: { field: 'Containers', near: 'containers' } } as const
  expect(explain(inCase, 'zh')).toBe(
    '没有 `Containers` 这个字段。是不是想写 `containers`？字段名区分大小写。',
  )
})
