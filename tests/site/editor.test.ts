// The editor in a real browser: what it proposes and says of fields, files as tabs, problems and what mends them; by
// keyboard alone, and on a phone.
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { edit, openLab } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '04-deployment/04-roll-back'
const openPage = useBrowser()

async function openEditor(page: Page, language: 'zh' | 'en'): Promise<void> {
  await page.goto(`${url}${language}/${lesson}/`)
  await openLab(page)
  await page.locator('[data-tab="editor"]').focus()
  await page.keyboard.press('Enter')
  await page.locator('.editor-area').focus()
  await page.locator('.editor-help').waitFor()
}

const textOf = (page: Page) =>
  page.locator('.editor-code .cm-line').evaluateAll(lines => lines.map(each => each.textContent).join('\n'))

/** The proposal that Enter would take. */
const first = (page: Page, label: string) =>
  page
    .locator('.cm-tooltip-autocomplete li[aria-selected] .cm-completionLabel', { hasText: label })
    .waitFor({ timeout: 60_000 })

/** Types the beginning of a word and takes what is proposed first. */
async function take(page: Page, typed: string, label: string): Promise<void> {
  await page.keyboard.type(typed)
  await first(page, label)
  // A list that has just opened takes no keys for a moment, lest one is meant for the text.
  await page.waitForTimeout(150)
  await page.keyboard.press('Enter')
}

test('a manifest is written with what is proposed, by keyboard alone; F1 says what a field is', async () => {
  const { page, problems, close } = await openPage()
  await openEditor(page, 'zh')
  await edit(page, 'apiVersion: apps/v1\n')
  await take(page, 'ki', 'kind')
  // Where a value comes next, it is proposed at once.
  await first(page, 'ControllerRevision')
  await take(page, 'Depl', 'Deployment')
  await page.keyboard.press('Enter')
  await take(page, 'meta', 'metadata')
  await take(page, 'na', 'name')
  await page.keyboard.type('web')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Backspace')
  await take(page, 'sp', 'spec')
  await page.keyboard.press('Control+Space')
  await first(page, 'selector')
  expect(await page.locator('.cm-tooltip-autocomplete').innerText()).toContain('必填')
  await expect.poll(() => page.locator('.cm-completionInfo').innerText()).toContain('Label selector for pods')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await first(page, 'replicas')
  await page.keyboard.press('Enter')
  await page.keyboard.type('2')
  expect(await textOf(page)).toBe(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2',
  )
  await page.keyboard.press('F1')
  const panel = page.locator('.field-panel')
  await expect
    .poll(() => panel.innerText())
    .toMatch(/deployment\.spec\.replicas[\s\S]*<integer>[\s\S]*Number of desired pods/)
  expect(await axe(page, '.lab')).toEqual([])
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  // The caret is where it was.
  await page.keyboard.type('0')
  expect(await textOf(page)).toMatch(/replicas: 20$/)
  expect(problems).toEqual([])
  await close()
})

