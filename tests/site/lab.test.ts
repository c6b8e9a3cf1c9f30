// The lab in a real browser: a lesson on the terminal's screen, commands of one's own, editor, reload, keyboard, accessibility.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import story from '../../content/11-end/story/lesson.ts'
import { root } from '../../scripts/lib/run.ts'
import { sample } from '../sample.ts'
import { axe } from './browser.ts'
import { edit, kept, next, openLab, screen, shows, type } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
const chapter = '04-deployment'
const lesson = `${chapter}/04-roll-back`
const openPage = useBrowser()

/** The commands that a page prints, with their outputs, as its HTML says them. */
const printed = (page: Page) =>
  page.locator('.command').evaluateAll(commands =>
    commands.map(each => {
      const output = each.nextElementSibling
      return {
        command: each.textContent,
        output: output?.matches('pre.output') ? `${output.textContent}` : '',
      }
    }),
  )

test('the rollback lesson: what stands on the terminal’s screen is what stands in the text', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  const texts = await printed(page)
  await openLab(page)
  for (let i = 0; i < texts.length; i++) await next(page)
  const shown = await screen(page)
  for (const { command, output } of texts) {
    expect(shown).toContain(`$ ${command}`)
    expect(shown).toContain(output)
  }
  await close()
})

test('kk get pods shows the same pods as the map of the cluster', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await page.locator('.console[data-step="start"] [data-step-action="run"]').click()
  await page.locator('.console[data-step="start"][data-same]').waitFor()
  await page.locator('.pace button', { hasText: '10×' }).click()
  await expect
    .poll(
      () =>
        page
          .locator('.pod')
          .evaluateAll(pods => pods.map(each => each.querySelector('.pod-word')?.textContent)),
      {
        timeout: 20_000,
      },
    )
    .toEqual(['Running', 'Running', 'Running'])
  await type(page, 'kk get pods')
  await shows(page, /kk get pods\nNAME.*\n(hellok8s.*Running.*\n?){3}/)
  const names = await page
    .locator('.pod')
    .evaluateAll(pods => pods.map(each => each.getAttribute('title')?.replace('Pod ', '')))
  const table = (await screen(page)).split('kk get pods\n').at(-1) ?? ''
  expect([...table.matchAll(/^hellok8s\S+/gm)].map(([name]) => name)).toEqual(names.sort())
  await close()
})

test('Back, Reset and “before this step” bring the cluster back', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  const start = page.locator('.console[data-step="start"]')
  const ran = () => start.locator('.command[data-state="done"]').count()
  const undo = start.locator('[data-step-action="reset"]')
  expect(await undo.isVisible()).toBe(false)
  await start.locator('[data-step-action="run"]').click()
  await page.locator('.console[data-step="start"][data-same]').waitFor()
  const all = await ran()
  expect(await start.locator('[data-step-action="run"]').innerText()).toBe('再运行')
  await page.locator('[data-guide="back"]').click()
  await expect.poll(ran, { timeout: 20_000 }).toBe(all - 1)
  await undo.click()
  await expect.poll(() => start.locator('.command[data-state]').count(), { timeout: 20_000 }).toBe(0)
  await expect.poll(() => page.locator('.pod').count(), { timeout: 20_000 }).toBe(0)
  await close()
})

