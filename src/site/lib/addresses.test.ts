import { afterEach, expect, test, vi } from 'vitest'
import { addressesOf } from './addresses.ts'

afterEach(() => void vi.unstubAllEnvs())

test('nothing without SITE', () => {
  expect(addressesOf('/zh/play/', 'zh', false)).toBeUndefined()
})

test('a page names itself, both languages and what readers of neither get', () => {
  vi.stubEnv('SITE', 'https://example.org')
  expect(addressesOf('/zh/03-pod/01-create/', 'zh', true)).toEqual({
    address: 'https://example.org/zh/03-pod/01-create/',
    home: false,
    alternates: [
      ['zh-CN', 'https://example.org/zh/03-pod/01-create/'],
      ['en', 'https://example.org/en/03-pod/01-create/'],
      ['x-default', 'https://example.org/en/03-pod/01-create/'],
    ],
    picture: 'https://example.org/cards/zh/03-pod/01-create.png',
  })
  expect(addressesOf('/en/play/', 'en', false)?.picture).toBe('https://example.org/cards/en.png')
})

test('of the home pages that is the way in, whose own languages are they', () => {
  vi.stubEnv('SITE', 'https://example.org')
  const alternates = [
    ['zh-CN', 'https://example.org/zh/'],
    ['en', 'https://example.org/en/'],
    ['x-default', 'https://example.org/'],
  ]
  for (const path of ['/', '/zh/'])
    expect(addressesOf(path, 'zh', false)).toMatchObject({ home: true, alternates })
})
