// Every lesson in both languages: nothing of a component's tag is left, nothing of its transcript's steps is lost.
import { afterAll, expect, test, vi } from 'vitest'
import { languages } from '../../../i18n/strings.ts'
import { chaptersIn } from '../lessons.ts'
import { lessonMarkdown } from './lesson.ts'

/** What stands outside of code. */
const prose = (text: string): string =>
  text.replace(/^(?:> ?)*(`{3,})[^\n]*\n[\s\S]*?^(?:> ?)*\1$/gm, 'code').replace(/`[^`\n]*`/g, 'code')

// As in a build: what has been read once stays read.
vi.stubEnv('DEV', false)
afterAll(() => void vi.unstubAllEnvs())

test.each(languages)('%s: every lesson', language => {
  for (const page of chaptersIn(language).flatMap(chapter => chapter.lessons)) {
    const text = lessonMarkdown(page)
    expect(text, page.id).toMatch(new RegExp(`^# ${page.number.replace('.', '\\.')} `))
    expect(prose(text), page.id).not.toMatch(/<\/?[A-Z]\w*|```|\n{3}/)
    for (const [, name] of page.source.matchAll(/<Console step="([^"]+)"/g))
      for (const command of page.transcript.steps.find(each => each.name === name)?.commands ?? [])
        expect(text, page.id).toContain(`$ ${command.text}\n${command.output}`)
    for (const { solution } of page.lesson.exercises)
      for (const move of solution) if (typeof move === 'string') expect(text, page.id).toContain(move)
  }
})

test('a lesson reads as one: head, manifest, guess, exercise, questions', () => {
  const page = chaptersIn('en')
    .flatMap(chapter => chapter.lessons)
    .find(each => each.id === '04-deployment/04-roll-back')!
  const text = lessonMarkdown(page)
  expect(text).toContain('**After this lesson you can**\n\n- ')
  expect(text).toContain(' · Builds on: [3.8 Restarts and back-off](/en/03-pod/08-restarts/index.md), [4.3 ')
  expect(text).toContain('\n\n```yaml\n# zh: ')
  expect(text).toContain('**Guess, then run**\n\n')
  expect(text).toContain('### Repair\n\n')
  expect(text).toContain(`The answer:\n\n${'```'}sh\nkk rollout undo`)
  expect(text).toContain('> **On a real cluster**\n>\n> ')
})
