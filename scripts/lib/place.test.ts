import { expect, test } from 'vitest'
import { placeOf } from './place.ts'

test('SITE says origin and base, LIVING_KUBERNETES_BASE the base alone', () => {
  expect(placeOf({})).toEqual({ base: '/' })
  expect(placeOf({ SITE: '' })).toEqual({ base: '/' })
  expect(placeOf({ LIVING_KUBERNETES_BASE: 'learn//k8s' })).toEqual({ base: '/learn/k8s/' })
  expect(placeOf({ SITE: 'https://example.org' })).toEqual({ origin: 'https://example.org', base: '/' })
  const under = { origin: 'http://example.org:8080', base: '/learn/k8s/' }
  expect(placeOf({ SITE: 'http://example.org:8080/learn/k8s' })).toEqual(under)
  expect(
    placeOf({ SITE: 'http://example.org:8080/learn/k8s/', LIVING_KUBERNETES_BASE: '/learn/k8s' }),
  ).toEqual(under)
})

test.each([
  'example.org',
  '/learn',
  'ftp://example.org',
  'https://example.org/?a=1',
  'https://a@example.org',
])('SITE=%s is refused', SITE => expect(() => placeOf({ SITE })).toThrow('is no address of a site'))

test('two bases are one too many', () => {
  expect(() => placeOf({ SITE: 'https://example.org', LIVING_KUBERNETES_BASE: '/k8s' })).toThrow(
    'SITE alone says both',
  )
})