test('two terminals: one watches, the other acts; Ctrl-C ends the watch; bad commands get a clear answer, and the world goes on', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await openLab(page)
  await type(page, 'kk get deployments -w', 2)
  await type(page, 'kk apply -f deployment-three.yaml')
  await shows(page, 'deployment.apps/hellok8s-go-http created')
  await page.locator('#lab-tab-terminal-2').click()
  await shows(page, /hellok8s-go-http +0\/3/, 2)
  await page.locator('#lab-terminal-2 .terminal-input').press('Control+c')
  await shows(page, '^C', 2)
  await type(page, 'echo free', 2)
  await shows(page, /echo free\nfree/, 2)

  for (const [line, answer] of [
    ['frobnicate', 'frobnicate: command not found'],
    ['kubectl frobnicate', 'unknown command "frobnicate"'],
    ['kubectl get pods --frobnicate', 'unknown flag: --frobnicate'],
    ["echo 'unfinished", "echo 'unfinished"],
    ["'", /\nunfinished\n/],
    ['kubectl apply -f nothing.yaml', 'nothing.yaml'],
    ['echo still here', 'still here\nstill here'],
  ] as const) {
    await type(page, line)
    await shows(page, answer)
  }
  expect(await page.locator('.lab-failure').isVisible()).toBe(false)
  expect(problems).toEqual([])
  await close()
})

test('try a change: the editor marks what is wrong while one types, with the server’s words and an explanation', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await page.locator('[data-edit="deployment-three.yaml"]').click()
  const text = readFileSync(join(root, `examples/${chapter}/deployment-three.yaml`), 'utf8')
  await edit(page, text.replace('replicas: 3', 'replica: 3'))
  const problem = page.locator('.problems li').first()
  await problem.waitFor()
  const line = text.split('\n').findIndex(each => each.includes('replicas: 3')) + 1
  expect(await problem.locator('button').first().innerText()).toBe(`${line}:3`)
  expect(await problem.locator('code').first().innerText()).toBe('unknown field "spec.replica"')
  expect(await problem.locator('.problem-explanation').innerText()).toContain('replicas')
  await page.locator('.editor-code .cm-lintRange-error').waitFor()

  await edit(page, text.replace('replicas: 3', 'replicas: 4'))
  await expect.poll(() => page.locator('.problems li').count()).toBe(0)
  await page.locator('.editor-tools.for-files .primary').click()
  await shows(page, /kubectl apply -f deployment-three.yaml\ndeployment.apps\/hellok8s-go-http created/)
  await expect.poll(() => page.locator('.pod').count(), { timeout: 20_000 }).toBe(4)
  expect(problems).toEqual([])
  await close()
})

test('an exercise turns done when the cluster is as it asks, and stays so after a reload', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${chapter}/10-replicaset/`)
  const exercise = page.locator('[data-exercise$="@keep-the-pods"]')
  expect(await exercise.locator('.exercise-state').innerText()).toBe('Not yet')
  await exercise.locator('[data-exercise-start]').click()
  const input = page.locator('#lab-terminal-1 .terminal-input')
  await expect.poll(() => input.evaluate(each => each === document.activeElement)).toBe(true)
  await type(page, 'kk apply -f replicaset.yaml')
  await expect.poll(() => page.locator('.pod.is-ready').count(), { timeout: 20_000 }).toBeGreaterThan(1)
  await type(page, 'kk delete replicaset hellok8s-rs --cascade=orphan')
  await expect.poll(() => exercise.locator('.exercise-state').innerText(), { timeout: 20_000 }).toBe('Done')
  await page.reload()
  await expect.poll(() => exercise.locator('.exercise-state').innerText(), { timeout: 20_000 }).toBe('Done')
  expect(problems).toEqual([])
  await close()
})

test('a timed exercise shows the clock of its world, then the best time, which is kept', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/11-end/story/`)
  const exercise = page.locator('[data-exercise$="@fair"]')
  const time = exercise.locator('.exercise-time')
  expect(await time.innerText()).toBe('Timed: 20 minutes of the cluster’s clock')
  await exercise.locator('[data-exercise-start]').click()
  await expect.poll(() => time.innerText(), { timeout: 30_000 }).toMatch(/^00:\d\d of 20 min$/)
  await page.locator('.pace button', { hasText: '10×' }).click()
  const { solution } = story.exercises[0]!
  await type(page, solution.filter(each => typeof each === 'string').join('; '))
  const best = /^Best time (0\d:\d\d); the mark is 20 minutes$/
  await expect.poll(() => time.innerText(), { timeout: 60_000 }).toMatch(best)
  const said = await time.innerText()
  await page.waitForTimeout(2500) // the world is saved every two seconds
  await page.reload()
  await expect.poll(() => time.innerText()).toBe(said)
  // In the world that comes back it was reached then, and not now.
  await exercise.locator('[data-exercise-start]').click()
  await page.locator('.guide').waitFor()
  await page.waitForTimeout(1500)
  expect(await time.innerText()).toBe(said)
  expect(problems).toEqual([])
  await close()
})

