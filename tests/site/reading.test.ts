// Reading without the lab, in a real browser: what is there without JavaScript, search, copy, language, theme, sizes,
// keyboard, accessibility.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { root } from '../../scripts/lib/run.ts'
import { strings } from '../../src/i18n/strings.ts'
import { axe, tooWide } from './browser.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '04-deployment/04-roll-back'
const openPage = useBrowser()

test('a lesson without JavaScript holds its text, its manifest and its outputs', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/${lesson}/`)
  const text = (await page.locator('main').textContent()) ?? ''
  const manifest = readFileSync(join(root, 'examples/04-deployment/deployment-three.yaml'), 'utf8')
  expect(text).toContain('The release is broken')
  expect(text).toContain(manifest.trimEnd())
  expect(text).toMatch(/k(ubectl|k) rollout undo/)
  expect(text).toContain('rolled back')
  expect(await page.locator('button.needs-js:visible, .needs-js button:visible').count()).toBe(0)
  await close()
})

test('copying a manifest gives exactly the file in examples/, and copying a console the commands only, without prompts and output', async () => {
  const { page, problems, close } = await openPage({
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto(`${url}zh/${lesson}/`)
  await page.locator('.manifest [data-copy]').first().click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(readFileSync(join(root, 'examples/04-deployment/deployment-three.yaml'), 'utf8'))

  const step = page.locator('.console[data-step="undo"]')
  await step.locator('[data-copy]').click()
  await step.locator('[data-copy][data-state="copied"]').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe((await step.locator('.command code').allTextContents()).join('\n'))
  expect(copied).toMatch(/^kubectl|^kk/)
  expect(copied).not.toContain('$')
  expect(problems).toEqual([])
  await close()
})

describe('search', () => {
  const cases: [language: string, query: string, lands: string][] = [
    ['zh', '滚动更新', '/zh/04-deployment/'],
    ['zh', '就绪探针', '/zh/04-deployment/'],
    ['zh', '"滚动更新"', '/zh/04-deployment/'],
    ['zh', 'kubectl rollout undo', '/zh/04-deployment/04-roll-back/'],
    ['en', 'readiness probe', '/en/04-deployment/08-readiness/'],
  ]
  test.each(cases)('%s: “%s” leads to a lesson, by the keyboard alone', async (language, query, lands) => {
    const { page, problems, close } = await openPage()
    await page.goto(`${url}${language}/`)
    await page.keyboard.press('/')
    await page.locator('dialog.search[open] input').waitFor()
    await page.keyboard.type(query)
    const first = page.locator('.search-results a').first()
    await first.waitFor()
    expect(await first.getAttribute('href')).toContain(lands)
    expect(await page.locator('.search-results').innerText()).toContain(
      query.replaceAll('"', '').split(' ').at(-1)!.slice(0, 4),
    )
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(address => address.pathname.startsWith(lands))
    expect(problems).toEqual([])
    await close()
  })

  test('Ctrl-K opens it and Escape closes it', async () => {
    const { page, close } = await openPage()
    await page.goto(`${url}en/${lesson}/`)
    await page.keyboard.press('Control+k')
    await page.locator('dialog.search[open] input').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog.search[open]').count()).toBe(0)
    await close()
  })
})

test('the language switch stays on the lesson', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await page.locator('a.language').click()
  expect(new URL(page.url()).pathname).toBe(`/en/${lesson}/`)
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await close()
})

test('the chosen theme holds on the next page', async () => {
  const { page, close } = await openPage({ colorScheme: 'light' })
  await page.goto(`${url}en/${lesson}/`)
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await paper()
  await page.locator('[data-theme-button]').click()
  await page.locator('[data-theme-button]').click()
  await page.locator('html[data-theme="dark"]').waitFor()
  expect(await paper()).not.toBe(light)
  await page.goto(`${url}en/`)
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  await close()
})

test.each([
  `zh/${lesson}/`,
  'en/',
  'zh/04-deployment/',
  'en/drills/',
  'zh/drills/01-image-tag/',
  'en/errors/',
  'zh/sheet/',
  'zh/gallery/',
  'en/certificate/',
  'no/such/page/',
])('/%s needs at most four requests before it is touched, none to strangers', async path => {
  const { page, close } = await openPage()
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await page.goto(url + path, { waitUntil: 'networkidle' })
  expect(requests.filter(each => !each.startsWith(url))).toEqual([])
  expect(requests.length).toBeLessThanOrEqual(4)
  await close()
})

test.each(['click', 'Enter', 'keys'])(
  'what is pressed before the page has its script is done then: by %s',
  async by => {
    const { page, problems, close } = await openPage()
    let begin = (): void => {}
    const begun = new Promise<void>(resolve => {
      begin = resolve
    })
    await page.goto(`${url}zh/${lesson}/`, { waitUntil: 'networkidle' })
    await page.route('**/_astro/**', async route => {
      await begun
      await route.continue()
    })
    if (by === 'click') await page.locator('[data-search]').click()
    else if (by === 'Enter') await page.locator('[data-search]').press('Enter')
    else await page.keyboard.press('/')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    begin()
    await page.locator('dialog.search[open] input').waitFor()
    expect(problems).toEqual([])
    await close()
  },
)

test('a page that cannot get its script says so when it is asked for something', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`, { waitUntil: 'networkidle' })
  await page.route('**/_astro/**', route => route.abort())
  const said = new Promise<string>(resolve => {
    page.once('dialog', async dialog => {
      resolve(dialog.message())
      await dialog.accept()
    })
  })
  await page.locator('[data-step-action="run"]').first().press('Enter')
  expect(await said).toBe(strings.zh.labUnreachable)
  await close()
})

