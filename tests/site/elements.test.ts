// The elements of a lesson in a real browser: guesses, words, exercises in worlds of their own, faults, time; without
// JavaScript, with the keyboard, on paper.
import { expect, inject, test } from 'vitest'
import { pairs } from '../sample.ts'
import { axe, begun, skipGuesses, tooWide, widths } from './browser.ts'
import { reset, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '07-service/02-clusterip'
const restarts = '03-pod/08-restarts'
const openPage = useBrowser()
/** What was still being fetched when a page was left is no problem. */
const whileStaying = (problem: string): boolean => !problem.includes('net::ERR_ABORTED')

test('without JavaScript everything is there: guesses with what answers them, goals, hints, solutions, answers', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}zh/${lesson}/`)
  const guess = page.locator('.guess').first()
  expect(await guess.locator('.choices li').count()).toBe(3)
  expect(await guess.locator('.output').first().isVisible()).toBe(true)
  expect(await guess.locator('.guess-rest > p').first().isVisible()).toBe(true)
  expect(await page.locator('.goals li').count()).toBe(8)
  expect(await page.locator('.hint').first().isVisible()).toBe(true)
  expect(await page.locator('.solution').count()).toBe(3)
  expect(await page.locator('.questions details').count()).toBe(3)
  expect(await page.locator('button:visible').count()).toBe(
    await page.locator('[popovertarget]:visible').count(),
  )
  expect(await page.locator('main').innerText()).toContain('让集群 DNS 不再回答')
  await close()
})

test('a guess hides output and explanation until it is made, and stays after a reload', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  const guess = page.locator('[data-guess="twenty"]')
  const hidden = [guess.locator('.output'), guess.locator('.guess-rest > p')]
  for (const each of hidden) expect(await each.first().isVisible()).toBe(false)
  expect(await guess.locator('.command').isVisible()).toBe(true)
  await page.keyboard.press('Tab')
  await guess.locator('button[data-choice="turns"]').focus()
  await page.keyboard.press('Enter')
  for (const each of hidden) expect(await each.first().isVisible()).toBe(true)
  const verdict = guess.locator('.verdict')
  expect(await verdict.innerText()).toMatch(/你猜：轮流，正好各 10 次\s*这一次：随机/)
  expect(await page.locator('.lab').count()).toBe(0)
  await page.reload()
  expect(await verdict.innerText()).toContain('你猜：轮流')
  const other = page.locator('[data-guess="no-pods"]')
  await other.locator('.skip-guess button').click()
  expect(await other.locator('.verdict').innerText()).toContain('没有猜')
  expect(problems.filter(whileStaying)).toEqual([])
  await close()
})

test('Run opens a guess, and the printed bytes come out', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${restarts}/`)
  const guess = page.locator('[data-guess="gaps"]')
  await guess.locator('[data-step-action="run"]').click()
  await guess.locator('.output').first().waitFor()
  await guess.locator('.console[data-same]').waitFor({ timeout: 60_000 })
  expect(await guess.locator('.m').count()).toBe(3)
  await close()
})

test('a word tells itself in place, by pointer or keyboard, and Escape closes it', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  const term = page.locator('.term').first()
  await term.focus()
  await page.keyboard.press('Enter')
  await page.locator('.term-pop:popover-open', { hasText: 'EndpointSlice' }).waitFor()
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.locator('.term-pop').waitFor({ state: 'detached' })
  const entry = await page.request.get(new URL((await term.getAttribute('href'))!, page.url()).href)
  expect(await entry.text()).toContain('id="endpointslice"')
  expect(problems.filter(whileStaying)).toEqual([])
  await close()
})

test('each exercise has a world of its own with what it finds broken; reached stays reached, everywhere', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  const exercise = page.locator('[data-exercise$="@silent-shop"]')
  const state = exercise.locator('.exercise-state')
  await exercise.locator('[data-exercise-start]').click()
  await expect.poll(() => state.innerText(), { timeout: 20_000 }).toBe('Under way: 1 of 3')
  await type(page, 'kk get service shop')
  await shows(page, /shop +ClusterIP/)
  await type(page, 'kk set selector service shop app=hellok8s')
  await expect.poll(() => state.innerText(), { timeout: 20_000 }).toBe('Under way: 2 of 3')
  await page.reload()
  await expect.poll(() => state.innerText(), { timeout: 20_000 }).toBe('Under way: 2 of 3')
  await type(page, `kk patch service shop -p '{"spec":{"ports":[{"port":3000,"targetPort":3000}]}}'`)
  await expect.poll(() => state.innerText(), { timeout: 20_000 }).toBe('Done')
  expect(await exercise.locator('[data-state="met"]').count()).toBe(3)
  const step = page.locator('.console[data-step="addresses"]')
  await step.locator('[data-step-action="run"]').click()
  await step.and(page.locator('[data-same]')).waitFor({ timeout: 60_000 })
  await reset(page)
  expect(await state.innerText()).toBe('Done')
  const tab = await page.context().newPage()
  await tab.goto(`${url}zh/${lesson}/`)
  await begun(tab)
  expect(await tab.locator('[data-exercise$="@silent-shop"] .exercise-state').innerText()).toBe('完成')
  expect(problems.filter(whileStaying)).toEqual([])
  await close()
})

test('a button of the text breaks something and then repairs it; another lets an hour pass', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  const fault = page.locator('[data-fault]')
  await fault.click()
  await expect.poll(() => fault.innerText(), { timeout: 20_000 }).toContain('修好')
  expect(await page.locator('[data-notice="fault"]').innerText()).toContain('现在坏着')
  await fault.click()
  await expect.poll(() => fault.innerText(), { timeout: 20_000 }).toContain('让集群 DNS 不再回答')
  await page.goto(`${url}zh/10-config/02-update/`)
  await page.locator('.guess .skip-guess button').first().click()
  await page.locator('[data-pass]').click()
  await expect.poll(() => page.locator('.clock').innerText(), { timeout: 20_000 }).toMatch(/^1:00:/)
  expect(problems.filter(whileStaying)).toEqual([])
  await close()
})

test('hints open one by one; on paper a guess shows its result, answers are unfolded, and nothing is to be pressed', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  const hints = page.locator('[data-exercise$="@silent-shop"] .hint')
  expect(await hints.evaluateAll(all => all.map(each => each.checkVisibility()))).toEqual([
    true,
    false,
    false,
  ])
  await hints.first().locator('summary').click()
  expect(await hints.evaluateAll(all => all.map(each => each.checkVisibility()))).toEqual([true, true, false])

  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('[data-guess="twenty"] .output').first().isVisible()).toBe(true)
  expect(await page.locator('main button:visible:not(.choices button)').count()).toBe(0)
  expect(
    await page
      .locator('.questions .answer')
      .first()
      .evaluate(each => each.checkVisibility()),
  ).toBe(true)
  await close()
})

const unfolded = [`zh/${lesson}/`, `en/${restarts}/`, 'zh/10-config/02-update/', 'zh/glossary/', 'en/03-pod/']
test.for(pairs(unfolded, widths))(
  'axe finds nothing on /%s with everything unfolded, in both themes, at %i, and nothing is wider than the page',
  async ([path, width], { expect }) => {
    const { page, close } = await openPage({ viewport: { width, height: 900 } })
    await page.goto(url + path)
    await skipGuesses(page)
    await page.locator('details').evaluateAll(all => {
      for (const each of all) (each as HTMLDetailsElement).open = true
    })
    expect(await tooWide(page, width)).toEqual([])
    expect(await axe(page)).toEqual([])
    await close()
  },
)
