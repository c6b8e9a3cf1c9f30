// The row of time by the keyboard, at three widths: looks at the past, a second path, what happened as a list, and what a
// command changed in an object.
import { expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { next, openLab, screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const address = `${inject('url')}en/04-deployment/04-roll-back/`
const openPage = useBrowser()

test.each([
  [1440, 900],
  [1024, 768],
  [390, 844],
])(
  'at %d pixels the past can be looked at, and what is typed there goes another way',
  async (width, height) => {
    const { page, problems, close } = await openPage({ viewport: { width, height } })
    await page.goto(address)
    await openLab(page)
    if (width < 1000) await page.locator('.lab-handle').press('ArrowUp')
    for (let i = 0; i < 3; i++) await next(page)
    const knob = page.locator('.knob')
    const moment = () => knob.getAttribute('aria-valuetext')
    expect(await moment()).toMatch(/, now$/)
    await knob.focus()
    await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(moment).toMatch(/before 3: kk set image/)
    expect(await page.locator('.past').innerText()).toContain('You are looking at')
    await expect.poll(() => screen(page)).not.toContain('image updated')
    expect(await page.locator('.ring.off').count()).toBe(1)
    await page.keyboard.press('Home')
    await expect.poll(() => screen(page)).toBe('')
    await page.keyboard.press('End')
    await expect.poll(moment).toMatch(/, now$/)
    await expect.poll(() => page.locator('.past').isVisible()).toBe(false)
    await shows(page, 'image updated')

    await knob.focus()
    await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(moment).toMatch(/before 3/)
    await type(page, 'kk scale deployment/hellok8s-go-http --replicas=1')
    await shows(page, 'scaled')
    await page.locator('.ring.lane').first().waitFor()
    await page.locator('#lab-tab-history').click()
    await page.locator('.log .cmd', { hasText: 'kk scale' }).waitFor()
    await page.locator('.paths button', { hasText: 'Compare' }).press('Enter')
    await page.locator('.comparison code', { hasText: 'spec.replicas: 1 → 3' }).first().waitFor()
    expect(await axe(page, '.lab')).toEqual([])
    // Whoever goes by the keyboard keeps the place in the list and among the paths.
    const held = () => page.evaluate(() => document.activeElement?.textContent)
    const first = page.locator('.log .cmd button').first()
    const time = await first.innerText()
    await first.press('Enter')
    await expect.poll(moment).toMatch(/before 1: /)
    await expect.poll(() => page.locator('.log .later').count()).toBeGreaterThan(2)
    expect(await held()).toBe(time)
    await page.locator('.paths button', { hasText: 'Lesson' }).press('Enter')
    await expect.poll(() => screen(page)).toContain('image updated')
    await page.locator('.paths [aria-current]', { hasText: 'Lesson' }).waitFor()
    expect(await held()).toBe('Lesson')
    expect(problems).toEqual([])
    await close()
  },
)

test('the card of an object shows what the last command changed, by line and owner', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(address)
  await openLab(page)
  for (let i = 0; i < 3; i++) await next(page)
  await page.locator('#lab-tab-inspect').click()
  await page.locator('.inspect [data-object="deployment/hellok8s-go-http"]').first().press('Enter')
  await page.locator('#details-changes').press('Enter')
  await page.locator('.diff .del', { hasText: 'leigg/hellok8s:v1' }).waitFor()
  const added = page.locator('.diff .add', { hasText: 'leigg/hellok8s:v2' })
  expect(await added.locator('.who').innerText()).toBe('you')
  expect(await page.locator('.writes li').first().innerText()).toContain('kubectl-set')
  expect(await axe(page, '.lab')).toEqual([])
  expect(problems).toEqual([])
  await close()
})
