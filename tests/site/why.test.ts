// Why? in a real browser: asked where a failed request is shown, with the keyboard alone, on wide screens and on phones.
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { openLab, shows } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '04-deployment/04-roll-back'
const openPage = useBrowser()

const isFocused = (page: Page, selector: string) =>
  page.evaluate(wanted => document.activeElement?.matches(wanted) ?? false, selector)

/** Presses a key until the keyboard is where it is wanted. */
async function go(page: Page, key: string, selector: string): Promise<void> {
  for (let i = 0; i < 80 && !(await isFocused(page, selector)); i++) await page.keyboard.press(key)
  expect(await isFocused(page, selector), `${key} leads to ${selector}`).toBe(true)
}

const words = {
  en: {
    question: 'Why did your request come to nothing?',
    unknown: 'No name server knows nowhere.',
    machine: 'Only pods know the names of Services; web was asked for on the workstation.',
  },
  zh: {
    question: '为什么你的请求没有结果？',
    unknown: '没有名字服务器认识 nowhere。',
    machine: '只有 Pod 里认识 Service 的名字，而 web 是在工作站上查的。',
  },
}

test.each([
  ['en', 1440],
  ['zh', 390],
] as const)(
  'a request that failed is explained where it is shown, by keyboard, %s at %i',
  async (language, width) => {
    const { page, problems, close } = await openPage({ viewport: { width, height: 844 } })
    const { question, unknown, machine } = words[language]
    await page.goto(`${url}${language}/${lesson}/`)
    await openLab(page)
    await page.locator('#lab-tab-terminal-1').focus()
    await page.keyboard.press('Enter')
    await go(page, 'Tab', '.terminal-input')
    await page.keyboard.type(
      'kk create service clusterip web --tcp=80; curl -s http://nowhere; curl -s http://web; echo asked\n',
    )
    await shows(page, /^asked/m)
    // Out of the terminal, in which Tab completes.
    await go(page, 'Shift+Tab', '[role=tab][aria-selected=true]')
    await go(page, 'ArrowRight', '#lab-tab-requests')
    await page.keyboard.press('Enter')
    await page.locator('.requests .ask-why').waitFor()
    await go(page, 'Tab', '.requests .ask-why')
    await page.keyboard.press('Enter')
    const answer = page.locator('.why-pane .answer').first()
    await expect.poll(() => answer.innerText()).toBe(machine)
    expect(await page.locator('.why-pane h3').first().innerText()).toBe(question)
    expect(await isFocused(page, '.why-pane')).toBe(true)
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)

    // The one before it.
    await go(page, 'Shift+Tab', '[role=tab]')
    await go(page, 'ArrowLeft', '#lab-tab-requests')
    await page.keyboard.press('Enter')
    await go(page, 'Tab', '.requests-list button')
    await page.keyboard.press('Enter')
    await go(page, 'Tab', '.requests .ask-why')
    expect(await axe(page, '.lab')).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(() => answer.innerText()).toBe(unknown)
    // What shows it goes into the terminal, and does not run.
    await go(page, 'Tab', '.why-pane .proof button')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.locator('#lab-terminal-1 .terminal-input').inputValue())
      .toBe('nslookup nowhere')
    expect(problems).toEqual([])
    await close()
  },
)
