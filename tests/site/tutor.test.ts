// In a real browser: what a failed command means, faults, a phone's keys, quick fixes; by keyboard, at two widths.
import { expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { edit, openLab, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '04-deployment/04-roll-back'
const openPage = useBrowser()

test('under a failed command stands one question; its answer puts the command right, and runs nothing', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await openLab(page)
  await type(page, 'kk get podz')
  await shows(page, /resource type "podz"/)
  await page.locator('#lab-terminal-1 .tutor-ask').focus()
  await page.keyboard.press('Enter')
  const card = page.locator('#lab-terminal-1 .tutor')
  await card.waitFor()
  expect(await card.locator('u').innerText()).toBe('podz')
  expect(await card.innerText()).toContain('集群里什么也没有被它改动')
  // The card has the focus: its way out is the next stop.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const input = page.locator('#lab-terminal-1 .terminal-input')
  expect(await input.inputValue()).toBe('kk get pods')
  expect(await input.evaluate(each => document.activeElement === each)).toBe(true)
  expect(await axe(page)).toEqual([])
  expect(problems).toEqual([])
  await close()
})

test('a fault that is typed stands in its tab, which bears the number, and is repaired there', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'fault node-lost k8s-node1')
  await shows(page, /expect: NotReady/)
  const tab = page.locator('[data-tab="faults"]')
  await expect.poll(() => tab.innerText()).toMatch(/1$/)
  await tab.click()
  const now = page.locator('.fault-now')
  await now.waitFor()
  expect(await now.innerText()).toContain('the node k8s-node1 is off the network')
  await page.locator('.fault-row[data-kind="etcd-down"] button').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => now.count()).toBe(2)
  expect(await axe(page)).toEqual([])
  await now.first().locator('button').click()
  await expect.poll(() => now.count()).toBe(1)
  expect(problems).toEqual([])
  await close()
})

test('a phone has a row of keys; Ctrl stays for one; the Enter that ends a composition runs nothing', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const { page, close } = await openPage(phone)
  await page.goto(`${url}zh/${lesson}/`)
  await openLab(page)
  await type(page, 'kubectl get nodes')
  await shows(page, /k8s-node1 +Ready/)
  const input = page.locator('#lab-terminal-1 .terminal-input')
  const key = (name: string) =>
    page.locator('#lab-terminal-1 .key-row').getByRole('button', { name, exact: true })
  await key('ArrowUp').click()
  expect(await input.inputValue()).toBe('kubectl get nodes')
  await key('|').click()
  expect(await input.inputValue()).toBe('kubectl get nodes|')
  await key('Ctrl').click()
  await page.keyboard.insertText('u')
  expect(await input.inputValue()).toBe('')
  expect(await key('Ctrl').getAttribute('aria-pressed')).toBe('false')
  await page.keyboard.insertText('节点')
  const before = await page.locator('#lab-terminal-1 .screen-lines').innerText()
  await input.evaluate(each =>
    each.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })),
  )
  expect(await input.inputValue()).toBe('节点')
  expect(await page.locator('#lab-terminal-1 .screen-lines').innerText()).toBe(before)
  expect(await axe(page)).toEqual([])
  await close()
})

test('a quick fix of the editor mends the word', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await page.locator('[data-tab="editor"]').click()
  await page.locator('.editor-area').focus()
  await edit(page, 'apiVersion: v1\nkind: Podd\nmetadata:\n  name: web\n')
  await page.locator('.problem-fix').first().click()
  await expect.poll(() => page.locator('.editor-code .cm-content').innerText()).toContain('kind: Pod\n')
  await close()
})
