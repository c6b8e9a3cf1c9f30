// Drills in a real browser: one of each level is solved by hand beside its page, says so, and is kept; what is broken for
// good says when, and the way back mends it. Without JavaScript a drill is a text.
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { pairs, sample } from '../sample.ts'
import { axe } from './browser.ts'
import { shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
const openPage = useBrowser()

const goal = (page: Page, name: string) => page.locator(`.drill-goals [data-goal="${name}"]`)

async function begin(page: Page, id: string): Promise<void> {
  await page.goto(`${url}zh/drills/${id}/`)
  await page.locator('[data-drill-start]').click()
  await page.locator('.drill-goals [data-state]').first().waitFor({ timeout: 60_000 })
}

async function solved(page: Page): Promise<void> {
  await page.locator('.drill[data-solved]').waitFor({ timeout: 60_000, state: 'attached' })
}

/** Ten times as fast, where a small screen has no room for the button too. */
const fast = (page: Page) =>
  page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('#lab button'))
      if (button.textContent === '10×') button.click()
  })

const drills = [
  ['01-image-tag', 'new-version', 'kubectl set image deployment/shop shop=leigg/hellok8s:v2'],
  [
    '12-dns-namespace',
    'frontend-served',
    'kubectl -n web set env deployment/frontend CART_URL=http://cart.shop',
  ],
  [
    '22-namespace-finalizer',
    'namespace-gone',
    `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
  ],
] as const

test.for(pairs(drills, sizes))('%j at %j', async ([[id, name, command], viewport], { expect }) => {
  const { page, close } = await openPage({ viewport })
  await begin(page, id)
  expect(await goal(page, name).getAttribute('data-state')).not.toBe('met')
  await type(page, 'kubectl get pods -A')
  await type(page, command)
  await fast(page)
  await solved(page)
  expect(await goal(page, name).getAttribute('data-state')).toBe('met')
  expect(await page.locator('[data-drill-commands]').innerText()).toBe('1')
  expect(await page.locator('[data-drill-time]').innerText()).toMatch(/^0\d:\d\d$/)
  expect(await page.locator('.drill-after').getAttribute('open')).toBe('')
  expect(await page.locator('#lab-tab-why').isVisible()).toBe(true)
  await page.reload()
  await page.goto(`${url}zh/drills/`)
  const card = page.locator(`.drill-cards [data-lesson="drills/${id}"]`)
  expect(await card.getAttribute('data-done')).toBe('')
  expect(await card.innerText()).toMatch(/最好 0\d:\d\d，1 条命令/)
  await close()
})

test('what is broken for good says when, and leads back to just before', async () => {
  const { page, close } = await openPage({ viewport: sizes[0]! })
  await begin(page, '01-image-tag')
  await type(page, 'kubectl scale deployment/shop --replicas=0')
  await shows(page, 'scaled')
  await page
    .locator('.drill-goals [data-goal="never-below-3"][data-state="lost"]')
    .waitFor({ timeout: 30_000 })
  expect(await goal(page, 'never-below-3').innerText()).toMatch(/\d\d:\d\d 时只剩 0 个/)
  await goal(page, 'never-below-3').locator('.spark').waitFor()
  await page.locator('[data-drill-back]').click()
  await page
    .locator('.drill-goals [data-goal="never-below-3"][data-state="met"]')
    .waitFor({ timeout: 30_000 })
  await type(page, 'kubectl set image deployment/shop shop=leigg/hellok8s:v2')
  await fast(page)
  await solved(page)
  await close()
})

test.for(sample([1440, 1024], 2))(
  'at %i over the whole screen the text of a drill is the third column, and by the same key beside it again',
  async (width, { expect }) => {
    const { page, close } = await openPage({ viewport: { width, height: 900 } })
    await begin(page, '01-image-tag')
    const box = async (selector: string) => (await page.locator(selector).boundingBox())!
    const beside = await box('#lab')
    await page.locator('.lab-whole').press('Enter')
    const lab = await box('#lab')
    const text = await box('.drill')
    expect(lab.width).toBeGreaterThan(width * 0.7)
    expect(lab.x + lab.width).toBe(width)
    expect(text.x).toBeGreaterThanOrEqual(0)
    expect(text.width).toBeGreaterThan(200)
    expect(text.x + text.width).toBeLessThanOrEqual(lab.x)
    // Nothing tells the cause before it is solved.
    expect(await page.locator('.lab-below .lab-panels > .shown').getAttribute('id')).toBe('lab-inspect')
    for (const id of ['lab-why', 'lab-tab-why']) expect(await page.locator(`#${id}`).isVisible()).toBe(false)
    // What it says goes on there, and its buttons can be pressed.
    await type(page, 'kubectl scale deployment/shop --replicas=0')
    await page.locator('.drill-goals [data-state="lost"]').first().waitFor({ timeout: 30_000 })
    await page.locator('[data-drill-back]').click()
    await goal(page, 'never-below-3').locator('visible=true').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    expect(await axe(page)).toEqual([])
    await page.locator('.lab-whole').press('Enter')
    expect(await box('#lab')).toEqual(beside)
    await close()
  },
)

