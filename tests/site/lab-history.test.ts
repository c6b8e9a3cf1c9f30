// What the lab remembers: Back, Reset and its undoing, what hangs, what is spoilt, what is full; and the
// editors that commands wait for.
import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { edit, kept, next, openLab, reset, screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const address = `${url}en/04-deployment/04-roll-back/`
const openPage = useBrowser()

const notice = (page: Page, name: string) => page.locator(`[data-notice="${name}"]`)
const stored = (page: Page, name: string) =>
  page.evaluate(end => {
    const key = Object.keys(sessionStorage).find(each => each.endsWith(`:${end}`))
    return key === undefined ? null : sessionStorage.getItem(key)
  }, name)

test('Back undoes the last command, also one’s own', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(address)
  await openLab(page)
  await next(page)
  await type(page, 'echo mine > mine.txt')
  await shows(page, 'echo mine')
  await page.locator('[data-guide="back"]').click()
  await expect.poll(() => screen(page)).not.toContain('echo mine')
  await type(page, 'cat mine.txt')
  await shows(page, 'mine.txt: No such file')
  await page.locator('[data-guide="back"]').click()
  await page.locator('[data-guide="back"]').click()
  await expect.poll(() => page.locator('.guide-position').innerText(), { timeout: 20_000 }).toMatch(/^0/)
  expect(await page.locator('[data-guide="back"]').getAttribute('aria-disabled')).toBe('true')
  expect(problems).toEqual([])
  await close()
})

test('Reset asks where own objects or files would go, does not where none would, and can be undone', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(address)
  await openLab(page)
  await next(page)
  await type(page, 'kk get pods')
  await shows(page, 'kk get pods')
  await reset(page)
  await expect.poll(() => page.locator('.guide-position').innerText(), { timeout: 20_000 }).toMatch(/^0/)
  expect(await page.locator('dialog.ask').count()).toBe(0)

  await type(page, 'kk create configmap mine --from-literal=a=b; echo x > note.txt')
  await shows(page, 'configmap/mine created')
  await reset(page)
  const ask = page.locator('dialog.ask')
  await ask.waitFor()
  expect(await ask.locator('li').allInnerTexts()).toEqual(['configmap/mine', 'note.txt'])
  await ask.locator('[data-ask="keep"]').click()
  await type(page, 'cat note.txt')
  await shows(page, /cat note.txt\nx/)

  await reset(page)
  await ask.locator('[data-ask="reset"]').click()
  await expect.poll(() => screen(page)).not.toContain('note.txt')
  await notice(page, 'was-reset').locator('button').first().click()
  await shows(page, /cat note.txt\nx/)
  await type(page, 'kk get configmap mine')
  await shows(page, /kk get configmap mine\nNAME/)
  expect(problems).toEqual([])
  await close()
})

describe('what is stored', () => {
  const write = (page: Page, text: string) =>
    page.evaluate(value => {
      const key = Object.keys(localStorage).find(each => each.endsWith(':world')) ?? ''
      localStorage.setItem(key, value)
    }, text)

  const spoilt = [
    ['no JSON', 'x{'],
    ['other JSON', '{"version":1,"actions":[],"elapsed":0}'],
    ['nothing', 'null'],
    ['another lesson', '[{"format":1,"lesson":"01-a/01-b"},[5],5,0,[]]'],
    ['a later format', '[{"format":99,"lesson":"04-deployment/04-roll-back"},"?"]'],
  ] as const
  test(`is set aside, stays downloadable, and the lab begins anew: ${spoilt.map(([what]) => what).join(', ')}`, async () => {
    const { page, problems, close } = await openPage()
    await page.goto(address)
    await openLab(page)
    for (const [what, text] of spoilt) {
      await type(page, `echo before ${what}`)
      await shows(page, `\nbefore ${what}`)
      await write(page, text)
      await page.reload()
      await notice(page, 'aside').waitFor()
      expect(await page.locator('.lab').count(), what).toBe(1)
      const [downloaded] = await Promise.all([
        page.waitForEvent('download'),
        notice(page, 'aside').locator('button').first().click(),
      ])
      const stream = await downloaded.createReadStream()
      let content = ''
      for await (const chunk of stream) content += chunk
      expect(content).toBe(text)
      await type(page, 'echo after')
      await shows(page, /\nafter/)
      expect(await screen(page), what).not.toContain('before')
      await page.reload()
      await notice(page, 'aside').waitFor()
      await notice(page, 'aside').locator('button').nth(1).click()
      expect(await notice(page, 'aside').count(), what).toBe(0)
    }
    expect(problems).toEqual([])
    await close()
  })

  test('in a storage that is full: it is said at once, and can be downloaded', async () => {
    const { page, close } = await openPage()
    await page.addInitScript(() => {
      const set = Storage.prototype.setItem
      Storage.prototype.setItem = function (key: string, value: string) {
        if (key.endsWith(':world') && value.includes('too much'))
          throw new DOMException('full', 'QuotaExceededError')
        set.call(this, key, value)
      }
    })
    await page.goto(address)
    await openLab(page)
    await type(page, 'echo too much')
    await notice(page, 'full').waitFor()
    const [downloaded] = await Promise.all([
      page.waitForEvent('download'),
      notice(page, 'full').locator('button').first().click(),
    ])
    expect(downloaded.suggestedFilename()).toBe('04-roll-back.history.json')
    await close()
  })
})

