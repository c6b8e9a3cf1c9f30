// Without a network: what was visited works. With a second version of the site: no page comes by what belongs to the other.
import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { axe } from './browser.ts'
import { useBrowser } from './use-browser.ts'

const lesson = 'zh/04-deployment/04-roll-back/'
const data = 'lab/04-deployment/04-roll-back.json'
/** Some hundred files are fetched, when nothing else is going on. */
const slow = { timeout: 60_000 }
const openPage = useBrowser()

/** The built site at a host that can be down, and that puts a second version in the place of the first. */
async function startHost() {
  const html = await (await fetch(`${inject('url')}zh/`)).text()
  const first = /data-build="(\w+)"/.exec(html)![1]!
  const second = [...first].reverse().join('')
  const state = { down: false, build: first, held: undefined as RegExp | undefined }
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    if (state.down) {
      request.socket.destroy()
      return
    }
    // The first build's files are gone once there is a second.
    const path = (request.url ?? '/').slice(1)
    asked.push(path)
    if (state.held?.test(path)) return // for ever
    const there = state.build === first ? path : path.replaceAll(first, 'gone').replaceAll(second, first)
    const answer = await fetch(inject('url') + there, { redirect: 'manual' })
    const headers: Record<string, string> = {}
    for (const name of ['content-type', 'cache-control', 'location'])
      if (answer.headers.has(name)) headers[name] = answer.headers.get(name)!
    const body = Buffer.from(await answer.arrayBuffer())
    const names = /text\/html|javascript/.test(headers['content-type'] ?? '')
    response.writeHead(answer.status, headers)
    response.end(names ? body.toString().replaceAll(first, state.build) : body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${address.port}/`, state, asked, first, second, close }
}

const build = (page: Page) => page.evaluate(() => document.documentElement.dataset.build)
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: Record<string, string[]> = {}
    for (const name of await caches.keys())
      found[name.split(' ').at(-1)!] = (await (await caches.open(name)).keys()).map(each =>
        new URL(each.url).pathname.slice(1),
      )
    return found
  })

/** Its service worker comes once the reader of a page is there. */
async function controlled(page: Page): Promise<void> {
  await page.mouse.move(100, 100)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

async function search(page: Page): Promise<void> {
  await page.locator('[data-search]').first().click()
  await page.locator('dialog.search[open] input').fill('滚动更新')
  await page.locator('.search-results a[href*="04-deployment"]').first().waitFor()
  await page.keyboard.press('Escape')
}

const whileOffline = async (
  host: Awaited<ReturnType<typeof startHost>>,
  page: Page,
  act: () => Promise<void>,
) => {
  host.state.down = true
  await page.context().setOffline(true)
  await act()
  host.state.down = false
  await page.context().setOffline(false)
}

test('what was visited works without a network', { timeout: 400_000 }, async () => {
  const host = await startHost()
  const { page, problems, close } = await openPage({ serviceWorkers: 'allow' })
  try {
    await page.goto(host.url + lesson)
    await controlled(page)
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(host.url)
    const known = async (path: string) => (await kept(page))[host.first]?.includes(path)
    await expect.poll(() => known(lesson)).toBe(true)
    await expect.poll(() => known(`_astro/${host.first}/${data}`)).toBe(true)
    // Who only reads keeps no lab.
    const lists: Record<string, string[]> = await (
      await fetch(`${host.url}_astro/${host.first}/offline.json`)
    ).json()
    expect((await kept(page))[host.first]!.length).toBeLessThan(lists.lab!.length / 4)

    await page.locator('[data-step-action="run"]').first().click()
    await page.locator('.command[data-state="done"]').first().waitFor()
    await search(page)
    for (const list of ['lab', 'search:zh', 'search:en']) expect(lists[list]!.length).toBeGreaterThan(100)
    for (const list of ['lab', 'search:zh'])
      await expect
        .poll(async () => {
          const there = new Set((await kept(page))[host.first])
          return lists[list]!.filter(each => !there.has(each))
        }, slow)
        .toEqual([])

    await whileOffline(host, page, async () => {
      await page.reload() // the lab was open
      await page.locator('.guide-position', { hasText: /\d/ }).waitFor()
      await page.locator('[data-step-action="run"]').last().dispatchEvent('click')
      await expect.poll(() => page.locator('.command:not([data-state="done"])').count(), slow).toBe(0)
      await page.locator('[data-edit]').first().dispatchEvent('click')
      await page.locator('.cm-content').first().waitFor()
      await search(page)
      // What another page of the site leads to here.
      await page.goto(`${host.url}${lesson}#h=errors/no-history`)
      await page.locator('dialog[data-share="foreign"]').waitFor(slow)
      expect(problems.filter(each => !each.includes('net::'))).toEqual([])
      await expect(page.goto(`${host.url}zh/03-pod/08-restarts/`)).rejects.toThrow(/net::/)
    })
  } finally {
    await close()
    host.close()
  }
})