test('nothing typed is lost by a reload', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await page.locator('[data-edit="deployment-three.yaml"]').click()
  await edit(page, 'kind: Changed\n')
  await type(page, 'echo remembered > note.txt; cat note.txt')
  await shows(page, /\nremembered/)
  await page.locator('#lab-terminal-1 .terminal-input').fill('half a comm')
  await kept(page, 'half a comm')
  await page.reload()
  await shows(page, /\nremembered/)
  expect(await page.locator('#lab-terminal-1 .terminal-input').inputValue()).toBe('half a comm')
  await page.locator('#lab-tab-editor').click()
  await expect.poll(() => page.locator('.editor-code .cm-content').innerText()).toContain('kind: Changed')
  await type(page, 'cat note.txt')
  await shows(page, /cat note.txt\nremembered[\s\S]*cat note.txt\nremembered/)
  await close()
})

test('the keyboard keeps its place: Run keeps the focus, Ctrl-` goes to the lab and back', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  const step = page.locator('.console[data-step="start"]')
  const run = step.locator('[data-step-action="run"]')
  await run.focus()
  await page.keyboard.press('Enter')
  await page.locator('.console[data-step="start"][data-same]').waitFor()
  await expect.poll(() => run.evaluate(each => each === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+`')
  const input = page.locator('#lab-terminal-1 .terminal-input')
  await expect.poll(() => input.evaluate(each => each === document.activeElement)).toBe(true)
  await page.keyboard.press('ArrowUp')
  expect(await input.inputValue()).toBe(await step.locator('.command code').last().innerText())
  await page.keyboard.press('Control+`')
  await expect.poll(() => run.evaluate(each => each === document.activeElement)).toBe(true)
  expect(problems).toEqual([])
  await close()
})

test('the menu lists the keys, place by place, and gives the keyboard back; in the terminal: the arrow brings back what was typed, Tab completes, also at the caret, several lines are pasted as typed, Chinese is composed', async () => {
  const { page, problems, close } = await openPage({
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto(`${url}zh/${lesson}/`)
  await openLab(page)
  await page.locator('.lab-more').press('Enter')
  await page.locator('[data-keys]').press('Enter')
  const dialog = page.locator('dialog.keys')
  await dialog.waitFor()
  expect(await dialog.locator('h3').allInnerTexts()).toContain('终端')
  expect(await dialog.locator('dt').allInnerTexts()).toContain('Ctrl `')
  expect(await axe(page, 'dialog.keys')).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await page.locator('.lab-more').evaluate(each => each === document.activeElement)).toBe(true)

  await page.locator('#lab-tab-terminal-1').click()
  const input = page.locator('#lab-terminal-1 .terminal-input')
  await type(page, 'echo one')
  await shows(page, /\none/)
  await input.press('ArrowUp')
  expect(await input.inputValue()).toBe('echo one')
  await input.fill('cat deployment-th')
  await input.press('Tab')
  await expect.poll(() => input.inputValue()).toBe('cat deployment-three.yaml ')
  await input.fill('kubectl get dep -o wide')
  await input.evaluate(each => (each as HTMLInputElement).setSelectionRange(15, 15))
  await input.press('Tab')
  await expect.poll(() => input.inputValue()).toBe('kubectl get deployments  -o wide')
  await input.fill('')
  await page.evaluate(() =>
    navigator.clipboard.writeText('cat <<E\nhello\nE\necho two && echo three\necho rest'),
  )
  await input.press('Control+v')
  await shows(page, /cat <<E\n> hello\n> E\nhello\n.*echo two && echo three\ntwo\nthree/)
  expect(await input.inputValue()).toBe('echo rest')
  await input.fill('echo ')
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 })
  await page.keyboard.press('Enter')
  expect(await screen(page)).not.toContain('nihao')
  await session.send('Input.insertText', { text: '你好' })
  await page.keyboard.press('Enter')
  await shows(page, /echo 你好\n你好/)
  expect(problems).toEqual([])
  await close()
})

