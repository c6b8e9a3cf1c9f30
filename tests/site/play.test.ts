// The playground: a page that the lab fills, its options, own files, and what a link of it holds.
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const address = `${url}en/play/`
const openPage = useBrowser()

async function open(page: Page, where = address): Promise<void> {
  await page.goto(where)
  await page
    .locator('#lab-terminal-1 .prompt', { hasText: '$' })
    .waitFor({ state: 'attached', timeout: 60_000 })
}
const files = (page: Page) => page.locator('.lab-aside .play-list button').allInnerTexts()

test('the lab fills the page; an option makes another cluster, after a question where something was done', async () => {
  const { page, problems, close } = await openPage()
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
  const { page, problems, close } = await openPage()
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
  const { page, problems, close } = await openPage()
  await open(page)
  await page.locator('[data-option="workers"]').click()
  await expect.poll(() => page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 3')
  await type(page, 'echo shared > note.txt; kubectl get nodes')
  await shows(page, /k8s-node3/)
  await page.locator('.play-share').click()
  const link = await page.locator('dialog[data-share="share"] input').inputValue()
  const before = await screen(page)
  const other = await openPage()
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
  const { page, problems, close } = await openPage({
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

/** Presses a key until the keyboard is where it is wanted; wherever it comes by, that is seen. */
async function go(page: Page, key: string, selector: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press(key)
    const at = await page.evaluate(wanted => {
      // The editor stands in a shadow root.
      const host = document.activeElement!
      const element = host.shadowRoot?.activeElement ?? host
      const own = element.closest('.cm-editor, .terminal') ?? element
      const shown = [element, own].some(each => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      })
      // A field for typing has its caret.
      const types = element.matches('input, textarea, .cm-content')
      const { width, height } = element.getBoundingClientRect()
      return {
        // Past the page's end is the browser's own frame.
        outside: element === document.body,
        there: element.matches(wanted) || host.matches(wanted),
        seen: (shown || types) && (types || width * height > 0),
        name: element.outerHTML.slice(0, 120),
      }
    }, selector)
    if (!at.outside) expect(at.seen, `it is seen that the keyboard is at ${at.name}`).toBe(true)
    if (at.there) return
  }
  throw new Error(`${key} does not lead to ${selector}`)
}
const isAt = (page: Page, selector: string) =>
  expect.poll(() => page.evaluate(wanted => document.activeElement?.matches(wanted), selector)).toBe(true)

test.for([1440, 390])('by the keyboard alone, at %i', async (width, { expect }) => {
  const { page, problems, close } = await openPage({ viewport: { width, height: 844 } })
  await open(page)
  const wide = width > 1000
  const area = wide ? '.lab-aside' : '#lab-files'

  // ---- a file of one's own, written and applied
  if (!wide) {
    await go(page, 'Tab', '#lab [role=tab][tabindex="0"]')
    await go(page, 'ArrowRight', '#lab-tab-files')
    await page.keyboard.press('Enter')
  }
  await go(page, 'Tab', `${area} .play-new`)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await isAt(page, `${area} .play-new`)
  await page.keyboard.press('Enter')
  await page.keyboard.type('pod.yaml\n')
  await page.locator('.editor-tools select', { hasText: 'pod.yaml' }).waitFor()
  await page.locator('.editor-code .cm-content').waitFor()
  await isAt(page, '.editor-code')
  await page.keyboard.insertText(
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: mine\nspec:\n  containers:\n    - name: main\n      image: nginx\n',
  )
  // Tab indents; Escape, then Tab leads out (once more where it has closed what was offered).
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await go(page, 'Shift+Tab', '.editor-tools .primary')
  await page.keyboard.press('Enter')

  // ---- commands: in the split view the terminal comes after the editor, else it is a tab
  if (wide) {
    await go(page, 'Tab', '.editor-code')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  } else {
    await go(page, 'Shift+Tab', '#lab [role=tab][aria-selected=true]')
    await go(page, 'ArrowRight', '#lab-tab-terminal-1')
    await page.keyboard.press('Enter')
  }
  await go(page, 'Tab', '.terminal-input')
  await page.keyboard.type('kubectl get pod mine\n')
  await shows(page, /mine +\d\/1/)

  // ---- one node more, with the files; nothing is lost
  await go(page, 'Shift+Tab', '[data-option="workers"]')
  await page.keyboard.press('Enter')
  await page.locator('dialog.ask[open]').waitFor()
  await go(page, 'Tab', '[data-ask="files"]')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('[data-option="workers"]').innerText()).toBe('Nodes: 3')
  await expect.poll(() => page.locator(`${area} .play-list`).textContent()).toBe('pod.yaml')
  await isAt(page, '[data-option="workers"]')

  // ---- split view, share, the whole screen
  if (wide) {
    await go(page, 'Tab', '.play-split')
    const before = await page.locator('.play-split').getAttribute('aria-pressed')
    await page.keyboard.press('Space')
    expect(await page.locator('.play-split').getAttribute('aria-pressed')).not.toBe(before)
    await page.keyboard.press('Space')
  }
  await go(page, 'Tab', '.play-share')
  await page.keyboard.press('Enter')
  await page.locator('dialog[data-share="share"][open]').waitFor()
  expect(await axe(page, 'dialog[data-share]')).toEqual([])
  await page.keyboard.press('Escape')
  await isAt(page, '.play-share')
  if (wide) {
    await go(page, 'Tab', '.lab-whole')
    const before = await page.locator('.lab-whole').getAttribute('aria-pressed')
    await page.keyboard.press('Enter')
    expect(await page.locator('.lab-whole').getAttribute('aria-pressed')).not.toBe(before)
    await isAt(page, '.lab-whole')
  }
  expect(await axe(page)).toEqual([])

  // ---- away, and in again
  await go(page, 'Tab', '.lab-close')
  await page.keyboard.press('Enter')
  await page.locator('#lab').waitFor({ state: 'hidden' })
  await isAt(page, '[data-lab-open]')
  await page.keyboard.press('Enter')
  await page.locator('#lab').waitFor()
  expect(problems).toEqual([])
  await close()
})

test('without JavaScript the page says what it would be', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(address)
  expect(await page.locator('main').innerText()).toMatch(/Playground(?:.|\n)*JavaScript, which is off here/)
  await close()
})