test('a page asks for at most four files before it is touched, then for its script, and at rest for one more', async () => {
  const host = await startHost()
  const { page, close } = await openPage({ serviceWorkers: 'allow' })
  try {
    const own: string[] = []
    page.context().on('request', request => {
      if (!request.serviceWorker()) own.push(new URL(request.url()).pathname.slice(1))
    })
    await page.goto(host.url + lesson, { waitUntil: 'networkidle' })
    expect(host.asked.length).toBeLessThanOrEqual(4)
    await page.mouse.move(100, 100)
    await expect.poll(async () => (await kept(page))[host.first] ?? []).toContain(lesson)
    const worker = host.asked.indexOf('sw.js')
    expect(worker).toBeLessThanOrEqual(7)
    expect(own.slice(worker)).toEqual([expect.stringContaining('_astro/offline.')])
    expect(host.asked.slice(0, worker).sort()).toEqual(own.slice(0, worker).sort())
    // What never changes is fetched once, though page and worker both ask for it.
    const files = host.asked.filter(each => each.startsWith('_astro/'))
    expect(files.length).toBe(new Set(files).size)
  } finally {
    await close()
    host.close()
  }
})

test('a second version takes over although the first is still fetching', async () => {
  const host = await startHost()
  const { page, close } = await openPage({ serviceWorkers: 'allow' })
  try {
    host.state.held = /\/pagefind\/fragment\//
    await page.goto(host.url + lesson)
    await controlled(page)
    await page.locator('[data-search]').first().click()
    await expect.poll(() => host.asked.some(each => host.state.held!.test(each))).toBe(true)
    host.state.build = host.second
    const later = await page.context().newPage()
    await later.goto(`${host.url}zh/`)
    await page.locator('.new-version').waitFor({ ...slow, state: 'attached' })
    const script = () => navigator.serviceWorker.getRegistration().then(each => each?.waiting ?? null)
    expect(await later.evaluate(script)).toBe(null)
  } finally {
    await close()
    host.close()
  }
})

test('a second version takes over and does not mix with the first', { timeout: 400_000 }, async () => {
  const host = await startHost()
  const { page, problems, close } = await openPage({ serviceWorkers: 'allow' })
  try {
    // ---- two pages of the first are open
    const context = page.context()
    await page.goto(host.url + lesson)
    await controlled(page)
    await expect
      .poll(async () => (await kept(page))[host.first] ?? [])
      .toContain(`_astro/${host.first}/${data}`)
    const english = await context.newPage()
    await english.goto(`${host.url}en/`)
    await english.waitForLoadState('networkidle')
    host.state.build = host.second
    const later = await context.newPage()
    await later.goto(`${host.url}zh/`)
    expect(await build(later)).toBe(host.second)
    await page.locator('.new-version').waitFor(slow)
    await english.locator('.new-version').waitFor()
    expect(await page.locator('.new-version').innerText()).toContain('网站有新版本')
    expect(await english.locator('.new-version').innerText()).toContain('new version')
    expect(await later.locator('.new-version').count()).toBe(0)
    expect(await axe(page)).toEqual([])

    // What is of the first page is there as long as the page; what is not is not replaced by the second's.
    const status = (path: string) => page.evaluate(async path => (await fetch(path)).status, host.url + path)
    expect(await status(`_astro/${host.first}/${data}`)).toBe(200)
    expect(await status(`_astro/${host.first}/lab/03-pod/08-restarts.json`)).toBe(404)
    await expect
      .poll(async () => (await kept(later))[host.second] ?? [], slow)
      .toEqual(expect.arrayContaining(['zh/', lesson, `_astro/${host.second}/${data}`]))
    const both = await kept(later)
    expect(Object.keys(both).sort()).toEqual([host.first, host.second].sort())
    expect(both[host.second]!.filter(each => each.includes(host.first))).toEqual([])
    expect(both[host.first]!.filter(each => each.includes(host.second))).toEqual([])

    // ---- the first is left
    await english.close()
    await page.locator('.new-version button').first().press('Enter')
    await page.waitForFunction(second => document.documentElement.dataset.build === second, host.second)
    await expect.poll(async () => Object.keys(await kept(later)), slow).toEqual([host.second])
    expect(problems.filter(each => !each.includes('404'))).toEqual([])
    await whileOffline(host, page, async () => {
      await page.reload()
      expect(await build(page)).toBe(host.second)
      await page.goto(`${host.url}zh/`)
      expect(await build(page)).toBe(host.second)
    })
  } finally {
    await close()
    host.close()
  }
})
