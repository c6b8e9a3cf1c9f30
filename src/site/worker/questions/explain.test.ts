// What the worker says of a failed command, and what it answers when the page asks.
import { expect, test } from 'vitest'
import { Page } from '../../../../tests/worker-page.ts'
import { explainFailure } from './explain.ts'

const failures = (page: Page) => page.messages.filter(each => each.type === 'failed-command')

test('a command that fails is told behind its output, again after a world has come back, and can be asked about', () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'kk get podz' })
  const kinds = page.messages.filter(each => 'terminal' in each && each.terminal === 1).map(each => each.type)
  expect(kinds.indexOf('failed-command')).toBeGreaterThan(kinds.indexOf('output'))
  const [told] = failures(page)
  expect(told!.failure).toMatchObject({ command: 'kk get podz', exitCode: 1, changed: false })
  const ask = { type: 'explain', id: 7, terminal: 1, failure: told!.failure } as const
  const before = page.session.life.elapsed
  const answer = explainFailure(page.session, ask, 'zh')
  expect(answer).toMatchObject({ type: 'explained', id: 7, terminal: 1 })
  expect(JSON.stringify(answer)).toContain('没有叫 `podz` 的资源类型')
  expect(page.session.life.elapsed).toBe(before)
  // Back and on again: the terminals are shown anew, and so is what failed.
  page.session.handle({ type: 'input', terminal: 1, text: 'kk get nodes' })
  page.session.handle({ type: 'back' })
  expect(failures(page)).toHaveLength(2)
})
