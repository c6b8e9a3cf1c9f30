// The lab beside the text and over it: what keeps its place, what can be moved, what the keys do, on a wide screen and on
// a phone; and the page on paper.
import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { openLab, screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '04-deployment/04-roll-back'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const
const openPage = useBrowser()

const box = async (page: Page, selector: string) => {
  const found = await page.locator(selector).first().boundingBox()
  if (!found) throw new Error(`nothing at ${selector}`)
  return found
}
const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY))

describe.each([
  ['1440', { viewport: { width: 1440, height: 900 } }],
  ['390', phone],
] as const)('at %s', (_, options) => {
  test('the text does not move sideways when the lab opens, and its lines break where they did; closing it keeps the reader’s place', async () => {
    const { page, close } = await openPage(options)
    await page.goto(`${url}en/${lesson}/`)
    const places = () =>
      page.locator('.prose > p, .prose > h2').evaluateAll(all =>
        all.map(each => {
          const { x, width, height } = each.getBoundingClientRect()
          return [x, width, height]
        }),
      )
    const before = await places()
    await page.locator('.console').nth(2).scrollIntoViewIfNeeded()
    const place = await scrolled(page)
    expect(place).toBeGreaterThan(500)
    // Clicked from within: the driver of the browser scrolls before it clicks.
    await page.locator('[data-lab-open]').evaluate(each => (each as HTMLElement).click())
    await page.locator('.guide-position', { hasText: /\d/ }).waitFor()
    expect(await places()).toEqual(before)
    await page.locator('.lab-close').evaluate(each => (each as HTMLElement).click())
    expect(await scrolled(page)).toBe(place)
    expect(await page.locator('[data-lab-open]').evaluate(each => each === document.activeElement)).toBe(true)
    await close()
  })

  test('a terminal that was hidden shows its end; the line’s keys do what bash does, and nothing that the page does', async () => {
    const { page, problems, close } = await openPage(options)
    await page.goto(`${url}en/${lesson}/`)
    await openLab(page)
    await type(page, 'sleep 1; seq 200; echo the end')
    await page.locator('#lab-tab-terminal-2').click()
    await shows(page, /\nthe end/)
    await page.locator('#lab-tab-terminal-1').click()
    const rest = await page
      .locator('#lab-terminal-1 .screen')
      .evaluate(each => each.scrollHeight - each.scrollTop - each.clientHeight)
    expect(rest).toBeLessThanOrEqual(2)

    await page.evaluate(() => Object.assign(window, { stayed: true }))
    await type(page, 'echo one two')
    await type(page, 'echo three')
    await shows(page, /\nthree/)
    const input = page.locator('#lab-terminal-1 .terminal-input')
    const caret = () => input.evaluate(each => (each as HTMLInputElement).selectionStart)
    await input.fill('kubectl get pods -o wide')
    await input.press('Control+a')
    expect(await caret()).toBe(0)
    await input.press('Control+e')
    expect(await caret()).toBe(24)
    await input.press('Control+w')
    expect(await input.inputValue()).toBe('kubectl get pods -o ')
    await input.press('Control+a')
    await input.press('Alt+f')
    await input.press('Control+k')
    expect(await input.inputValue()).toBe('kubectl')
    await input.press('Control+y')
    expect(await input.inputValue()).toBe('kubectl get pods -o ')
    await input.press('Control+u')
    expect(await input.inputValue()).toBe('')
    await input.press('Control+r')
    await input.pressSequentially('two')
    expect(await page.locator('#lab-terminal-1 .found').innerText()).toContain('echo one two')
    await input.press('Control+r')
    expect(await page.locator('#lab-terminal-1 .prompt').last().innerText()).toContain('failed')
    await input.press('Enter')
    await expect.poll(() => screen(page)).toMatch(/one two[\s\S]*three[\s\S]*echo one two\none two/)
    await input.fill('half')
    await input.press('Control+r')
    await input.pressSequentially('thr')
    await input.press('Control+g')
    expect(await input.inputValue()).toBe('half')
    expect(await page.locator('dialog.search[open]').count()).toBe(0)
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true)
    expect(problems).toEqual([])
    await close()
  })

  test('axe finds nothing with the lab open, in both themes, and search and brand have names', async () => {
    const { page, close } = await openPage(options)
    await page.goto(`${url}zh/${lesson}/`)
    // At the other width reading.test.ts looks at the page as it is before.
    if ('isMobile' in options) expect(await axe(page)).toEqual([])
    expect(await page.getByRole('button', { name: '搜索' }).count()).toBe(1)
    expect(await page.getByRole('link', { name: 'Kubernetes 活教程' }).count()).toBeGreaterThan(0)
    await openLab(page)
    expect(await axe(page)).toEqual([])
    for (const tab of ['editor', 'inspect']) {
      await page.locator(`#lab-tab-${tab}`).click()
      expect(await axe(page, '.lab'), tab).toEqual([])
    }
    await close()
  })
})

test('the line between map and terminal can be dragged and moved by keys, and stays where it is', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  const before = await box(page, '#lab-cluster')
  const line = await box(page, '.lab-divider')
  await page.mouse.move(line.x + line.width / 2, line.y + line.height / 2)
  await page.mouse.down()
  await page.mouse.move(line.x + line.width / 2, line.y + 150, { steps: 4 })
  await page.mouse.up()
  const dragged = await box(page, '#lab-cluster')
  expect(dragged.height).toBeGreaterThan(before.height + 120)
  await page.locator('.lab-divider').press('ArrowUp')
  const moved = await box(page, '#lab-cluster')
  expect(moved.height).toBeLessThan(dragged.height)
  await page.reload()
  await page.locator('.guide-position', { hasText: /\d/ }).waitFor()
  expect(Math.round((await box(page, '#lab-cluster')).height)).toBe(Math.round(moved.height))
  await close()
})

