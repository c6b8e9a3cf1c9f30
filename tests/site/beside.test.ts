// The pages beside the chapters: corrections, manifests, what is verified, what the simulator is.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, inject, test } from 'vitest'
import { errors } from '../../content/errors/index.ts'
import { root } from '../../scripts/lib/run.ts'
import { pairs } from '../sample.ts'
import { axe, tooWide, widths } from './browser.ts'
import { shows } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const pages = [
  'gallery',
  'sheet',
  'errors',
  'glossary',
  'errata',
  'verified',
  'about',
  'library',
  'certificate',
]
const openPage = useBrowser()

test.each(['zh', 'en'])(
  'every correction of the lessons stands on the page of corrections (%s)',
  async language => {
    const { page, close } = await openPage({ javaScriptEnabled: false })
    await page.goto(`${url}${language}/errata/`)
    const written = globSync(`content/*/*/${language}.mdx`, { cwd: root }).flatMap(file => [
      ...readFileSync(join(root, file), 'utf8').matchAll(/<Fix>/g),
    ])
    expect(written.length).toBeGreaterThan(0)
    expect(await page.locator('.fixes li').count()).toBe(written.length)
    const link = await page.locator('.fixes a.number').first().getAttribute('href')
    expect((await page.request.get(new URL(link!, page.url()).href)).status()).toBe(200)
    await close()
  },
)

test('the foot of a page leads to whose texts these are', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/about/`)
  const link = await page.locator('.beside-links a[href$="NOTICE.txt"]').getAttribute('href')
  const answer = await page.request.get(new URL(link!, page.url()).href)
  expect(await answer.text()).toBe(readFileSync(join(root, 'NOTICE'), 'utf8'))
  await close()
})

test('the gallery holds every manifest, byte for byte, and its filter lives in the address', async () => {
  const { page, close } = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto(`${url}en/gallery/`)
  const files = globSync('examples/*/*.{yaml,yml}', { cwd: root })
  const entries = page.locator('.example')
  expect(await entries.count()).toBe(files.length)
  const entry = page.locator('[id="04-deployment/deployment.yaml"]')
  await page.mouse.move(100, 100) // a reader is there
  await entry.locator('summary').first().click()
  expect(await entry.locator('pre code').textContent()).toBe(
    readFileSync(join(root, 'examples/04-deployment/deployment.yaml'), 'utf8'),
  )
  const address = `${url}examples/04-deployment/deployment.yaml`
  expect(await entry.locator('li code').textContent()).toBe(`kubectl apply -f ${address}`)
  expect(await (await page.request.get(address)).text()).toBe(await entry.locator('pre code').textContent())
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    entry.getByRole('link', { name: 'Download deployment.yaml' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('deployment.yaml')
  expect(readFileSync(await file.path(), 'utf8')).toBe(await entry.locator('pre code').textContent())
  await entry.getByRole('button', { name: 'Copy deployment.yaml' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await entry.locator('pre code').textContent(),
  )
  await page.locator('[name="kind"]').selectOption('Service')
  const shown = await page.locator('.example:visible').count()
  expect(shown).toBeGreaterThan(0)
  expect(shown).toBeLessThan(files.length)
  expect(page.url()).toContain('kind=Service')
  await page.reload()
  expect(await page.locator('.example:visible').count()).toBe(shown)
  expect(await page.locator('output').innerText()).toBe(`${shown} manifests`)
  await page.goto(`${url}en/gallery/?topic=probes`)
  const probes = await page.locator('.example:visible').allTextContents()
  expect(probes.length).toBeGreaterThan(3)
  for (const text of probes) expect(text).toMatch(/(?:liveness|readiness|startup)Probe:/)
  const zip = await page.request.get(
    new URL((await page.locator('a[href$=".zip"]').getAttribute('href'))!, url).href,
  )
  const unzipped = unzipSync(await zip.body())
  for (const file of files)
    expect(
      strFromU8(unzipped[`living-kubernetes/${file.replace('examples/', '').replaceAll('\\', '/')}`]!),
    ).toBe(readFileSync(join(root, file), 'utf8'))
  await close()
})

test('without the script the gallery and the index of errors read the same', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/gallery/`)
  const commands = await page.locator('.example li:first-child > code').allTextContents()
  const texts = await page.locator('.example figure code').allTextContents()
  for (const file of globSync('examples/*/*.{yaml,yml}', { cwd: root })) {
    const at = commands.indexOf(`kubectl apply -f /${file.replaceAll('\\', '/')}`)
    expect(texts[at], file).toBe(readFileSync(join(root, file), 'utf8'))
  }
  await page.locator('.example summary').first().click()
  await page.locator('.example figure pre').first().waitFor()
  await page.goto(`${url}en/errors/`)
  const { text, meaning, cure } = errors.status.find(each => each.name === 'image-pull-back-off')!
  const shown = await page.locator('#image-pull-back-off').textContent()
  for (const each of [text, meaning.en, cure.en]) expect(shown).toContain(each.replaceAll('`', ''))
  expect(await page.locator('#image-pull-back-off .error-at a:visible').count()).toBe(1)
  await close()
})

