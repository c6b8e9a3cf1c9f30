// An exception inside a component of the simulated cluster: a notice in the lab says which one it was, and all else goes on.
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { sample } from '../sample.ts'
import { axe } from './browser.ts'
import { openLab, screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const openPage = useBrowser()

/** The options of a world have no `beforeWork` of their own (src/cluster/cluster.ts): here every object has one that throws. */
const fault = `Object.defineProperty(Object.prototype, 'beforeWork', { value: (component, key) => {
  if (component.includes('deployment') && key === 'default/web') throw new TypeError('injected for ' + key)
} });`

/** The worker's own code, with the fault before it. */
async function breakDeployments(page: Page): Promise<void> {
  await page.route(/_astro\/lab-[^/]+\/main\.js$/, async route => {
    const response = await route.fetch()
    await route.fulfill({ response, body: fault + (await response.text()) })
  })
}

const said = {
  zh: '模拟器的一个组件出错了，其余照常运行：',
  en: 'A part of the simulator failed, the rest goes on: ',
}

const readers = [
  ['en', 1440, 900],
  ['zh', 390, 844],
] as const

test.each(sample(readers, 2))(
  'a controller that throws is named, and the others go on, %s at %i',
  async (language, width, height) => {
    const { page, problems, close } = await openPage({ viewport: { width, height } })
    await breakDeployments(page)
    await page.goto(`${url}${language}/04-deployment/01-deploy/`)
    await openLab(page)
    await type(page, 'kubectl create deployment web --image=leigg/hellok8s:v1')
    const notice = page.locator('[data-notice="component"]')
    await notice.waitFor()
    expect(await notice.getAttribute('role')).toBe('alert')
    const text = await notice.innerText()
    expect(text).toContain(said[language])
    expect(text).toMatch(/deployment.*default\/web: injected for default\/web/)
    // What hit it is not done, what did not is.
    await type(
      page,
      'kubectl create deployment other --image=leigg/hellok8s:v1; sleep 5; kubectl get deployments',
    )
    await shows(page, /other +1\/1/)
    expect(await screen(page)).toMatch(/web +0\/1 +0/)
    expect(await page.locator('[data-notice]').count()).toBe(1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await axe(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  },
)