describe('on a phone', () => {
  test('Run brings the pressed step into view above the sheet', async () => {
    const { page, close } = await openPage(phone)
    await page.goto(`${url}en/${lesson}/`)
    const step = page.locator('.console[data-step="break-it"]')
    const run = step.locator('[data-step-action="run"]')
    await run.evaluate(each => scrollTo(0, each.getBoundingClientRect().top + scrollY - innerHeight + 60))
    await run.click()
    await page.locator('.lab').waitFor()
    await expect
      .poll(async () => {
        const top = (await step.boundingBox())?.y ?? 0
        const header = await box(page, '.top')
        const sheet = await box(page, '.lab')
        return top >= header.y + header.height - 1 && top + 60 <= sheet.y
      })
      .toBe(true)
    await close()
  })

  test('the sheet has a handle and three heights', async () => {
    const { page, close } = await openPage(phone)
    await page.goto(`${url}en/${lesson}/`)
    await openLab(page)
    const handle = page.locator('.lab-handle')
    const height = async () => (await box(page, '.lab')).height
    const middle = await height()
    expect(middle / 844).toBeCloseTo(0.57, 1)
    await handle.tap()
    const full = await height()
    expect(full).toBeGreaterThan(700)
    await handle.tap()
    const low = await height()
    expect(low).toBeLessThan(250)
    expect(await page.locator('[data-guide="next"]').isVisible()).toBe(true)
    await handle.press('ArrowUp')
    expect(await height()).toBe(middle)
    const at = await box(page, '.lab-handle')
    await page.mouse.move(at.x + at.width / 2, at.y + 10)
    await page.mouse.down()
    await page.mouse.move(at.x + at.width / 2, 120, { steps: 4 })
    await page.mouse.up()
    expect(await height()).toBe(full)
    await close()
  })

  test('what can be pressed is 44 pixels high and wide, and what is typed into does not zoom', async () => {
    const { page, close } = await openPage(phone)
    await page.goto(`${url}zh/${lesson}/`)
    /** Everything to press that is in sight, but for links within a sentence. */
    const small = () =>
      page.locator('button, select, summary, nav a, .top a, .code-tools a, [role="tab"]').evaluateAll(all =>
        all.flatMap(each => {
          const { width, height } = each.getBoundingClientRect()
          if (width === 0 || height === 0 || !each.checkVisibility({ visibilityProperty: true })) return []
          if (width >= 44 && height >= 44) return []
          return [
            `${each.className || each.textContent?.trim().slice(0, 20)}: ${Math.round(width)} × ${Math.round(height)}`,
          ]
        }),
      )
    expect(await small()).toEqual([])
    await page.locator('.console [data-step-action="run"]').first().click()
    await page.locator('.command[data-state="done"]').first().waitFor()
    for (const tab of ['terminal-1', 'terminal-2', 'editor', 'cluster']) {
      await page.locator(`#lab-tab-${tab}`).click()
      expect(await small(), tab).toEqual([])
    }
    const letters = await page
      .locator('.terminal-input, .editor-area, .lab select')
      .evaluateAll(all => all.map(each => Number.parseFloat(getComputedStyle(each).fontSize)))
    expect(Math.min(...letters)).toBeGreaterThanOrEqual(16)
    await close()
  })
})

describe('on paper', () => {
  test('from the dark theme with the lab open, portrait and landscape: dark on white, the whole width, nothing cut off', async () => {
    const { page, close } = await openPage({ viewport: { width: 794, height: 900 }, colorScheme: 'dark' })
    await page.goto(`${url}en/${lesson}/`)
    await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))
    await openLab(page)
    for (const width of [794, 1123]) {
      // What is printed has been laid out for the screen.
      await page.emulateMedia({ media: 'screen' })
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ media: 'print' })
      const found = await page.evaluate(() => {
        const light = (colour: string) => {
          const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
          return (0.299 * r + 0.587 * g + 0.114 * b) / 255
        }
        const style = (selector: string) => getComputedStyle(document.querySelector(selector)!)
        const main = document.querySelector('main')!.getBoundingClientRect()
        return {
          paper: light(style('html').backgroundColor),
          ink: light(style('.prose p').color),
          console: light(style('.console .output').color),
          lab: style('.lab').display,
          header: style('.top').display,
          list: style('.chapters').display,
          left: main.left,
          width: main.width / innerWidth,
          wide: document.documentElement.scrollWidth - innerWidth,
          cut: [...document.querySelectorAll('pre, .console-body')].filter(
            each => each.scrollWidth > each.clientWidth + 1,
          ).length,
        }
      })
      expect(found).toMatchObject({ lab: 'none', header: 'none', list: 'none', cut: 0 })
      expect(found.paper).toBeGreaterThan(0.95)
      expect(found.ink).toBeLessThan(0.35)
      expect(found.console).toBeLessThan(0.5)
      expect(found.left).toBeLessThan(20)
      expect(found.width).toBeGreaterThan(0.9)
      expect(found.wide).toBeLessThanOrEqual(0)
    }
    await close()
  })
})
