// What leaves the lab for others, and what comes from them: links, files, scripts, reports; and the second tab.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { pack } from '../../src/site/worker/share.ts'
import { axe } from './browser.ts'
import { kept, next, openLab, screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const address = `${url}en/04-deployment/04-roll-back/`
const openPage = useBrowser()

const notice = (page: Page, name: string) => page.locator(`[data-notice="${name}"]`)
const dialog = (page: Page, name: string) => page.locator(`dialog[data-share="${name}"]`)
async function menu(page: Page, name: string): Promise<void> {
  await page.locator('.lab-more').click()
  await page.locator(`[data-menu="${name}"]`).click()
}
const download = async (page: Page, act: () => Promise<void>) => {
  const [downloaded] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: downloaded.suggestedFilename(), path: await downloaded.path() }
}
/** What the list of objects holds: the same cluster has the same names. */
const podNames = async (page: Page) => {
  await type(page, 'kubectl get pods --no-headers -o custom-columns=N:.metadata.name', 2)
  await shows(page, /custom-columns=N:.metadata.name\n\w/, 2)
  return screen(page, 2)
}

test('a link holds what was done; whoever opens it sees the same bytes, once they say so', async () => {
  const { page, problems, close } = await openPage({
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto(address)
  await openLab(page)
  await next(page)
  await type(page, 'echo shared > note.txt; cat note.txt; kubectl get pods')
  await shows(page, /\nshared\n.*NAME/s)
  await menu(page, 'share')
  await dialog(page, 'share').waitFor()
  expect(await dialog(page, 'share').innerText()).toMatch(/2 commands, 0 files/)
  expect(await axe(page, 'dialog[data-share]')).toEqual([])
  await dialog(page, 'share').locator('[data-share-copy]').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#h=')
  await page.keyboard.press('Escape')
  const shared = await page.evaluate(() => navigator.clipboard.readText())
  const before = await screen(page)

  const other = await openPage()
  await other.page.goto(shared)
  await dialog(other.page, 'foreign').waitFor({ timeout: 30_000 })
  expect(other.page.url()).not.toContain('#h=')
  expect(await screen(other.page)).not.toContain('shared')
  expect(await dialog(other.page, 'foreign').innerText()).toMatch(/2 commands, 0 files/)
  await dialog(other.page, 'foreign').locator('[data-foreign="look"]').click()
  expect(await dialog(other.page, 'foreign').locator('.share-text').innerText()).toContain('cat note.txt')
  expect(await axe(other.page, 'dialog[data-share]')).toEqual([])
  await dialog(other.page, 'foreign').locator('[data-foreign="run"]').click()
  await expect.poll(() => screen(other.page), { timeout: 30_000 }).toBe(before)
  expect(await podNames(other.page)).toBe(await podNames(page))
  expect([...problems, ...other.problems]).toEqual([])
  await other.close()
  await close()
})

test('what was done goes as a file and comes back by the menu or by a drop; discarded, it changes nothing', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(address)
  await openLab(page)
  await type(page, 'echo in the file')
  await shows(page, /\nin the file/)
  const { name, path } = await download(page, () => menu(page, 'download'))
  expect(name).toBe('04-roll-back.history.json')
  const script = await download(page, () => menu(page, 'export'))
  expect(script.name).toBe('cluster.sh')
  expect(readFileSync(script.path, 'utf8')).toMatch(/^#!.*\n# (?:.*\n)*echo in the file\n$/)
  await menu(page, 'report')
  expect(await dialog(page, 'report').locator('textarea').inputValue()).toContain(
    '04-deployment/04-roll-back',
  )
  await page.keyboard.press('Escape')

  const other = await openPage()
  await other.page.goto(address)
  await openLab(other.page)
  await type(other.page, 'echo my own')
  await shows(other.page, /\nmy own/)
  await other.page.locator('.lab input[type="file"][accept=".json"]').setInputFiles(path)
  await dialog(other.page, 'foreign').locator('[data-foreign="discard"]').click()
  expect(await screen(other.page)).toContain('my own')
  const text = readFileSync(path, 'utf8')
  await other.page.locator('#lab').evaluate((element, text) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], 'x.history.json'))
    for (const type of ['dragover', 'drop'])
      element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, text)
  await dialog(other.page, 'foreign').locator('[data-foreign="run"]').click()
  await shows(other.page, /\nin the file/)
  // The browser does not leave the page for another file.
  const left = await other.page.locator('#lab').evaluate(element => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['kind: Pod'], 'web.yaml'))
    return element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  expect(left).toBe(false)
  await notice(other.page, 'refused').waitFor()
  // What was here before is still to be had.
  const aside = await download(other.page, () =>
    notice(other.page, 'aside').locator('button').first().click(),
  )
  expect(readFileSync(aside.path, 'utf8')).toContain('my own')
  expect([...problems, ...other.problems]).toEqual([])
  await other.close()
  await close()
})

test('what is no history, too much or of another lesson is refused, and nothing of it is markup', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(address)
  await openLab(page)
  await type(page, '<img src=x onerror=alert(1)>')
  await kept(page, 'onerror')
  const { path } = await download(page, () => menu(page, 'download'))
  const own = readFileSync(path, 'utf8')
  await page.goto(`${url}en/`)
  for (const [text, reason] of [
    ['AAAA', /cannot be opened/],
    ['errors/no-such-error', /cannot be opened/],
    ['constructor/constructor', /cannot be opened/],
    ['../../../lab/play.json', /cannot be opened/],
    [own.replace('"i",', '"f",'), /cannot be opened/],
    [own.replace('04-roll-back"', '05-other"'), /another lesson/],
    [own.replace(/"content":"\w+"/, '"content":"0"'), /lesson has changed/],
    [own.replace('onerror', 'x'.repeat(600_000)), /more than a lab takes/],
  ] as const) {
    await page.goto(`${url}en/`)
    await page.goto(`${address}#h=${text.startsWith('[') ? await pack(text) : text}`)
    await notice(page, 'refused').waitFor({ timeout: 30_000 })
    expect(await notice(page, 'refused').innerText()).toMatch(reason)
  }
  await page.goto(`${url}en/`)
  await page.goto(`${address}#h=${await pack(own)}`)
  await dialog(page, 'foreign').locator('[data-foreign="look"]').click({ timeout: 30_000 })
  expect(await page.locator('dialog img').count()).toBe(0)
  expect(await dialog(page, 'foreign').locator('.share-text').innerText()).toContain('<img src=x')
  expect(problems).toEqual([])
  await close()
})

test('work is kept for another visit; a second tab has a copy of it, which is its own', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(address)
  await openLab(page)
  await type(page, 'echo first tab')
  await shows(page, /\nfirst tab/)
  await kept(page, 'echo first tab')
  const second = await page.context().newPage()
  await second.goto(address)
  await openLab(second)
  await notice(second, 'copy').waitFor()
  await shows(second, /\nfirst tab/)
  await type(second, 'echo second tab')
  await shows(second, /\nsecond tab/)
  await page.reload()
  await shows(page, /\nfirst tab/)
  expect(await screen(page)).not.toContain('second tab')
  expect(await notice(page, 'copy').count()).toBe(0)
  await second.reload()
  await shows(second, /\nsecond tab/)
  await second.close()
  await page.close()
  const later = await page.context().browser()!.contexts().at(-1)!.newPage()
  await later.goto(address)
  await openLab(later)
  await shows(later, /\nfirst tab/)
  expect(problems).toEqual([])
  await close()
})
