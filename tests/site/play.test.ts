// The playground: a page that the lab fills, its options, own files, and what a link of it holds.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { axe, launch, openPage } from './browser.ts'
import { screen, shows, type } from './lab-page.ts'

const url = inject('url')
const address = `${url}en/play/`
let browser: Browser

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

async function open(page: Page, where = address): Promise<void> {
  await page.goto(where)
  await page
    .locator('#lab-terminal-1 .prompt', { hasText: '$' })
    .waitFor({ state: 'attached', timeout: 60_000 })
}
const files = (page: Page) => page.locator('.lab-aside .play-list button').allInnerTexts()

test('the lab fills the page; an option makes another cluster, after a question where something was done', async () => {
  const { page, problems, close } = await openPage(browser)
  await open(page)
  await page.locator('[data-option="workers"]').click()
  await expect.poll(() => page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 3')
  await page.locator('[data-option="metrics"][aria-pressed="false"]').click()
  await page.locator('[data-option="metrics"][aria-pressed="true"]').waitFor()
  await type(page, 'kubectl get nodes --no-headers | wc -l', 3)
  await shows(page, /wc -l\n4/, 3)
  await type(page, 'echo mine > mine.txt')
  await expect.poll(() => files(page)).toEqual(['mine.txt'])
  expect(await axe(page)).toEqual([])
  await page.locator('[data-option="workers"]').click()
  await page.locator('dialog.ask [data-ask="keep"]').click()
  expect(await page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 3')
  await page.locator('[data-option="workers"]').click()
  await page.locator('dialog.ask [data-ask="files"]').click()
  await expect.poll(() => page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 4')
  await expect.poll(() => files(page)).toEqual(['mine.txt'])
  expect(await page.locator('[data-notice="aside"]').count()).toBe(1)
  await page.waitForFunction(() =>
    Object.values(localStorage).some(each => each.includes('"workers":4') && each.includes('mine.txt')),
  )
  await page.reload()
  await expect
    .poll(() => page.locator('[data-option="workers"]').innerText(), { timeout: 60_000 })
    .toBe('Nodes: 4')
  await expect.poll(() => files(page)).toEqual(['mine.txt'])
  expect(problems).toEqual([])
  await close()
})

test('files come by the picker, a drop, a paste and from the gallery; what is no text is refused', async () => {
  const { page, problems, close } = await openPage(browser)
  await open(page, `${address}?file=04-deployment/deployment.yaml`)
  await expect.poll(() => files(page), { timeout: 60_000 }).toEqual(['deployment.yaml'])
  expect(page.url()).toBe(address)
  const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`
  await page
    .locator('.lab-aside input[data-own]')
    .setInputFiles({ name: 'picked.yaml', mimeType: 'text/yaml', buffer: Buffer.from(pod('picked')) })
  await page.locator('#lab').evaluate((element, text) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], 'dropped.yaml'))
    dataTransfer.items.add(new File([new Uint8Array([255, 0])], 'picture.png'))
    element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  }, pod('dropped'))
  await page.locator('[data-notice="files"]', { hasText: 'picture.png is no text' }).waitFor()
  await page.locator('.lab-aside .play-files').evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, pod('pasted'))
  await expect
    .poll(() => files(page))
    .toEqual(['deployment.yaml', 'dropped.yaml', 'picked.yaml', 'pod-pasted.yaml'])
  await type(page, 'kubectl apply -f deployment.yaml && kubectl rollout status deployment')
  await shows(page, 'successfully rolled out')
  expect(problems).toEqual([])
  await close()
})

test('a link brings options, files and commands to somebody else', async () => {
  const { page, problems, close } = await openPage(browser)
  await open(page)
  await page.locator('[data-option="workers"]').click()
  await expect.poll(() => page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 3')
  await type(page, 'echo shared > note.txt; kubectl get nodes')
  await shows(page, /k8s-node3/)
  await page.locator('.play-share').click()
  const link = await page.locator('dialog[data-share="share"] input').inputValue()
  const before = await screen(page)
  const other = await openPage(browser)
  await open(other.page, link)
  await other.page.locator('[data-foreign="run"]').click({ timeout: 60_000 })
  await expect.poll(() => screen(other.page), { timeout: 60_000 }).toBe(before)
  await expect.poll(() => files(other.page)).toEqual(['note.txt'])
  expect(await other.page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 3')
  expect([...problems, ...other.problems]).toEqual([])
  await other.close()
  await close()
})

test('on a phone it is a sheet over the whole page, with files as a tab', async () => {
  const { page, problems, close } = await openPage(browser, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  await open(page)
  await page.locator('#lab-tab-files').click()
  await page.locator('#lab-files .play-examples button').first().click()
  await page.locator('.editor-tools select', { hasText: 'deployment.yaml' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await page.locator('.lab-aside').isVisible()).toBe(false)
  expect(problems).toEqual([])
  await close()
})

test('without JavaScript the page says what it would be', async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false })
  await page.goto(address)
  expect(await page.locator('main').innerText()).toMatch(/Playground(?:.|\n)*JavaScript, which is off here/)
  await close()
})
