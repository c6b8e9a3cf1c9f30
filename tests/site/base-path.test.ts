// The site at an address of its own, under a path: pages, lab and search find their files there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../../scripts/lib/run.ts'
import { serve } from '../../scripts/lib/serve.ts'
import { launch, openPage } from './browser.ts'
import { wrongAddresses } from './built-addresses.ts'
import { shows } from './lab-page.ts'

// It builds the whole site once more; within `npm test` what is found out by playing lessons is that of the first build.
test('built for an address under a path, its pages name each other by it, a lesson runs and search leads to it', {
  timeout: 900_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'living-kubernetes-base-'))
  const built = await run('node', ['scripts/build.ts'], {
    env: {
      SITE: 'https://example.org/learn/k8s',
      LIVING_KUBERNETES_OUT: folder,
      // That each page's picture is there is all that is asked of it here; how they look, card.test.ts asks.
      LIVING_KUBERNETES_CARD_WIDTH: '12',
    },
  })
  expect(built.code, built.output).toBe(0)
  expect(wrongAddresses(folder, 'https://example.org/learn/k8s/')).toEqual([])
  const served = await serve(folder, '/learn/k8s/', 0)
  const browser = await launch()
  try {
    const { page, problems } = await openPage(browser)
    await page.goto(`${served.url}zh/`)
    await page.keyboard.press('Control+k')
    await page.locator('dialog.search[open] input').fill('滚动更新')
    await expect
      .poll(async () => ({ hint: await page.locator('.search-hint').innerText(), problems }), {
        timeout: 15_000,
      })
      .toEqual({ hint: expect.stringMatching(/\d/), problems: [] })
    await page.locator('.search-results a').first().click()
    await page.waitForURL(address => address.pathname.startsWith('/learn/k8s/zh/04-deployment/'))
    await page.locator('[data-step-action="run"]').first().click()
    await page.locator('.command[data-state="done"], .command[data-state="differs"]').first().waitFor()
    await page.goto(`${served.url}en/errors/#no-history`)
    await page.locator('#no-history a[href*="#h="]').click()
    await shows(page, 'no rollout history found')
    expect(problems).toEqual([])
  } finally {
    await browser.close()
    await served.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
