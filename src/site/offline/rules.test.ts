import { expect, test } from 'vitest'
import { dataPath } from './data-path.ts'
import { abandoned, buildOfPage, buildsIn, cacheName, kindOf, visited } from './rules.ts'

test('a cache is of one build, and of one site of its origin', () => {
  const names = [cacheName('/', 'a1'), cacheName('/', 'b2'), cacheName('/k8s/', 'c3'), 'another /', 'x']
  expect(buildsIn(names, '/')).toEqual(['a1', 'b2'])
  expect(buildsIn(names, '/k8s/')).toEqual(['c3'])
})

test.each([
  ['/k8s/', 'page'],
  ['/k8s/zh/03-pod/08-restarts/', 'page'],
  ['/k8s/404.html', 'page'],
  ['/k8s/_astro/lab.Ab1.js', 'fixed'],
  ['/k8s/_astro/a1/lab/play.json', 'fixed'],
  ['/k8s/sw.js', undefined],
  ['/k8s/examples/03-pod/pod.yaml', undefined],
  ['/', undefined],
  ['/other/_astro/lab.Ab1.js', undefined],
])('%s under /k8s/: %s', (path, kind) => {
  expect(kindOf(path, '/k8s/')).toBe(kind)
})

test('a page says of which build it is; one served from its sources is of none', () => {
  expect(buildOfPage('<!DOCTYPE html><html lang="en" data-base="/" data-build="a1b2"><head>')).toBe('a1b2')
  expect(buildOfPage('<html lang="en"><body data-build="a1">')).toBeUndefined()
})

test('what was visited is wanted of the new build too: pages and the data of their labs, no code', () => {
  const kept = [
    '/s/zh/',
    '/s/_astro/lab.Ab1.js',
    dataPath('/s/', 'a1', 'lab/03-pod/01-pod.json'),
    dataPath('/s/', 'a1', 'pagefind/pagefind.js'),
  ]
  expect(visited(kept, '/s/', 'a1', 'b2')).toEqual(['/s/zh/', '/s/_astro/b2/lab/03-pod/01-pod.json'])
})

test('a build is abandoned once no open page is of it, or may be', () => {
  expect(abandoned(['a1', 'b2'], ['b2', 'c3'])).toEqual(['a1'])
  expect(abandoned(['a1', 'b2'], [])).toEqual(['a1', 'b2'])
  expect(abandoned(['a1', 'b2'], ['c3', undefined])).toEqual([])
})
