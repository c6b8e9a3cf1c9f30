// Figures: readable on a phone, and those that are bound to the cluster follow it.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { root } from '../../scripts/lib/run.ts'
import { pairs } from '../sample.ts'
import { skipGuesses } from './browser.ts'
import { reset, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const openPage = useBrowser()

const withFigures = globSync('content/*/*/zh.mdx', { cwd: root })
  .filter(file => readFileSync(join(root, file), 'utf8').includes('<Figure '))
  .map(file => file.split(/[\\/]/).slice(1, 3).join('/'))
  .sort()

const languages = ['zh', 'en']
// Each in one of them, in `npm run soak` in both.
const shown = pairs(withFigures, languages)

test.each(languages)('in %s, at 390, none is cut and no text is smaller than 12 px', async language => {
  expect(withFigures.length).toBeGreaterThan(0)
  const { page, close } = await openPage({ viewport: { width: 390, height: 844 } })
  for (const [lesson, of] of shown) {
    if (of !== language) continue
    await page.goto(`${url}${language}/${lesson}/`)
    await skipGuesses(page)
    const found = await page.locator('.figure svg').evaluateAll(all =>
      all
        .filter(svg => svg.checkVisibility())
        .flatMap(svg => {
          const frame = svg.getBoundingClientRect()
          const scale = frame.width / (svg as SVGSVGElement).viewBox.baseVal.width
          const wrong: string[] = frame.right > innerWidth ? ['wider than the page'] : []
          for (const text of svg.querySelectorAll('text')) {
            const { left, right, top, bottom } = text.getBoundingClientRect()
            const size = Number.parseFloat(getComputedStyle(text).fontSize) * scale
            if (size < 12) wrong.push(`${text.textContent}: ${size.toFixed(1)} px`)
            if (
              left < frame.left - 1 ||
              right > frame.right + 1 ||
              top < frame.top - 1 ||
              bottom > frame.bottom + 1
            )
              wrong.push(`${text.textContent}: cut`)
          }
          return wrong
        }),
    )
    expect(found, lesson).toEqual([])
  }
  await close()
})

const lesson = '04-deployment/01-deploy'

test('a live figure is as drawn until its objects are there; then it moves with them, and Reset lets it rest', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  const figure = page.locator('.figure:has([data-object])').first()
  const deployment = figure.locator('[data-object^="deployment/"] [data-field="state"]')
  const pods = figure.locator('[data-object^="pod/"]')
  const drawn = await figure.locator('svg').innerHTML()
  await page.locator('.console[data-step="apply"] [data-step-action="run"]').click()
  await expect.poll(() => deployment.textContent(), { timeout: 20_000 }).toMatch(/^[012]\/2$/)
  expect(await figure.locator('.figure-live').isVisible()).toBe(true)
  await expect.poll(() => deployment.textContent(), { timeout: 30_000 }).toBe('2/2')
  expect(await pods.evaluateAll(all => all.map(each => each.getAttribute('data-tone')))).toEqual([
    'good',
    'good',
  ])
  const names = await pods.locator('[data-field="name"]').allTextContents()
  expect(names).toEqual([expect.stringMatching(/-[a-z0-9]{5}$/), expect.stringMatching(/-[a-z0-9]{5}$/)])
  await type(page, 'kubectl scale deployment hellok8s-go-http --replicas=1')
  await expect
    .poll(() => pods.evaluateAll(all => all.map(each => each.getAttribute('data-tone')).sort()), {
      timeout: 60_000,
    })
    .toEqual(['gone', 'good'])
  await reset(page)
  await expect.poll(() => figure.getAttribute('data-live'), { timeout: 20_000 }).toBe(null)
  expect((await figure.locator('svg').innerHTML()).replace(/ data-text="[^"]*"/g, '')).toBe(drawn)
  await close()
})

test('without JavaScript it shows its state at rest', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/07-service/02-clusterip/`)
  const pods = page.locator('.figure [data-object^="pod/"] [data-field="state"]')
  expect(await pods.allTextContents()).toEqual(['ready', 'ready', 'not ready'])
  expect(await page.locator('.figure-live').first().isVisible()).toBe(false)
  await close()
})
