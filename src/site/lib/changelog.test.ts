import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { atom, releases } from './changelog.ts'

const html = `<h1 id="changelog">Changelog</h1>
<h2 id="unreleased">Unreleased</h2>
<p>not yet</p>
<h2 id="020---2026-12-01">0.2.0 - 2026-12-01</h2>
<p>a &#x26; <code>b</code></p>
<h2>0.1.0 - 2026-11-29</h2>
<p>first</p>
`

test('releases are those with a date', () => {
  expect(releases(html)).toEqual([
    { version: '0.2.0', date: '2026-12-01', html: '<p>a &#x26; <code>b</code></p>' },
    { version: '0.1.0', date: '2026-11-29', html: '<p>first</p>' },
  ])
})

test('each is an entry of the feed, its text escaped once', () => {
  const feed = atom(releases(html), {
    title: 'A & B',
    home: 'https://e.org/',
    self: 'https://e.org/feed.xml',
  })
  expect(feed).toContain('<updated>2026-12-01T00:00:00Z</updated>')
  expect([...feed.matchAll(/<id>(.*)<\/id>/g)].map(([, id]) => id)).toEqual([
    'https://e.org/',
    'https://e.org/#0.2.0',
    'https://e.org/#0.1.0',
  ])
  expect(feed).toContain('<title>A &amp; B 0.1.0</title>')
  expect(feed).toContain('&lt;p&gt;a &amp;#x26; &lt;code&gt;b&lt;/code&gt;&lt;/p&gt;')
})

test('CHANGELOG.md tells what package.json is', () => {
  const headings = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (.*)$/gm)].map(([, each]) => each)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const released = headings.filter(each => each !== 'Unreleased')
  expect(released[0]).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')} - `))
  for (const each of released) expect(each).toMatch(/^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/)
})
