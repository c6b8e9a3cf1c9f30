// The map and the sentence over it in a real browser: what a reader sees at three widths, by keyboard, and what it costs.
import { expect, inject, test } from 'vitest'
import { fill } from '../../src/i18n/fill.ts'
import { mapWords as en } from '../../src/i18n/lab/map.en.ts'
import { mapWords as zh } from '../../src/i18n/lab/map.zh.ts'
import { pairs } from '../sample.ts'
import { axe } from './browser.ts'
import { openLab, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const lesson = '04-deployment/04-roll-back'
const openPage = useBrowser()

test('the sentence and the map follow what is done; by keyboard one goes among pods, opens a card and comes back; over the whole screen hands are left, the map right with what explains it below', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  const sentence = page.locator('.lab-sentence')
  await expect.poll(() => sentence.innerText()).toContain('waiting for you')
  await type(page, 'kk apply -f deployment-three.yaml')
  await expect.poll(() => page.locator('.map .pod.is-ready').count(), { timeout: 20_000 }).toBe(3)
  await expect.poll(() => sentence.innerText()).toContain('3 wanted, 3 ready.')
  expect(await page.locator('.map .slot.is-ready').count()).toBe(3)
  expect(await page.locator('.map [tabindex="0"]').count()).toBe(1)
  await page.locator('.map [tabindex="0"]').focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await page.locator('.map .pod:focus').count()).toBe(1)
  const title = await page.locator('.map .pod:focus').getAttribute('title')
  await page.keyboard.press('Enter')
  const card = page.locator('.details h3')
  await expect.poll(() => card.innerText(), { timeout: 20_000 }).toBe(title?.replace('Pod ', 'pod/default/'))
  await page.keyboard.press('Escape')
  expect(await page.locator('.map .pod:focus').getAttribute('title')).toBe(title)

  await page.locator('.lab-whole').click()
  const hands = await page.locator('.lab > .lab-panels').boundingBox()
  const map = await page.locator('.lab-eyes').boundingBox()
  expect(map!.x).toBeGreaterThanOrEqual(hands!.x + hands!.width)
  expect(await page.locator('.lab-below #lab-tab-inspect').isVisible()).toBe(true)
  expect(await axe(page)).toEqual([])
  expect(problems).toEqual([])
  await close()
})

const languages = [
  ['en', en.sentences],
  ['zh', zh.sentences],
] as const

test.for(
  pairs([1440, 1024, 390], languages).map(([width, [language, sentences]]) => ({
    width,
    language,
    sentences,
  })),
)(
  'in $language at $width the sentence has its room, whatever it says',
  async ({ width, language, sentences }) => {
    const numbers = {
      n: 3,
      of: 2,
      ready: 2,
      wanted: 3,
      done: 1,
      total: 3,
      waiting: 2,
      left: 1,
      code: 137,
      restarts: 4,
    }
    const names = {
      node: 'k8s-node1',
      name: '9xqwn',
      image: 'leigg/hellok8s:v22',
      from: 'v1',
      to: 'v2',
      kind: 'Deployment',
    }
    const long = {
      ...{
        in: '1 min 21 s',
        ago: '2 min 41 s',
        list: 'web 3 · db 1',
        schedule: '*/5 * * * *',
        by: 'example.com/keep',
      },
      ...{ word: 'CreateContainerConfigError', message: "node(s) didn't match pod anti-affinity rules" },
    }
    const texts = Object.values(sentences).map(parts =>
      parts.map(each => fill(each, { ...numbers, ...names, ...long, type: 'ready' })),
    )
    const { page, close } = await openPage({ viewport: { width, height: 844 } })
    await page.goto(`${url}${language}/${lesson}/`)
    await openLab(page)
    await page.locator('.sentence-words strong').waitFor({ state: 'attached' })
    if (width === 390) await page.locator('#lab-tab-cluster').click()
    const high = await page.locator('.lab-sentence').evaluate((element, texts) => {
      const [before, words] = [element.clientHeight, element.querySelector('.sentence-words')!]
      element.querySelector<HTMLElement>('.sentence-why')!.hidden = false
      return texts.filter(([head = '', rest = '']) => {
        const strong = document.createElement('strong')
        strong.textContent = head
        words.replaceChildren(strong, ` ${rest}`)
        return element.clientHeight > before
      })
    }, texts)
    // The one that tells most has no button on a phone.
    expect(high.filter(each => !/^(?:Moving|正)/.test(each[0] ?? ''))).toEqual([])
    await close()
  },
)

