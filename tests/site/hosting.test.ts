// What lies beside the pages of a site that was built without an address: for programs, systems and hosts.
import { expect, inject, test } from 'vitest'

const url = inject('url')
const get = async (path: string) => {
  const answer = await fetch(new URL(path, url))
  return { status: answer.status, text: await answer.text() }
}

test('without SITE no page says where it stands, and there is no map and no feed', async () => {
  for (const path of ['', 'zh/', 'en/04-deployment/04-roll-back/']) {
    const { text } = await get(path)
    expect(text).not.toMatch(/rel="canonical"|hreflang="x-default"|property="og:|ld\+json|feed\.xml/)
  }
  expect((await get('robots.txt')).text).toBe('User-agent: *\nAllow: /\n')
  for (const path of ['sitemap.xml', 'feed.xml', 'cards/zh.png']) expect((await get(path)).status).toBe(404)
  expect((await get('404.html')).text).toContain('<meta name="robots" content="noindex">')
})

test('each lesson and each drill lies beside its page as Markdown, and llms.txt names all', async () => {
  const { text } = await get('llms.txt')
  const lessons = [...text.matchAll(/\]\((\/\S+\/index\.md)\)/g)].map(([, path]) => path ?? '')
  expect(lessons.length).toBeGreaterThan(170)
  expect(lessons.filter(each => each.includes('/drills/')).length).toBeGreaterThanOrEqual(48)
  const missing: string[] = []
  for (const path of lessons) if (!/^# \d/.test((await get(path)).text)) missing.push(path)
  expect(missing).toEqual([])
  for (const path of ['zh/04-deployment/04-roll-back/', 'en/drills/01-image-tag/'])
    expect((await get(path)).text).toContain('<link rel="alternate" type="text/markdown" href="index.md">')
})

test('the web manifest and the page name icons that are there, in the sizes that they say', async () => {
  const manifest = JSON.parse((await get('site.webmanifest')).text) as {
    start_url: string
    icons: { src: string; type: string; sizes: string }[]
  }
  expect((await get(manifest.start_url)).status).toBe(200)
  const touch = /<link rel="apple-touch-icon" href="([^"]+)"/.exec((await get('zh/')).text)?.[1] ?? ''
  const icons = manifest.icons.filter(({ type }) => type === 'image/png')
  for (const { src, sizes } of [...icons, { src: touch, sizes: '180x180' }]) {
    const head = new DataView(await (await fetch(new URL(src, url))).arrayBuffer())
    expect(`${head.getUint32(16)}x${head.getUint32(20)}`, src).toBe(sizes)
  }
  expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
})

test('the site brings the headers that hosts read from it, with the policy of its pages', async () => {
  const { text } = await get('_headers')
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec((await get('zh/')).text)?.[1]
  expect(text).toContain(`/*\n  Content-Security-Policy: ${policy}\n`)
  expect(text).toContain(`/en/embed/*\n  Content-Security-Policy: ${policy}; frame-ancestors *\n`)
  expect(text).toContain('/_astro/*\n  Cache-Control: ')
})