test('nothing moves when the script comes', async () => {
  for (const width of [1440, 390]) {
    const { page, close } = await openPage({ viewport: { width, height: 900 } })
    await page.goto(`${url}zh/${lesson}/`, { waitUntil: 'networkidle' })
    await page.evaluate(() => {
      const scope = window as unknown as { shift: number }
      scope.shift = 0
      // What moves after an input of the reader's counts here, too.
      new PerformanceObserver(list => {
        for (const each of list.getEntries())
          scope.shift += (each as PerformanceEntry & { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    const styled = page.waitForResponse(/live\.[^/]*\.css$/)
    await page.mouse.move(200, 200)
    await styled
    await page.locator('.step-foot').first().waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.05)
    await close()
  }
})

test('an unknown address says so, in both languages', async () => {
  const { page, close } = await openPage()
  const answer = await page.goto(`${url}zh/nowhere/`)
  expect(answer?.status()).toBe(404)
  expect(await page.locator('main').innerText()).toMatch(/这里什么也没有[\s\S]*Nothing here/)
  await close()
})

const pages = [
  '',
  'zh/',
  'en/',
  'zh/04-deployment/',
  `zh/${lesson}/`,
  `en/${lesson}/`,
  'en/04-deployment/01-deploy/',
]
test.each(pages)(
  'axe finds nothing on /%s, in both themes, and nothing is wider than the page',
  async path => {
    const { page, problems, close } = await openPage()
    await page.goto(url + path)
    expect(await axe(page)).toEqual([])
    expect(await tooWide(page, 1440)).toEqual([])
    expect(problems).toEqual([])
    await close()
  },
)

test('every internal link leads somewhere', async () => {
  const { page, close } = await openPage()
  const seen = new Set<string>()
  const broken: string[] = []
  const queue = [`${url}zh/`, `${url}en/`]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [address = ''] = next.split('#')
    if (seen.has(address)) continue
    seen.add(address)
    const answer = await page.request.get(address)
    if (!answer.ok()) broken.push(address)
    if (!(answer.headers()['content-type'] ?? '').includes('html')) continue
    for (const [, href] of (await answer.text()).matchAll(/<a\b[^>]*\shref="([^"]+)"/g)) {
      const target = new URL((href ?? '').replaceAll('&amp;', '&'), address).href
      if (target.startsWith(url)) queue.push(target)
    }
  }
  expect(broken).toEqual([])
  expect(seen.size).toBeGreaterThan(20)
  await close()
})