test('in the editor a slash is a slash, and a file is applied where a terminal is free', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'kubectl get pods -w')
  await page.locator('[data-edit="deployment-three.yaml"]').click()
  await page.locator('.editor-code .cm-content').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('# a/b')
  expect(await page.locator('dialog.search[open]').count()).toBe(0)
  await page.locator('.editor-tools.for-files .primary').click()
  await shows(page, /apply -f deployment-three.yaml\ndeployment.apps\/hellok8s-go-http created/, 2)
  await shows(page, /kubectl get pods -w\nNAME[\s\S]*ContainerCreating/)
  expect(problems).toEqual([])
  await close()
})

test('the lab is made ready when the pointer comes to one of its buttons, before the click', async () => {
  const { page, close } = await openPage()
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await page.goto(`${url}en/${lesson}/`, { waitUntil: 'networkidle' })
  const wanted = (): boolean[] =>
    [/_astro\/lab-[\w-]+\/main\.js$/, /\/lab\/.*\.json$/].map(each =>
      requests.some(address => each.test(address)),
    )
  expect(wanted()).toEqual([false, false])
  await page.locator('[data-lab-open]').hover()
  await expect.poll(wanted).toEqual([true, true])
  expect(await page.locator('.lab').count()).toBe(0)
  await close()
})

test('a lab that cannot be loaded says so, and the next press tries again', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await page.route(/\/lab\/.*\.json$/, route => route.abort())
  await page.route(/_astro\/lab-[\w-]+\/main\.js$/, route => route.abort())
  // The worker too: the pointer on its way to the button makes the lab ready already.
  await page.route(/_astro\/lab-[\w-]+\/main\.js$/, route => route.abort())
  const run = page.locator('.console[data-step="start"] [data-step-action="run"]')
  await run.click()
  await expect.poll(() => page.locator('.toast').innerText()).toContain('could not be loaded')
  await page.unroute(/\/lab\/.*\.json$/)
  await run.click()
  await expect.poll(() => page.locator('.lab-failure').innerText()).toContain('could not be loaded')
  await page.unroute(/_astro\/lab-[\w-]+\/main\.js$/)
  await page.locator('.lab-failure button').first().click()
  await run.click()
  await page.locator('.console[data-step="start"][data-same]').waitFor()
  expect(await page.locator('.lab-failure').isVisible()).toBe(false)
  await close()
})

test('after a crash of the world the page offers a way on, and nothing typed is lost', async () => {
  const { page, close } = await openPage()
  // A world that dies of Tab after one word: the worker's message is spoilt on its way.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (message: any, ...rest: any[]) {
      const spoilt =
        message.type === 'complete' && message.text === 'crash' ? { ...message, text: 1 } : message
      return post.call(this, spoilt, ...(rest as [StructuredSerializeOptions]))
    }
  })
  await page.goto(`${url}en/${lesson}/`)
  await openLab(page)
  await type(page, 'echo kept > note.txt')
  await shows(page, /echo kept > note.txt\n/)
  await kept(page, 'echo kept')
  await page.locator('#lab-terminal-1 .terminal-input').fill('crash')
  await page.keyboard.press('Tab')
  await page.locator('.lab-failure').waitFor()
  await page.locator('#lab-terminal-1 .terminal-input').fill('')
  await page.locator('.lab-failure button').first().click()
  await type(page, 'cat note.txt')
  await shows(page, /cat note.txt\nkept/)
  expect(await page.locator('.lab-failure').isVisible()).toBe(false)
  await close()
})

