// The exercise whose world is open stands in the place of the steps: what is asked, its goals, hints, and the next one.
import { expect, inject, test } from 'vitest'
import story from '../../content/04-deployment/04-roll-back/lesson.ts'
import { sample } from '../sample.ts'
import { axe } from './browser.ts'
import { type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = 'en/04-deployment/04-roll-back/'
const [undo] = story.exercises.find(each => each.name === 'all-the-way')!.solution
const openPage = useBrowser()

// 1024 in `npm run soak`.
test.each(sample([1440, 1024, 390], 2))(
  'at %i: its goals turn from rings to ticks with their time; hints come one at a time; then the next one opens',
  async width => {
    const phone = width === 390 ? { hasTouch: true, isMobile: true } : {}
    const { page, problems, close } = await openPage({ viewport: { width, height: 844 }, ...phone })
    await page.goto(`${url}${lesson}`)
    const card = page.locator('.exercise-card')
    const goals = card.locator('[data-goal]')
    const states = () => goals.evaluateAll(all => all.map(each => each.dataset.state))
    await page.locator('[data-exercise-start="all-the-way"]').press('Enter')
    await expect.poll(states, { timeout: 40_000 }).toEqual(['unmet', 'unmet'])
    expect(await page.locator('.guide-position').innerText()).toBe('Exercise 1 / 3')
    expect(await page.locator('[data-guide="next"]').isVisible()).toBe(false)
    const leave = (await page.locator('[data-guide="leave"]').boundingBox())!
    const tools = (await page.locator('.lab-tools').boundingBox())!
    expect(leave.x + leave.width).toBeLessThanOrEqual(tools.x)
    expect(await card.locator('.exercise-card-task').innerText()).toContain('hellok8s-go-http')
    expect(await axe(page)).toEqual([])

    const hint = card.locator('[data-card="hint"]')
    const given: string[] = []
    for (let i = 0; i < 3; i++) {
      await hint.press('Enter')
      given.push(await card.locator('.exercise-card-help').innerText())
    }
    expect(new Set(given).size).toBe(3)
    expect(given[2]).toBe(undo)
    expect(await hint.isVisible()).toBe(false)
    expect(await page.locator('[data-exercise$="@all-the-way"] .hint[open]').count()).toBe(2)

    await type(page, String(undo))
    await expect.poll(states, { timeout: 40_000 }).toEqual(['met', 'met'])
    expect(await goals.first().locator('small').innerText()).toMatch(/reached\s+\d\d:\d\d/)
    expect(await card.locator('.exercise-card-task').innerText()).toContain('Done')
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)

    await card.locator('[data-card="next"]').press('Enter')
    await expect.poll(() => page.locator('.guide-position').innerText()).toBe('Exercise 2 / 3')
    await expect.poll(states, { timeout: 40_000 }).not.toContain('met')
    expect(await hint.innerText()).toMatch(/1 \/ 2$/)
    expect(problems).toEqual([])
    await close()
  },
)

test('what must hold for a while is an arc; back in the lesson the steps stand there again', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}${lesson}`)
  await page.locator('[data-exercise-start="stop-the-bad-release"]').click()
  const card = page.locator('.exercise-card')
  const held = card.locator('[data-goal="held"]')
  await held.and(page.locator('[data-state]')).waitFor({ timeout: 40_000 })
  const { solution } = story.exercises.find(each => each.name === 'stop-the-bad-release')!
  await type(page, solution.filter(each => typeof each === 'string').join('; '))
  await expect.poll(() => held.getAttribute('data-state'), { timeout: 40_000 }).toBe('partly')
  expect(await held.locator('small').innerText()).toMatch(/\d+ of 20 s/)
  await page.locator('[data-guide="leave"]').click()
  await expect
    .poll(() => page.locator('.guide-position').innerText(), { timeout: 40_000 })
    .toMatch(/^\d+ of \d+$/)
  expect(await card.isVisible()).toBe(false)
  expect(problems).toEqual([])
  await close()
})
