// What a reader has done: kept in the browser, shown wherever lessons are named, carried away and back as a file; and where
// the address of the site itself leads.
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { root } from '../../scripts/lib/run.ts'
import { begun } from './browser.ts'
import { reset } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const first = '04-deployment/01-deploy'
const second = '04-deployment/02-change-replicas'
const restarts = '03-pod/08-restarts'
/** Lessons of chapter 4. */
const lessons = globSync('content/04-deployment/[0-9]*', { cwd: root }).length
const openPage = useBrowser()

const done = (page: Page) => page.evaluate(() => JSON.parse(localStorage.getItem('done') ?? '[]') as string[])
const way = (page: Page) => page.locator('[data-continue]')

/** Runs every step of the lesson that is open. */
async function runAll(page: Page): Promise<void> {
  for (const skip of await page.locator('.skip-guess button').all()) await skip.click()
  for (const step of await page.locator('.console[data-step]').all()) {
    await step.locator('[data-step-action="run"]').click()
    await step.and(page.locator('[data-same]')).waitFor({ timeout: 60_000 })
  }
}

test('a lesson is done when all of its steps have run; Reset, a reload and other tabs keep it', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/`)
  expect(await way(page).innerText()).toMatch(/^从 /)
  const before = await way(page).getAttribute('href')
  await page.goto(`${url}zh/${first}/`)
  await runAll(page)
  await expect.poll(() => done(page)).toEqual([first])
  const link = page.locator(`.chapters [data-lesson="${first}"]`)
  expect(await link.getAttribute('data-done')).toBe('')
  await reset(page)
  await page.reload()
  await begun(page)
  expect(await link.getAttribute('data-done')).toBe('')

  const tab = await page.context().newPage()
  await tab.goto(`${url}zh/04-deployment/`)
  await begun(tab)
  expect(await tab.locator('.chapter-meta').innerText()).toContain(`读完 1 / ${lessons}`)
  expect(await way(tab).innerText()).toBe('继续 4.2')
  expect(new URL(tab.url()).origin + (await way(tab).getAttribute('href'))).toBe(`${url}zh/${second}/`)
  // What another tab adds is seen here, and what is added here does not take it away.
  await tab.goto(`${url}en/${restarts}/`)
  await runAll(tab)
  await expect.poll(() => done(page)).toEqual([first, restarts])
  await page.goto(`${url}zh/`)
  await begun(page)
  expect(await page.locator('.cells [data-done]').count()).toBe(2)
  expect(await way(page).innerText()).toMatch(/^继续 3\.9 /)
  expect(await way(page).getAttribute('href')).not.toBe(before)
  await close()
})

test('it is saved as a file; another browser takes the file over and loses nothing of its own', async () => {
  const { page, close } = await openPage()
  await page.addInitScript(() => {
    if (localStorage.getItem('done')) return
    localStorage.setItem(
      'done',
      JSON.stringify(['04-deployment/01-deploy', '07-service/02-clusterip@silent-shop']),
    )
    localStorage.setItem('last', '04-deployment/02-change-replicas')
    localStorage.setItem('times', '{"11-end/story@fair":754321}')
  })
  await page.goto(`${url}en/`)
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-action="save"]').click(),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'progress-'))
  const file = join(folder, 'mine.json')
  await saved.saveAs(file)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    format: 1,
    done: ['04-deployment/01-deploy', '07-service/02-clusterip@silent-shop'],
    last: '04-deployment/02-change-replicas',
    times: { '11-end/story@fair': 754_321 },
    commands: {},
  })
  await close()

  const other = await openPage()
  await other.page.addInitScript(id => {
    if (localStorage.getItem('done')) return
    localStorage.setItem('done', JSON.stringify([id]))
    localStorage.setItem('times', '{"11-end/story@fair":999999}')
  }, restarts)
  const open = async (path: string) => {
    const [chooser] = await Promise.all([
      other.page.waitForEvent('filechooser'),
      other.page.locator('[data-action="open"]').click(),
    ])
    await chooser.setFiles(path)
  }
  await other.page.goto(`${url}en/`)
  await open(file)
  await expect
    .poll(() => done(other.page))
    .toEqual([restarts, '04-deployment/01-deploy', '07-service/02-clusterip@silent-shop'])
  expect(await way(other.page).innerText()).toBe('Go on with 4.2 Change the number of replicas')
  const spoilt = join(folder, 'spoilt.json')
  writeFileSync(spoilt, '{"done": 3}')
  await open(spoilt)
  await other.page.locator('.toast', { hasText: 'holds no progress' }).waitFor()
  expect((await done(other.page)).length).toBe(3)
  await other.page.goto(`${url}en/11-end/story/`)
  const time = other.page.locator('.exercise-time')
  expect(await time.innerText()).toBe('Best time 12:34; the mark is 20 minutes')
  await other.close()
})

test.each([
  ['remembered', 'de-DE', 'en', 'en/'],
  ['the browser’s', 'zh-TW', '', 'zh/'],
  ['the browser’s', 'en-GB', '', 'en/'],
])('the site leads to the language that is %s (%s)', async (_, locale, remembered, path) => {
  const { page, close } = await openPage({ locale })
  if (remembered) await page.addInitScript(kept => localStorage.setItem('language', kept), remembered)
  await page.goto(url)
  await page.waitForURL(url + path)
  await close()
})

test('… and shows the choice where neither is known, or without JavaScript', async () => {
  for (const options of [{ locale: 'de-DE' }, { locale: 'en-GB', javaScriptEnabled: false }]) {
    const { page, close } = await openPage(options)
    await page.goto(url)
    await page.waitForLoadState('networkidle')
    expect(page.url()).toBe(url)
    expect(await page.locator('.doors a').count()).toBe(2)
    await close()
  }
})

test('the whole course is on the home page, and what is not written is not a link', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/`)
  const chapters = page.locator('.map > li')
  expect(await chapters.count()).toBe(12)
  const links = await page
    .locator('.map h3 a')
    .evaluateAll(all => all.map(each => (each as HTMLAnchorElement).href))
  expect(links).toContain(`${url}en/04-deployment/`)
  for (const link of links) expect((await page.request.get(link)).status(), link).toBe(200)
  expect(links.length + (await page.locator('.map .planned').count())).toBe(12)
  await close()
})

test.each([
  [1440, 900],
  [390, 844],
])(
  'the first screen of the home page has something to run, and its figure follows (%i × %i)',
  async (width, height) => {
    const { page, problems, close } = await openPage({ viewport: { width, height } })
    await page.goto(`${url}en/`)
    expect(await page.locator('.lab').count()).toBe(0)
    const step = page.locator('.hero .console')
    const run = step.locator('[data-step-action="run"]')
    const { y = height, height: tall = 0 } = (await run.boundingBox()) ?? {}
    expect(y + tall).toBeLessThan(height)
    await run.click()
    await step.and(page.locator('[data-same]')).waitFor({ timeout: 60_000 })
    await page
      .locator('.hero .figure[data-live] [data-object^="pod/"][data-tone="good"]')
      .first()
      .waitFor({ timeout: 60_000 })
    expect(problems.filter(each => !each.includes('net::ERR_ABORTED'))).toEqual([])
    await close()
  },
)
