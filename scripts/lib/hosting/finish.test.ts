import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compressSite } from './compress.ts'
import { finish } from './finish.ts'

const page = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`
let out: string
const read = (name: string) => readFileSync(join(out, name), 'utf8')

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'living-kubernetes-finish-'))
})
afterEach(() => rmSync(out, { recursive: true, force: true }))

test('without an address it says what is left out', () => {
  writeFileSync(join(out, 'index.html'), page)
  expect(finish(out, ['index.html'], { base: '/' })).toEqual([expect.stringContaining('without SITE=')])
  expect(read('robots.txt')).not.toContain('Sitemap')
  expect(existsSync(join(out, 'sitemap.xml'))).toBe(false)
  expect(read('_headers')).toMatch(/^\/\*\n {2}Content-Security-Policy: default-src 'self'\n/)
  expect(read('.nojekyll')).toBe('')
})

test('with one under a path there is a map, and robots.txt has to be put elsewhere', () => {
  writeFileSync(join(out, 'index.html'), `${page}<link rel="canonical" href="https://example.org/k8s/">`)
  writeFileSync(join(out, '404.html'), page)
  const notes = finish(out, ['index.html', '404.html'], { origin: 'https://example.org', base: '/k8s/' })
  expect(notes).toEqual(['sitemap.xml: 1 pages', expect.stringContaining('https://example.org/robots.txt')])
  expect(read('sitemap.xml')).toContain('<loc>https://example.org/k8s/</loc>')
  expect(read('_headers')).toMatch(/^\/k8s\/\*\n/)
})

test('texts are compressed beside themselves, pictures and what is tiny are not', async () => {
  mkdirSync(join(out, 'zh'))
  const text = '<p>text</p>\n'.repeat(500)
  writeFileSync(join(out, 'zh/index.html'), text)
  writeFileSync(join(out, 'tiny.txt'), 'a')
  writeFileSync(join(out, 'icon.png'), Buffer.alloc(5000))
  expect(await compressSite(out)).toMatchObject({ files: 1, from: text.length })
  expect(gunzipSync(readFileSync(join(out, 'zh/index.html.gz'))).toString()).toBe(text)
  expect(brotliDecompressSync(readFileSync(join(out, 'zh/index.html.br'))).toString()).toBe(text)
  for (const name of ['tiny.txt.gz', 'icon.png.gz', 'icon.png.br'])
    expect(existsSync(join(out, name))).toBe(false)
})
