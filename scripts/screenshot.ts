// Takes the pictures of README.md from the built site (`npm run build`): a lesson with the lab open, which is that of link
// previews too, and parts of the lab.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launch, openPage } from '../tests/site/browser.ts'
import { next, openLab, shows, type } from '../tests/site/lab-page.ts'
import { requireNode } from './lib/node-version.ts'
import { root } from './lib/run.ts'
import { serve } from './lib/serve.ts'

requireNode()
const site = process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist')
if (!existsSync(join(site, 'index.html'))) throw new Error(`There is no site in ${site}: npm run build`)
const served = await serve(site, '/', 0)
const browser = await launch()
const pictures = join(root, '.github/pictures')
mkdirSync(pictures, { recursive: true })

async function lesson(page: Page): Promise<void> {
  await page.goto(`${served.url}en/04-deployment/04-roll-back/`)
  const step = page.locator('.console[data-step="break-it"]')
  await step.locator('[data-step-action="run"]').click()
  await step.and(page.locator('[data-same]')).waitFor({ timeout: 60_000 })
  await page.locator('.pod').first().waitFor()
  await step.evaluate(element => {
    document.documentElement.style.scrollBehavior = 'auto'
    scrollTo(0, element.getBoundingClientRect().top + scrollY - 200)
  })
}

/** By the name of the picture: what is done before it is taken. */
const labs: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async map(page) {
    await page.goto(`${served.url}en/04-deployment/04-roll-back/`)
    await openLab(page)
    await type(page, 'kk apply -f deployment-three.yaml; kk rollout status deployment/hellok8s-go-http')
    await shows(page, 'successfully rolled out')
    await type(page, 'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2')
    await page.locator('.map .pod.is-starting, .map .pod.is-no-node').first().waitFor()
    await page.locator('[data-speed="0"], .time-pause').first().click()
  },
  async service(page) {
    await page.goto(`${served.url}en/07-service/02-clusterip/`)
    await openLab(page)
    for (let i = 0; i < 8; i++) await next(page)
    await page.locator('.map .pod').first().waitFor()
  },
  async why(page) {
    await page.goto(`${served.url}en/04-deployment/04-roll-back/`)
    await openLab(page)
    await type(page, 'kk create deployment web --image=leigg/hellok8s:v22')
    await page.locator('.map .pod.is-failing').first().waitFor()
    await page.locator('.sentence-why').click()
    await page.locator('.why').first().waitFor()
  },
  async timeline(page) {
    await page.goto(`${served.url}en/04-deployment/04-roll-back/`)
    await openLab(page)
    for (let i = 0; i < 5; i++) await next(page)
    const knob = page.locator('.knob')
    await knob.press('Shift+ArrowLeft')
    await knob.press('Shift+ArrowLeft')
    await page.locator('.past').waitFor()
    await page.locator('#lab-tab-history').click()
  },
  async drill(page) {
    await page.goto(`${served.url}en/drills/02-selector/`)
    await page.locator('[data-drill-start]').first().click()
    await page.locator('.map .pod').first().waitFor()
  },
}

try {
  for (const [name, prepare] of Object.entries({ lesson, ...labs })) {
    const viewport = { width: 1440, height: name === 'lesson' ? 730 : 900 }
    const { page, close } = await openPage(browser, { colorScheme: 'light', viewport })
    await prepare(page)
    await page.waitForTimeout(1500)
    if (name === 'lesson') await page.screenshot({ path: join(root, 'public/lesson.png') })
    else {
      const seen = name === 'drill' ? page : page.locator('.lab')
      await seen.screenshot({ path: join(pictures, `${name}.png`) })
    }
    await close()
  }
} finally {
  await browser.close()
  await served.close()
}