test('without JavaScript a drill is a text, with hints and solution folded', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/drills/01-image-tag/`)
  expect(await page.locator('.report').innerText()).toContain('Somebody released v2')
  expect(await page.locator('.drill-goals li').count()).toBe(4)
  expect(await page.locator('[data-drill-start]').isVisible()).toBe(false)
  await page.locator('.solution summary').click()
  expect(await page.locator('.solution pre').innerText()).toContain('kubectl set image')
  await page.goto(`${url}en/drills/`)
  expect(await page.locator('.drill-cards li').count()).toBeGreaterThanOrEqual(24)
  await close()
})

test('axe finds nothing on the pages of drills, in both themes, nor while one is open', async () => {
  const { page, close } = await openPage({ viewport: sizes[0]! })
  for (const path of ['zh/drills/', 'en/drills/01-image-tag/']) {
    await page.goto(url + path)
    expect(await axe(page)).toEqual([])
  }
  await begin(page, '01-image-tag')
  expect(await axe(page)).toEqual([])
  await close()
})

test('two tabs: each has a world of its own, and neither takes away what the other has kept', async () => {
  const { page, problems, close } = await openPage()
  await begin(page, '01-image-tag')
  const second = await page.context().newPage()
  await begin(second, '01-image-tag')
  await second.locator('.notice').first().waitFor()
  await type(page, 'kubectl set image deployment/shop shop=leigg/hellok8s:v2')
  await fast(page)
  await solved(page)
  expect(await goal(page, 'new-version').getAttribute('data-state')).toBe('met')
  // The other one's goals stand as they stood, and what it solves is added.
  expect(await goal(second, 'new-version').getAttribute('data-state')).not.toBe('met')
  expect(await second.locator('.drill[data-solved]').count()).toBe(0)
  await begin(second, '12-dns-namespace')
  await type(second, 'kubectl -n web set env deployment/frontend CART_URL=http://cart.shop')
  await fast(second)
  await solved(second)
  await page.locator('[data-step-action="reset"]').click()
  await page.locator('.drill:not([data-solved])').waitFor()
  expect(await goal(page, 'new-version').getAttribute('data-state')).not.toBe('met')
  await page.goto(`${url}zh/drills/`)
  for (const id of ['01-image-tag', '12-dns-namespace'])
    expect(await page.locator(`.drill-cards [data-lesson="drills/${id}"]`).getAttribute('data-done')).toBe('')
  expect(problems).toEqual([])
  await close()
})

test.for([
  ['zh', '连接立刻被拒绝', '02-selector'],
  ['en', 'release board still spins', '01-image-tag'],
] as const)('search finds a drill by its symptom: %s %s', async ([language, query, id]) => {
  const { page, close } = await openPage()
  await page.goto(`${url}${language}/`)
  await page.locator('[data-search]').first().click()
  await page.locator('dialog.search[open] input').fill(query)
  await page.locator(`.search-results a[href*="drills/${id}"]`).first().waitFor()
  await close()
})

test('on paper a drill is whole: goals, hints, the answer, and nothing to press', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/drills/01-image-tag/`)
  await page.emulateMedia({ media: 'print' })
  for (const selector of ['.report', '.drill-goals li', '.hint > div', '.solution pre', '.drill-after p'])
    for (const each of await page.locator(selector).all()) expect(await each.isVisible(), selector).toBe(true)
  for (const selector of ['.top', '.chapters', '[data-drill-start]', '.drill-figures', '.turn'])
    expect(await page.locator(selector).first().isVisible(), selector).toBe(false)
  await close()
})