test('what fails is said first, with a way to ask why', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await openLab(page)
  await type(page, 'kk create deployment web --image=leigg/hellok8s:v2_problem --replicas=3')
  const sentence = page.locator('.lab-sentence')
  await expect.poll(() => sentence.innerText(), { timeout: 20_000 }).toContain('都在反复崩溃（退出码 2）')
  expect(await page.locator('.map .pod.is-failing .pod-line').first().innerText()).toContain('退出码 2')
  expect(await sentence.locator('.sentence-why').innerText()).toBe('为什么？')
  expect(await axe(page, '.lab')).toEqual([])
  expect(problems).toEqual([])
  await close()
})

test('a request shows its way, hop by hop', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  expect(await page.locator('#lab-tab-requests').isVisible()).toBe(false)
  await type(
    page,
    'kk create deployment web --image=leigg/hellok8s:v3_hostname; kk expose deployment web --port=3000',
  )
  await type(page, 'kk run curl --image=curlimages/curl --command -- sleep 9999')
  await expect.poll(() => page.locator('.map .pod.is-ready').count(), { timeout: 20_000 }).toBe(2)
  await type(page, 'kk exec curl -- curl -s http://web:3000/')
  await shows(page, /From host: web-/)
  await expect.poll(() => page.locator('.map .wire.live').count()).toBe(1)
  await page.locator('#lab-tab-requests').click()
  await expect
    .poll(() => page.locator('.hop-title').allInnerTexts(), { timeout: 20_000 })
    .toEqual(['pod/curl', 'name → address', 'Service', 'Pod', 'reply'])
  expect(await axe(page, '.lab')).toEqual([])
  // In a world before it nobody has asked.
  await page.locator('[data-guide="back"]').click()
  await expect.poll(() => page.locator('.requests-list button').count()).toBe(0)
  expect(await page.locator('.map .client').isVisible()).toBe(false)
  expect(problems).toEqual([])
  await close()
})

test('the keyboard stays where it is while that is drawn anew; a node says that it is closed', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'kk create deployment web --image=leigg/hellok8s:v1 --replicas=2')
  await expect.poll(() => page.locator('.map .pod.is-ready').count(), { timeout: 20_000 }).toBe(2)
  await type(page, 'sleep 3; kk scale deployment web --replicas=3; kk cordon k8s-node1')
  await page.locator('.map .owner').focus()
  await expect.poll(() => page.locator('.map .owner').innerText(), { timeout: 20_000 }).toContain('3/3')
  expect(await page.locator('.map .owner:focus').count()).toBe(1)
  await expect.poll(() => page.locator('.node > header').first().innerText()).toContain('Cordoned')
  expect(problems).toEqual([])
  await close()
})

test('among many what fails is one size larger, and listed above the nodes', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'kk create deployment web --image=leigg/hellok8s:v1 --replicas=30')
  await type(page, 'kk create deployment bad --image=leigg/hellok8s:v2_problem --replicas=2')
  const large = page.locator('.map .pods.cards .pod.is-failing')
  await expect.poll(() => large.count(), { timeout: 40_000 }).toBe(2)
  await expect.poll(() => page.locator('.map .pods.chips .pod.is-ready').count()).toBe(30)
  // Each time it is started again it does not fail for a moment.
  await expect.poll(() => large.first().locator('.pod-line').innerText()).toContain('exit 2')
  await expect.poll(() => page.locator('.map .map-chip.look.is-failing').count()).toBe(2)
  expect(await axe(page, '.lab')).toEqual([])
  expect(problems).toEqual([])
  await close()
})

test('hundreds of pods are as many elements as a few: squares are images, one for each node and owner', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'kk create deployment web --image=leigg/hellok8s:v1 --replicas=200')
  await page.locator('.map[data-size="squares"]').waitFor({ timeout: 60_000 })
  expect(await page.locator('.map *').count()).toBeLessThan(150)
  expect(await page.locator('.squares-group').first().getAttribute('aria-label')).toMatch(
    /^web: \d+ pods, \d+ ready$/,
  )
  expect(problems).toEqual([])
  await close()
})

