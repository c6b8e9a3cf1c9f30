// What the checks of an exercise say belongs to the world that one is in: its branch, its moment, its beginning.
import { expect, test } from 'vitest'
import { Page } from '../../../tests/worker-page.ts'

const begin = () => new Page(undefined, { exercise: 'three' })
const wait = (page: Page, seconds: number) => {
  for (let i = 0; i < 5 * seconds; i++) page.session.tick(200)
}
const type = (page: Page, text: string) => {
  page.session.handle({ type: 'input', terminal: 1, text })
  wait(page, 4)
}
const verdict = (page: Page) => {
  const { checks, reached } = page.last('exercise')
  return [checks[0]?.met, reached]
}
const three = 'kubectl create deployment web --image=leigg/hellok8s:v1 --replicas=3'

test('Back, another branch and the way between them: each says what is so there', () => {
  const page = begin()
  expect(verdict(page)).toEqual([false, false])
  type(page, 'kubectl get pods')
  type(page, three)
  expect(verdict(page)).toEqual([true, true])
  page.session.handle({ type: 'back' })
  expect(verdict(page)).toEqual([false, false])
  type(page, 'kubectl create deployment web --image=leigg/hellok8s:v1 --replicas=2')
  expect(verdict(page)).toEqual([false, false])
  const other = page.last('track').branches.find(each => !each.current)!
  page.session.handle({ type: 'switch', branch: other.id })
  expect(verdict(page)).toEqual([true, true])
})

test('a look at what was says how it stood then; the present, how it stands', () => {
  const page = begin()
  type(page, 'kubectl get pods')
  const before = page.session.life.elapsed
  type(page, three)
  page.session.handle({ type: 'look', at: before })
  expect(verdict(page)).toEqual([false, false])
  page.session.handle({ type: 'look' })
  expect(verdict(page)).toEqual([true, true])
})

test('Reset begins anew', () => {
  const page = begin()
  type(page, three)
  expect(verdict(page)).toEqual([true, true])
  page.session.handle({ type: 'reset', sure: true })
  expect(verdict(page)).toEqual([false, false])
})