test('the editor opens with the manifest that the page shows first', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/04-deployment/05-strategy/`)
  const shown = await page.locator('[data-edit]').first().getAttribute('data-edit')
  await openLab(page)
  await page.locator('[data-tab="editor"]').click()
  // The plain one gives way to the other, when that has come.
  await page.locator('.editor-area:visible, .editor-code:visible').first().waitFor()
  expect(await page.locator('.editor-tools.for-files select').inputValue()).toBe(shown)
  expect(problems).toEqual([])
  await close()
})

test('what the other files have is proposed: labels for a Service; hovering tells of a field', async () => {
  const { page, close } = await openPage()
  await openEditor(page, 'en')
  await edit(page, 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    ')
  await page.keyboard.press('Control+Space')
  await first(page, 'app: hellok8s')
  expect(await page.locator('.cm-tooltip-autocomplete li[aria-selected]').innerText()).toMatch(/\.yaml/)
  await page.waitForTimeout(150)
  await page.keyboard.press('Enter')
  expect(await textOf(page)).toMatch(/\n {2}selector:\n {4}app: hellok8s$/)
  await page.locator('.cm-line', { hasText: 'selector:' }).getByText('selector').hover()
  await expect.poll(() => page.locator('.field-about').innerText()).toContain('service.spec.selector')
  await close()
})

test('files as tabs: what was typed and can be undone stays; keys go to a tab and close it; kept over a reload', async () => {
  const { page, problems, close } = await openPage()
  await openEditor(page, 'en')
  const one = await page.locator('.for-files select').inputValue()
  const two = (await page.locator('.for-files option').allTextContents()).find(name => name !== one)
  const before = await textOf(page)
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('# mine')
  await page.locator('.editor-tools select').selectOption(two!)
  const tabs = page.locator('.file-tabs [role=tab]')
  await expect.poll(() => tabs.count()).toBe(2)
  const chosen = page.locator('.file-tabs [aria-selected=true]')
  expect(await chosen.getAttribute('data-file')).toBe(two)
  expect(await page.locator('.file-tabs [data-changed]').getAttribute('data-file')).toBe(one)
  expect(await axe(page, '.lab')).toEqual([])
  await chosen.focus()
  await page.keyboard.press('ArrowLeft')
  expect(await chosen.getAttribute('data-file')).toBe(one)
  expect(await chosen.evaluate(each => each.matches(':focus'))).toBe(true)
  expect(await textOf(page)).toMatch(/^# mine/)
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+z')
  expect(await textOf(page)).toBe(before)
  await page.reload()
  await page.locator('[data-tab="editor"]').click()
  await page.locator('.editor-area').focus()
  await expect.poll(() => tabs.count()).toBe(2)
  await chosen.focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => tabs.count()).toBe(0)
  expect(problems).toEqual([])
  await close()
})

const mismatched = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: Web
spec:
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx
`

test('a selector that does not fit is mended in either direction; a cause comes first; js-yaml says its reason', async () => {
  const { page, problems, close } = await openPage()
  await openEditor(page, 'zh')
  await edit(page, mismatched)
  const fix = (name: string) => page.locator('.problem-fix', { hasText: name })
  await fix('给 Pod 加上选择器要的标签').waitFor()
  await fix('让选择器选 Pod 现有的标签').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => textOf(page)).toContain('matchLabels:\n      app: web')
  await edit(page, mismatched.replace('shop', 'web').replace('labels:', 'lables:'))
  const rows = page.locator('.problems li')
  await expect.poll(() => rows.count()).toBe(3)
  expect(await rows.first().innerText()).toContain('lables')
  expect(await rows.nth(1).innerText()).toContain('上面那条改好')
  await edit(page, 'a:\n  b: 1\n c: 2\n')
  await expect.poll(() => rows.first().innerText()).toContain('bad indentation of a mapping entry (3:2)')
  expect(await axe(page, '.lab')).toEqual([])
  expect(problems).toEqual([])
  await close()
})

test('on a phone nothing opens by itself; a button proposes, a tap takes it, another says what it is', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const { page, problems, close } = await openPage(phone)
  await openEditor(page, 'zh')
  await edit(page, 'apiVersion: v1\nkind: Service\nspec:\n  ')
  await page.keyboard.type('por')
  const list = page.locator('.cm-tooltip-autocomplete')
  // Longer than it takes where it does.
  await page.waitForTimeout(1000)
  expect(await list.count()).toBe(0)
  await page.locator('.editor-help button').first().tap()
  const proposed = list.locator('li', { hasText: 'ports' }).first()
  await proposed.waitFor()
  expect((await proposed.boundingBox())!.height).toBeGreaterThanOrEqual(44)
  expect(await axe(page, '.lab')).toEqual([])
  await proposed.tap()
  await expect.poll(() => textOf(page)).toMatch(/\n {2}ports:\n {4}- $/)
  await page.keyboard.press('ArrowUp')
  await page.locator('.editor-help button').last().tap()
  await expect.poll(() => page.locator('.field-panel').innerText()).toContain('service.spec.ports')
  expect(await axe(page, '.lab')).toEqual([])
  expect(problems).toEqual([])
  await close()
})