describe('a command that hangs', () => {
  /** A worker that never comes back from performing `hang`: what it is has been told before. */
  async function hanging(page: Page): Promise<void> {
    await page.route(/_astro\/lab-[\w-]+\/main\.js$/, async route => {
      const response = await route.fetch()
      const body = `const tell = self.postMessage.bind(self)
self.postMessage = message => {
  tell(message)
  if (message.type === 'saved' && /"hang"\\]\\],\\d+,\\d+,\\[\\d+\\]\\]$/.test(message.history)) for (;;);
}
${await response.text()}`
      await route.fulfill({ response, body })
    })
    await page.goto(address)
    await openLab(page)
    await type(page, 'echo kept > note.txt')
    await shows(page, 'echo kept')
    await kept(page, 'echo kept')
    await type(page, 'hang')
  }

  test('can be stopped: the worker is replaced, and the rest is replayed', async () => {
    const { page, close } = await openPage()
    await hanging(page)
    await notice(page, 'hangs').waitFor({ timeout: 15_000 })
    await notice(page, 'hangs').locator('button').first().click()
    await notice(page, 'skipped').waitFor()
    expect(await notice(page, 'skipped').innerText()).toContain('hang')
    await type(page, 'cat note.txt')
    await shows(page, /cat note.txt\nkept/)
    expect(await screen(page)).not.toContain('hang')
    await close()
  })

  test('is not there any more after a reload', async () => {
    const { page, close } = await openPage()
    await hanging(page)
    await notice(page, 'hangs').waitFor({ timeout: 15_000 })
    await page.reload()
    await notice(page, 'skipped').waitFor({ timeout: 15_000 })
    await type(page, 'cat note.txt')
    await shows(page, /cat note.txt\nkept/)
    expect(await stored(page, 'hung')).toBeNull()
    await close()
  })
})

test('a worker that ends itself is noticed, and another takes its place', async () => {
  const { page, close } = await openPage()
  await page.route(/_astro\/lab-[\w-]+\/main\.js$/, async route => {
    const response = await route.fetch()
    const body = `self.addEventListener('message', ({ data }) => data.text === 'die' && self.close())
${await response.text()}`
    await route.fulfill({ response, body })
  })
  await page.goto(address)
  await openLab(page)
  await type(page, 'echo kept > note.txt')
  await shows(page, 'echo kept')
  await page.locator('#lab-terminal-1 .terminal-input').fill('die')
  await page.keyboard.press('Tab')
  await page.locator('#lab-terminal-1 .terminal-input').fill('')
  await notice(page, 'hangs').waitFor({ timeout: 15_000 })
  await notice(page, 'hangs').locator('button').first().click()
  await type(page, 'cat note.txt')
  await shows(page, /cat note.txt\nkept/)
  await close()
})

describe('an editor that a command waits for', () => {
  test('vi: saving gives the file, Ctrl-S saves and goes on, closing without saving changes nothing', async () => {
    const { page, problems, close } = await openPage()
    await page.goto(address)
    await openLab(page)
    await type(page, 'vi note.txt; echo closed $?')
    await page.locator('.editor[data-command]').waitFor()
    expect(await page.locator('.editor-waiting').innerText()).toContain('note.txt')
    await edit(page, 'first\n')
    await page.keyboard.press('Control+s')
    await type(page, 'cat note.txt', 2)
    await shows(page, /cat note.txt\nfirst/, 2)
    expect(await screen(page)).not.toMatch(/closed 0/)
    await page.locator('#lab-tab-editor').click()
    await edit(page, 'second\n')
    await page.locator('[data-editor="finish"]').click()
    await shows(page, /\nclosed 0/)
    await type(page, 'cat note.txt; nano note.txt; cat note.txt')
    await page.locator('.editor[data-command]').waitFor()
    await edit(page, 'third\n')
    await page.locator('[data-editor="cancel"]').click()
    await shows(page, /cat note.txt; nano note.txt; cat note.txt\nsecond\nsecond/)
    await type(page, 'code note.txt')
    await page.locator('.editor[data-command]').waitFor()
    await page.locator('#lab-tab-terminal-1').click()
    await page.locator('#lab-terminal-1 .terminal-input').press('Control+c')
    await page.locator('.editor:not([data-command])').waitFor({ state: 'attached' })
    expect(problems).toEqual([])
    await close()
  })

  test('kubectl edit: what is saved is sent, what is not is cancelled; it is still open after a reload', async () => {
    const { page, problems, close } = await openPage()
    await page.goto(address)
    await openLab(page)
    await type(page, 'kk create configmap mine --from-literal=a=b')
    await shows(page, 'configmap/mine created')
    await type(page, 'kubectl edit configmap mine')
    const content = page.locator('.editor[data-command] .cm-content')
    await content.waitFor()
    await page.locator('[data-editor="cancel"]').click()
    await shows(page, 'Edit cancelled, no changes made.')
    await type(page, 'kubectl edit configmap mine')
    await content.waitFor()
    await page.reload()
    await content.waitFor()
    const text = await content.innerText()
    await edit(page, text.replace(/a: b/, 'a: changed'))
    await page.locator('[data-editor="finish"]').click()
    await shows(page, 'configmap/mine edited')
    await type(page, "kk get configmap mine -o jsonpath='{.data.a}'")
    await shows(page, /changed~|changed$/)
    expect(problems).toEqual([])
    await close()
  })
})
