import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch, openPage } from './browser.ts'

/** A browser for the tests of the file that calls this, closed after the last of them. Gives what opens a page in it. */
export function useBrowser(): (options?: BrowserContextOptions) => ReturnType<typeof openPage> {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())
  return options => openPage(browser, options)
}