test('a paste of a megabyte into the editor is answered within seconds', async () => {
  const { page, problems, close } = await openPage()
  await page.goto(`${url}zh/${lesson}/`)
  await page.locator('[data-edit="deployment-three.yaml"]').click()
  await edit(page, `a:\n${'  - b: [1, 2, {c: d}]\n'.repeat(48_000)}`)
  await expect.poll(() => page.locator('.problems li').count(), { timeout: 15_000 }).toBeGreaterThan(0)
  await type(page, 'echo alive')
  await shows(page, /echo alive\nalive/)
  expect(problems).toEqual([])
  await close()
})

test('Why? is asked from the text, and leads to the card of the object', async () => {
  const { page, close } = await openPage()
  await page.goto(`${url}en/${lesson}/`)
  await page.locator('.console[data-step="start"] [data-step-action="run"]').click()
  await page.locator('.console[data-step="start"][data-same]').waitFor()
  await page.locator('[data-why="deployment/hellok8s-go-http"]').click()
  await expect.poll(() => page.locator('.why-pane h3').innerText()).toBe('Why is hellok8s-go-http 3/3?')
  await page.locator('.why-pane .ref', { hasText: 'deployment hellok8s-go-http' }).first().click()
  await expect.poll(() => page.locator('.details').innerText()).toMatch(/spec\.replicas: 3[\s\S]*Available=/)
  await close()
})

test.each(sample(['zh', 'en'], 2))('axe finds nothing in the open lab, %s', async language => {
  const { page, close } = await openPage()
  await page.goto(`${url}${language}/${lesson}/`)
  await page.locator('.console[data-step="break-it"] [data-step-action="run"]').click()
  await page.locator('.console[data-step="break-it"] .command[data-state="done"]').first().waitFor()
  expect(await axe(page)).toEqual([])
  await page.locator('[data-edit]').first().click()
  await page.locator('.editor-code .cm-content').waitFor()
  expect(await axe(page, '.lab')).toEqual([])
  await page.locator('[data-why]').first().click()
  await page.locator('.why-pane .answer').first().waitFor()
  expect(await axe(page, '.lab')).toEqual([])
  await page.locator('.why-pane .ref').first().click()
  await page.locator('.details .conditions').waitFor()
  expect(await axe(page, '.lab')).toEqual([])
  await close()
})

test('on a phone of 390 pixels the open lab fits below the text, and the first column of a wide table stays while the rest is pushed aside', async () => {
  const { page, close } = await openPage({ viewport: { width: 390, height: 844 } })
  await page.goto(`${url}zh/${lesson}/`)
  await openLab(page)
  await type(page, 'kk get nodes -o wide')
  await shows(page, 'k8s-node1')
  for (const tab of ['terminal-1', 'terminal-2', 'editor', 'cluster']) {
    await page.locator(`#lab-tab-${tab}`).click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  }
  const box = await page.locator('.lab').boundingBox()
  expect(box?.y).toBeGreaterThan(200)

  await type(page, 'kubectl get pods -n kube-system -o wide')
  await shows(page, /READINESS GATES/)
  const first = page.locator('#lab-terminal-1 .screen-line.row .first').last()
  const left = () => first.evaluate(each => each.getBoundingClientRect().left)
  const before = await left()
  const screen = page.locator('#lab-terminal-1 .screen')
  await screen.evaluate(each => each.scrollTo({ left: 400 }))
  expect(await screen.evaluate(each => each.scrollLeft)).toBe(400)
  expect(Math.abs((await left()) - before)).toBeLessThan(2)
  // The second column is below it or gone past it.
  const row = page.locator('#lab-terminal-1 .screen-line.row').last()
  expect(await row.evaluate(each => each.getBoundingClientRect().left)).toBeLessThan(before - 300)
  expect(await row.innerText()).toMatch(/^\S+ +1\/1 +Running/)
  await close()
})