test('from the gallery a manifest opens in the lab of its lesson', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/gallery/#${encodeURIComponent('04-deployment/deployment.yaml')}`)
  await page.locator('[id="04-deployment/deployment.yaml"] a[href*="#edit="]').click()
  await page.locator('.editor-code .cm-content', { hasText: 'kind: Deployment' }).waitFor({ timeout: 60_000 })
  await close()
})

test('the index of errors finds what was pasted, and a message is brought about in the lab', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/errors/`)
  const all = await page.locator('.error').count()
  expect(all).toBeGreaterThan(80)
  await page.locator('[data-errors] input').fill('Error from server (NotFound): pods "shop-5d9f" not found')
  const first = page.locator('.error:visible').first()
  await expect.poll(() => page.locator('.error:visible').count()).toBeLessThan(all / 2)
  expect(await first.getAttribute('id')).toBe('not-found')
  expect(page.url()).toContain('?q=')
  await page.locator('[data-errors] input').fill('qwertyuiop')
  await expect.poll(() => page.locator('[data-errors] output').textContent()).toMatch(/没有/)
  // What is typed in the lab is asked for when such a link has been followed, and not before.
  const asked: string[] = []
  page.on('request', request => request.url().endsWith('/lab/named.json') && asked.push(request.url()))
  await page.goto(`${url}zh/errors/#image-pull-back-off`)
  const link = page.locator('#image-pull-back-off .error-at a').last()
  expect(await link.getAttribute('href')).toMatch(/#h=errors\/image-pull-back-off$/)
  await link.hover()
  expect(asked).toEqual([])
  await link.click()
  await shows(page, 'ImagePullBackOff')
  expect(asked).toHaveLength(1)
  expect(problems).toEqual([])
  await close()
})

test('a line of the cheat sheet runs in the lab; on paper it is two pages', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/sheet/`)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(2)
  await page.locator('.sheet a', { hasText: 'rollout history' }).click()
  await shows(page, /deployment.apps\/web with revision #2/)
  expect(problems).toEqual([])
  await close()
})

test('the certificate shows what this browser has done, and is one sheet of paper', async () => {
  const { page, problems, close } = await openPage()
  await page.addInitScript(() =>
    localStorage.setItem('done', JSON.stringify(['00-setup/01-two-nodes', '03-pod/story', 'no/lesson'])),
  )
  await page.goto(`${url}en/certificate/`)
  await page.locator('[data-cell][fill="#0a6466"]').first().waitFor()
  expect(await page.locator('[data-cell][fill="#0a6466"]').count()).toBe(2)
  expect(await page.locator('[data-count="lessons"]').textContent()).toMatch(/^1 \/ \d+$/)
  await page.locator('[name="name"]').fill('<b>Ada</b> & 小明')
  expect(await page.locator('.certificate [data-name]').textContent()).toBe('<b>Ada</b> & 小明')
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-action="save"]').click(),
  ])
  const saved = readFileSync(await file.path(), 'utf8')
  expect(saved).toMatch(/^<svg [\s\S]*&lt;b&gt;Ada[\s\S]*<\/svg>\s*$/)
  await page.reload()
  await page.locator('.certificate [data-name]', { hasText: '小明' }).waitFor()
  expect(await page.locator('[name="name"]').inputValue()).toBe('<b>Ada</b> & 小明')
  expect(problems).toEqual([])
  await close()
})

test('the page of the library shows its examples as they are run', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}zh/library/`)
  const shown = (await page.locator('pre.code').allTextContents()).map(text => text.trimEnd())
  for (const file of globSync('content/library/*.ts', { cwd: root }))
    expect(shown).toContainEqual(readFileSync(join(root, file), 'utf8').trimEnd())
  expect(shown.at(-1)).toContain('export interface World {')
  await close()
})

test('what is verified is what the conformance run counted', async () => {
  const { page, close } = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}en/verified/`)
  const { areas } = JSON.parse(readFileSync(join(root, 'tests/conformance.json'), 'utf8'))
  const row = page.locator('tbody tr', { has: page.getByText('kubectl', { exact: true }) })
  expect(await row.locator('td').allTextContents()).toEqual([
    'kubectl',
    `${Math.min(...areas.kubectl.matched)}`,
    `${areas.kubectl.total}`,
  ])
  await close()
})

/** Entries of the long lists are made alike: so many stand for all. */
const entries = 12

test.for(pairs(['zh/', 'en/', ...pages.map(each => `zh/${each}/`)], widths))(
  'axe finds nothing on /%s, in both themes, at %i, and nothing is wider than the page',
  async ([path, width], { expect }) => {
    const { page, close } = await openPage({ viewport: { width, height: 900 } })
    await page.goto(url + path)
    await page.locator('details').evaluateAll(all => {
      for (const each of all.slice(0, 3)) (each as HTMLDetailsElement).open = true
    })
    expect(await tooWide(page, width)).toEqual([])
    for (const kind of ['.example', '.error'])
      await page.locator(kind).evaluateAll((all, most) => {
        for (const each of all.slice(most)) each.remove()
      }, entries)
    expect(await axe(page)).toEqual([])
    await close()
  },
)
