// Lessons played to their end in a real browser, on their pages as they are built: each command prints the bytes that the
// page prints. `npm run examples` holds those of every lesson; here go by Run (of the last step, which plays them all) as
// few as have every kind of thing that lessons do, and command by command, by Next, time going on in between, a sample.
// All of them in `npm run soak`.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, inject, test } from 'vitest'
import { root } from '../../scripts/lib/run.ts'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { parseTranscript } from '../../src/lesson/transcript.ts'
import { covering, sample } from '../sample.ts'
import { next, openLab } from './lab-page.ts'
import { useBrowser } from './use-browser.ts'

const url = inject('url')
type Reader = Awaited<ReturnType<typeof openPage>>
const openPage = useBrowser()
/**
 * A profile for each way to play: its pages share what has been fetched. Not one for both, since a profile keeps how far
 * one has come in a lesson.
 */
let runner: Reader
let stepper: Reader

beforeAll(async () => {
  runner = await openPage()
  stepper = await openPage()
})

const lessons = globSync('content/*/*/lesson.ts', { cwd: root })
  .map(path => path.split(/[\\/]/).slice(1, 3).join('/'))
  .sort()

const lessonOf = new Map<string, Lesson>()
for (const id of lessons) lessonOf.set(id, (await import(join(root, 'content', id, 'lesson.ts'))).default)

/**
 * What a lesson has others do: its chapter, what it states of its world, and its directives. Not the programs that it
 * calls: what they print `npm run examples` holds, and that a browser gets them lab-files.test.ts. */
function* kindsOf(id: string): Iterable<string> {
  const [chapter = ''] = id.split('/')
  const lesson = lessonOf.get(id)!
  yield `chapter ${chapter}`
  yield* Object.keys(lesson)
  const text = readFileSync(join(root, 'examples', chapter, lesson.transcript), 'utf8')
  for (const command of parseTranscript(text, lesson.transcript).steps.flatMap(step => step.commands)) {
    if (command.text.includes('\n')) yield 'several lines'
    if (command.forMs !== undefined) yield 'Ctrl-C'
    if (command.background) yield 'background'
    yield `terminal ${command.terminal}`
    for (const { type } of command.typed) yield type
    for (const each of command.before)
      yield each.type !== 'act' ? each.type : 'fault' in each.act ? each.act.fault.type : each.act.type
  }
}

/** The commands of a page, each behind how it went. */
const commands = (page: Page) =>
  page
    .locator('.command')
    .evaluateAll(all => all.map(each => `${(each as HTMLElement).dataset.state} ${each.textContent}`))

async function lesson(reader: Reader, id: string): Promise<{ page: Page; done: string[] }> {
  const page = await reader.page.context().newPage()
  await page.goto(`${url}zh/${id}/`)
  const done = (await commands(page)).map(each => each.replace('undefined ', 'done '))
  return { page, done }
}

describe.concurrent('by Run', () => {
  test.for(covering(lessons, kindsOf))('%s', async (id, { expect }) => {
    const { page, done } = await lesson(runner, id)
    // It may be folded away.
    await page.locator('[data-step-action="run"]').last().dispatchEvent('click')
    await expect.poll(() => commands(page), { timeout: 60_000 }).toEqual(done)
    expect(await page.locator('[data-guide="next"]').isDisabled()).toBe(true)
    await page.close()
  })
})

describe.concurrent('by Next', () => {
  test.for(sample(lessons, 60))('%s', async (id, { expect }) => {
    const { page, done } = await lesson(stepper, id)
    await openLab(page)
    for (let i = 0; i < done.length; i++) await next(page)
    expect(await commands(page)).toEqual(done)
    expect(await page.locator('[data-guide="next"]').isDisabled()).toBe(true)
    await page.close()
  })
})

test('nothing went wrong on the way', ({ expect }) => {
  // What was still being fetched when a page was left is no problem.
  const problems = [...runner.problems, ...stepper.problems]
  expect(problems.filter(each => !each.includes('net::ERR_ABORTED'))).toEqual([])
})
