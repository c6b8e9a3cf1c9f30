// Takes the picture of README.md and of link previews: a lesson with the lab open, from the built site (`npm run build`).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { launch, openPage } from '../tests/site/browser.ts'
import { requireNode } from './lib/node-version.ts'
import { root } from './lib/run.ts'
import { serve } from './lib/serve.ts'

requireNode()
const site = process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist')
if (!existsSync(join(site, 'index.html'))) throw new Error(`There is no site in ${site}: npm run build`)
const served = await serve(site, '/', 0)
const browser = await launch()
try {
  const { page } = await openPage(browser, { colorScheme: 'light', viewport: { width: 1440, height: 730 } })
  await page.goto(`${served.url}en/04-deployment/04-roll-back/`)
  const step = page.locator('.console[data-step="break-it"]')
  await step.locator('[data-step-action="run"]').click()
  await step.and(page.locator('[data-same]')).waitFor({ timeout: 60_000 })
  await page.locator('.pod').first().waitFor()
  await step.evaluate(element => {
    document.documentElement.style.scrollBehavior = 'auto'
    scrollTo(0, element.getBoundingClientRect().top + scrollY - 200)
  })
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(root, 'public/lesson.png') })
} finally {
  await browser.close()
  await served.close()
}
