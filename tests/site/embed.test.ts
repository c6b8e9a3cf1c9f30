// The element for other sites, on a page of another origin whose policy allows its script and its frame and nothing else.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { History } from '../../src/lesson/history.ts'
import { writeHistory } from '../../src/lesson/history-text.ts'
import { plainPlay, playLesson, playPlace } from '../../src/lesson/playground.ts'
import { createScript } from '../../src/lesson/script.ts'
import { version } from '../../src/lesson/version.ts'
import { pack } from '../../src/site/worker/share.ts'
import { axe } from './browser.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const { origin } = new URL(url)
const openPage = useBrowser()
let host: Server
let address: string

beforeAll(async () => {
  host = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('src') ?? ''
    const src = asked.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${origin}; frame-src ${origin}`,
    })
    response.end(
      `<!doctype html><html lang="en"><head><title>Host</title><link rel="icon" href="data:,"><script type="module" src="${url}embed.js"></script></head><body><main><h1>Host</h1><living-kubernetes src="${src}" height="600"></living-kubernetes></main></body></html>`,
    )
  })
  await new Promise<void>(resolve => host.listen(0, '127.0.0.1', resolve))
  address = `http://localhost:${(host.address() as AddressInfo).port}/`
})
afterAll(async () => {
  host.closeAllConnections()
  await new Promise(resolve => host.close(resolve))
})

const show = (page: Page, src: string) => page.goto(`${address}?src=${encodeURIComponent(src)}`)
async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.locator('living-kubernetes iframe').elementHandle())?.contentFrame()
  if (!frame) throw new Error('there is no frame')
  return frame
}
/** What the host's page or the frame's was refused by its policy; an icon that a browser asks for is none of the element's. */
const refused = (problems: readonly string[]) => problems.filter(each => !/favicon|data:,/.test(each))

test.each([1440, 390])('a lesson runs in the frame, %i pixels wide', async width => {
  const { page, problems, close } = await openPage({ viewport: { width, height: 900 } })
  await show(page, '04-deployment/04-roll-back')
  const frame = await frameOf(page)
  const input = frame.locator('#lab-terminal-1 .terminal-input')
  await input.waitFor({ timeout: 60_000 })
  await frame
    .locator('#lab-terminal-1 .prompt', { hasText: '$' })
    .first()
    .waitFor({ state: 'attached', timeout: 60_000 })
  await input.fill('kubectl get nodes')
  await input.press('Enter')
  await frame.locator('#lab-terminal-1 .screen-line', { hasText: /k8s-node1\s+Ready/ }).waitFor()
  expect(await frame.locator('[data-open]').getAttribute('href')).toBe('/en/04-deployment/04-roll-back/')
  const box = await page.locator('living-kubernetes iframe').boundingBox()
  expect(box?.height).toBe(600)
  expect(await page.locator('living-kubernetes p').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/embed-${width}.png` })
  expect(refused(problems)).toEqual([])
  expect(await axe(page)).toEqual([])
  await page.goto(`${url}en/embed/?lesson=04-deployment/04-roll-back`)
  await page
    .locator('#lab-terminal-1 .prompt', { hasText: '$' })
    .first()
    .waitFor({ state: 'attached', timeout: 60_000 })
  await page.locator('.time-pause[aria-label]').waitFor({ state: 'attached' })
  expect(await axe(page)).toEqual([])
  await close()
})

test('a file of the gallery stands in the frame’s working directory, and can be applied there', async () => {
  const { page, problems, close } = await openPage()
  await show(page, '04-deployment/deployment.yaml')
  const frame = await frameOf(page)
  await frame
    .locator('.play-files li', { hasText: /^deployment\.yaml$/ })
    .first()
    .waitFor({ timeout: 60_000, state: 'attached' })
  await frame
    .locator('#lab-terminal-1 .prompt', { hasText: '$' })
    .first()
    .waitFor({ state: 'attached', timeout: 60_000 })
  const input = frame.locator('#lab-terminal-1 .terminal-input')
  await input.fill('kubectl apply -f deployment.yaml')
  await input.press('Enter')
  await frame.locator('#lab-terminal-1 .screen-line', { hasText: /^deployment\.apps\/\S+ created/ }).waitFor()
  expect(await frame.locator('[data-open]').getAttribute('href')).toBe(
    '/en/play/?file=04-deployment/deployment.yaml',
  )
  expect(refused(problems)).toEqual([])
  await close()
})

test('what somebody did is shown before it runs in the frame, and then has been done there', async () => {
  const script = createScript({
    id: playPlace,
    lesson: playLesson(plainPlay),
    files: {},
    transcript: '',
    version,
  })
  const history = new History(script.header)
  history.add({ at: 2000, type: 'input', terminal: 1, text: 'kubectl create configmap of-a-link\r' })
  history.elapsed = 10_000
  const { page, problems, close } = await openPage()
  await show(page, `#h=${await pack(writeHistory(history, {}))}`)
  const frame = await frameOf(page)
  await frame.locator('[data-foreign="run"]').click({ timeout: 60_000 })
  await frame.locator('#lab-terminal-1 .screen-line', { hasText: 'configmap/of-a-link created' }).waitFor()
  expect(refused(problems)).toEqual([])
  await close()
})

test('what is not of the site is refused in a line, and never put into the page; another src is shown at once', async () => {
  const { page, problems, close } = await openPage()
  await show(page, '"><img src=x onerror=alert(1)>')
  const line = page.locator('living-kubernetes p')
  expect(await line.innerText()).toContain('Nothing of Living Kubernetes is called “"><img')
  expect(await line.locator('a').getAttribute('href')).toBe(`${url}en/`)
  expect(await page.locator('living-kubernetes :is(img, iframe)').count()).toBe(0)
  const element = page.locator('living-kubernetes')
  await element.evaluate(each => each.setAttribute('src', '04-deployment/nowhere.yaml'))
  await (await frameOf(page)).getByRole('alert').filter({ hasText: 'no such lesson or file' }).waitFor()
  expect(await line.count()).toBe(0)
  await element.evaluate(each => each.setAttribute('src', '04-deployment/99-nowhere'))
  await (await frameOf(page)).getByRole('alert').filter({ hasText: 'no such lesson or file' }).waitFor()
  expect(refused(problems).filter(each => !each.includes('404'))).toEqual([])
  await close()
})

test('a frame that does not answer is told of in a line with a link, twenty seconds after it was loaded', async () => {
  const { page, close } = await openPage()
  await page.clock.install()
  await page.route('**/en/embed/**', route =>
    route.fulfill({ contentType: 'text/html', body: '<title>silent</title>' }),
  )
  await show(page, 'play')
  await page.locator('living-kubernetes iframe').waitFor()
  await page.waitForLoadState('load')
  expect(await page.locator('living-kubernetes p').count()).toBe(0)
  await page.clock.fastForward(21_000)
  const line = page.locator('living-kubernetes p')
  await line.waitFor()
  expect(await line.locator('a').getAttribute('href')).toBe(`${url}en/play/`)
  await close()
})