test('one pod of a hundred that goes changes a handful of elements at a time', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'kk create deployment web --image=leigg/hellok8s:v1 --replicas=100')
  const count = page.locator('.map .owner .chip-count')
  await expect.poll(() => count.innerText(), { timeout: 90_000 }).toBe('100/100')
  // With the next command nothing is new any more: marks go from all of them at once.
  expect(await page.locator('.map .chip.made').count()).toBe(100)
  await type(page, 'true')
  await expect.poll(() => page.locator('.map .chip.made').count()).toBe(0)
  await page.evaluate(() => {
    const draws: number[] = []
    const elements = (node: Node): number =>
      node instanceof Element ? 1 + node.querySelectorAll('*').length : 0
    // All changes of one drawing come together.
    new MutationObserver(records => {
      const made = records
        .flatMap(each => [...each.addedNodes])
        .reduce((sum, each) => sum + elements(each), 0)
      draws.push(made + new Set(records.map(each => each.target)).size)
    }).observe(document.querySelector('.map')!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    Object.assign(globalThis, { draws })
  })
  await type(page, 'kk delete $(kk get pods -o name | head -1); kk rollout status deployment web')
  await shows(page, /pod "web-\S+" deleted[\s\S]*successfully rolled out/)
  await page.locator('.map .chip.made.is-ready').waitFor()
  const draws = await page.evaluate(() => (globalThis as unknown as { draws: number[] }).draws)
  expect(draws.length).toBeGreaterThan(1)
  expect(Math.max(...draws)).toBeLessThan(60)
  expect(problems).toEqual([])
  await close()
})

test('on a phone the map is a tab; low, the sheet still says what happens; a request that came while another tab was in front shows its wire once the map is seen', async () => {
  const viewport = { width: 390, height: 844 }
  const { page, problems, close } = await openPage({ viewport, hasTouch: true, isMobile: true })
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  expect(await page.locator('.map').isVisible()).toBe(false)
  await page.locator('#lab-tab-cluster').tap()
  expect(await page.locator('.map').isVisible()).toBe(true)
  expect(await axe(page)).toEqual([])
  await page.locator('.lab-handle').press('ArrowDown')
  expect(await page.locator('.map').isVisible()).toBe(false)
  expect(await page.locator('.lab-sentence').isVisible()).toBe(true)
  expect(await page.locator('[data-guide="next"]').isVisible()).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  await page.locator('.lab-handle').press('ArrowUp')
  await type(
    page,
    'kk create deployment web --image=leigg/hellok8s:v3_hostname; kk expose deployment web --port=3000',
  )
  await type(page, 'kk run curl --image=curlimages/curl --command -- sleep 9999')
  await type(page, 'kk wait --for=condition=Ready pod --all; kk exec curl -- curl -s http://web:3000/')
  await shows(page, /From host: web-/)
  await page.locator('#lab-tab-cluster').tap()
  await expect.poll(() => page.locator('.map .wire.live').count()).toBe(1)
  expect(await page.locator('.map .client').innerText()).toBe('pod/curl')
  expect(problems).toEqual([])
  await close()
})

test('after Back the sentence is true at once, without waiting for its turn', async () => {
  const { page, problems, close } = await openPage()
  await page.clock.install()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  const sentence = page.locator('.lab-sentence')
  await type(page, 'kk create deployment web --image=leigg/hellok8s:v1 --replicas=2')
  await expect.poll(() => sentence.innerText(), { timeout: 30_000 }).toContain('2 wanted, 2 ready.')
  await type(page, 'kk scale deployment web --replicas=3')
  await expect.poll(() => sentence.innerText(), { timeout: 30_000 }).not.toContain('2 wanted, 2 ready.')
  // From here on no timer of the page ever comes.
  await page.clock.pauseAt(Date.now() + 3600_000)
  await page.locator('[data-guide="back"]').click()
  await expect.poll(() => sentence.innerText()).toContain('2 wanted, 2 ready.')
  expect(problems).toEqual([])
  await close()
})
