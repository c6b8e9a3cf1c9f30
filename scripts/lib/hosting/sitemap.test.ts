import { expect, test } from 'vitest'
import { addressed, robots, sitemap } from './sitemap.ts'

const page = (path: string) =>
  `<head><link rel="icon" href="/favicon.svg"><link rel="canonical" href="https://example.org/${path}/">` +
  `<link rel="alternate" hreflang="zh-CN" href="https://example.org/zh/">` +
  `<link rel="alternate" hreflang="x-default" href="https://example.org/">` +
  `<link rel="alternate" type="text/markdown" href="index.md"></head>`

test('a page with an address stands in the map with its other languages, one without does not', () => {
  expect(addressed('<meta name="robots" content="noindex">')).toBeUndefined()
  expect(addressed(page('zh'))).toEqual({
    address: 'https://example.org/zh/',
    alternates: [
      ['zh-CN', 'https://example.org/zh/'],
      ['x-default', 'https://example.org/'],
    ],
  })
  const map = sitemap([addressed(page('zh'))!, addressed(page('en'))!])
  expect([...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, each]) => each)).toEqual([
    'https://example.org/en/',
    'https://example.org/zh/',
  ])
  expect(map).toContain(
    '<xhtml:link rel="alternate" hreflang="x-default" href="https://example.org/"/></url>',
  )
})

test('robots.txt points to the map where there is one', () => {
  expect(robots(undefined)).toBe('User-agent: *\nAllow: /\n')
  expect(robots('https://example.org/sitemap.xml')).toContain('\nSitemap: https://example.org/sitemap.xml\n')
})
