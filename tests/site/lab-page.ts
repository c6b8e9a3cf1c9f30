// What the tests do in the lab's page.
import type { Page } from 'playwright-core'

/** What stands on a terminal's screen. */
export const screen = (page: Page, terminal = 1) =>
  page
    .locator(`#lab-terminal-${terminal} .screen-line`)
    .evaluateAll(lines => lines.map(each => each.textContent).join('\n'))

export async function openLab(page: Page): Promise<void> {
  await page.locator('[data-lab-open]').click()
  await page.locator('.guide-position', { hasText: /\d/ }).waitFor()
}

export async function type(page: Page, line: string, terminal = 1): Promise<void> {
  await page.locator(`#lab-tab-terminal-${terminal}`).click()
  const input = page.locator(`#lab-terminal-${terminal} .terminal-input`)
  await input.fill(line)
  await input.press('Enter')
}

/** How fast time passes: `1×`, `10×`; also where a small screen has no room for the button. */
export const pace = (page: Page, name: string) =>
  page.evaluate(name => {
    for (const button of document.querySelectorAll<HTMLElement>('#lab button'))
      if (button.textContent === name) button.click()
  }, name)

/** Waits until a terminal shows a text. */
export async function shows(page: Page, text: string | RegExp, terminal = 1): Promise<void> {
  const source = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source
  const flags = typeof text === 'string' ? '' : text.flags
  const lines = `#lab-terminal-${terminal} .screen-line`
  // Not by expect: lessons are played side by side, each within a test of its own, and pictures within none.
  await page
    .waitForFunction(
      ([selector, ...pattern]) =>
        new RegExp(...pattern).test(
          Array.from(document.querySelectorAll(selector), each => each.textContent).join('\n'),
        ),
      [lines, source, flags] as const,
      { timeout: 30_000 },
    )
    .catch(async cause => {
      throw new Error(`${text} is not on the screen:\n${await screen(page, terminal)}`, { cause })
    })
}

/** Waits until a text has been stored: what a reload will find. */
export const kept = (page: Page, text: string) =>
  page.waitForFunction(
    wanted =>
      [localStorage, sessionStorage].some(each => Object.values(each).some(value => value.includes(wanted))),
    text,
  )

/** Replaces what stands in the editor, as a paste does. */
export async function edit(page: Page, text: string): Promise<void> {
  const editor = page.locator('.editor-code .cm-content')
  await editor.waitFor()
  await editor.focus()
  await page.keyboard.press('Control+a')
  await editor.evaluate((element, pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)
}

export async function next(page: Page): Promise<void> {
  const position = await page.locator('.guide-position').innerText()
  await page.locator('[data-guide="next"]').click()
  await page.waitForFunction(
    before => document.querySelector<HTMLElement>('.guide-position')?.innerText !== before,
    position,
    { timeout: 30_000 },
  )
}

/** Reset stands in the menu of the task row. */
export async function reset(page: Page): Promise<void> {
  await page.locator('.lab-more').click()
  await page.locator('[data-guide="reset"]').click()
}
