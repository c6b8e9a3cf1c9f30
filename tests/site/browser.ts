// A real browser without a system install: Chromium from an npm package, unpacked once into a folder of its own. A
// Chromium or Chrome of the system is used where that one does not run (other platforms), or where CHROMIUM names one.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core'
import { root } from '../../scripts/lib/run.ts'

const version = '153.0.0'

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Unpacks the packaged Chromium; a folder that was only half unpacked is never left in place. */
async function unpack(): Promise<{ path: string; folder: string }> {
  const folder = join(tmpdir(), `living-kubernetes-chromium-${version}`)
  if (!existsSync(join(folder, 'chromium'))) {
    const scratch = mkdtempSync(join(tmpdir(), 'living-kubernetes-'))
    const { TMPDIR, AWS_EXECUTION_ENV } = process.env
    process.env.TMPDIR = scratch
    // Makes the package unpack its libraries too, for machines that lack some.
    process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
    try {
      const { default: packaged } = await import('@sparticuz/chromium')
      await packaged.executablePath()
    } finally {
      restore('TMPDIR', TMPDIR)
      restore('AWS_EXECUTION_ENV', AWS_EXECUTION_ENV)
      restore('FONTCONFIG_PATH', undefined)
      restore('LD_LIBRARY_PATH', undefined)
    }
    mkdirSync(tmpdir(), { recursive: true })
    try {
      renameSync(scratch, folder)
    } catch {
      rmSync(scratch, { recursive: true, force: true }) // another run was faster
    }
  }
  return { path: join(folder, 'chromium'), folder }
}

const restore = (name: string, value: string | undefined): void => {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

const args = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
]

export async function launch(): Promise<Browser> {
  const named = process.env.CHROMIUM
  if (named) return playwright.launch({ executablePath: named, args })
  const failures: unknown[] = []
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { path, folder } = await unpack()
    const { LD_LIBRARY_PATH: libraries, ...rest } = process.env
    const plain = rest as Record<string, string>
    const own = {
      ...plain,
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), libraries].filter(Boolean).join(':'),
      ...(!existsSync('/etc/fonts') && { FONTCONFIG_PATH: join(folder, 'fonts') }),
    }
    for (const env of [plain, own]) {
      try {
        return await playwright.launch({ executablePath: path, args, env })
      } catch (error) {
        failures.push(error)
      }
    }
  }
  const system = systemPaths.find(path => existsSync(path))
  if (system) return playwright.launch({ executablePath: system, args })
  throw new Error(
    `No browser for the tests. Name a Chromium with CHROMIUM=/path/to/chromium.\n${failures.join('\n')}`,
  )
}

/**
 * A page in a fresh profile; console errors and failed requests of all its pages are collected. Without a service worker,
 * unless one is asked for: what is fetched is seen, and can be made to fail.
 */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...options,
  })
  const problems: string[] = []
  context.on('console', message => {
    if (message.type() === 'error') problems.push(message.text())
  })
  context.on('weberror', error => problems.push(String(error.error())))
  context.on('requestfailed', request => {
    const error = request.failure()?.errorText
    // What was still on its way when the page was left or loaded anew.
    if (error !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${error}`)
  })
  const page = await context.newPage()
  return { page, problems, close: () => context.close() }
}

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

/** Where a reader sits, and where one holds a phone: at either, nothing may be wider than the page. */
export const widths = [1440, 390] as const

/** The widths at which something is wider than the page; leaves it at the given one. */
export async function tooWide(page: Page, width: number): Promise<number[]> {
  const found: number[] = []
  for (const each of [...widths, width]) {
    await page.setViewportSize({ width: each, height: 900 })
    if ((await page.evaluate(() => document.documentElement.scrollWidth)) > each) found.push(each)
  }
  return found
}

/** Rules about colours: the only ones that depend on the theme. */
const colours = ['color-contrast', 'link-in-text-block']

/** What is used of axe, which is put into the page. */
interface Axe {
  readonly axe: {
    run(
      within: string | object,
      options: object,
    ): Promise<{
      readonly violations: readonly {
        readonly id: string
        readonly nodes: readonly { readonly target: readonly string[] }[]
      }[]
    }>
  }
}

/** The page has all of its script (client/page.ts): by itself where this browser has kept something, else once it was touched. */
export const begun = (page: Page): Promise<void> =>
  page.locator('link[href*="/live."]').waitFor({ state: 'attached' })

/** Shows what stands behind all guesses of the page. */
export async function skipGuesses(page: Page): Promise<void> {
  await page.locator('.skip-guess button').evaluateAll(all => {
    for (const each of all) (each as HTMLElement).click()
  })
  await page.locator('.guess:not([data-open])').first().waitFor({ state: 'detached' })
}

/**
 * What axe objects to in the light theme and, of the colours, in the dark one; one line a finding. `within`, a CSS selector:
 * of the elements there alone, at about half of the time, where a text around them has been looked at already.
 */
export async function axe(page: Page, within?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const findings = (options: object) =>
    page.evaluate(
      async ([within, options]) => {
        const { axe } = globalThis as unknown as Axe
        const { violations } = await axe.run(within ?? document, { ...options, resultTypes: ['violations'] })
        return violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.target.join(' ')}`))
      },
      [within, options] as const,
    )
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await findings({})
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await findings({ runOnly: colours })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map(each => `dark: ${each}`)]
}
