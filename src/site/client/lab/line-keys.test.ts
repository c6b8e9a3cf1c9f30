import { expect, test } from 'vitest'
import { type Line, LineKeys, ReverseSearch } from './line-keys.ts'

/** `ab|cd`: a line with its caret. */
const line = (text: string): Line => ({ text: text.replace('|', ''), caret: text.indexOf('|') })
const shown = (each: Line | undefined) =>
  each && `${each.text.slice(0, each.caret)}|${each.text.slice(each.caret)}`

test.each([
  ['C-a', 'kubectl get| pods', '|kubectl get pods'],
  ['C-e', 'kubectl get| pods', 'kubectl get pods|'],
  ['C-k', 'kubectl get| pods', 'kubectl get|'],
  ['C-u', 'kubectl get| pods', '| pods'],
  ['C-w', 'kubectl get deployment/web  |', 'kubectl get |'],
  ['C-w', 'kubectl get deploy|ment', 'kubectl get |ment'],
  ['C-w', '|', '|'],
  ['M-b', 'get deployment/web|', 'get deployment/|web'],
  ['M-f', 'get| deployment/web', 'get deployment|/web'],
  ['M-d', 'get| deployment/web', 'get|/web'],
  ['C-b', 'a|b', '|ab'],
  ['C-f', 'a|b', 'ab|'],
  ['C-h', 'a|b', '|b'],
  ['C-d', 'a|b', 'a|'],
  ['C-t', 'ab|', 'ba|'],
  ['C-t', 'a|b', 'ba|'],
  ['C-z', 'a|b', undefined],
])('%s makes of %s: %s', (key, before, after) => {
  expect(shown(new LineKeys().apply(key, line(before)))).toBe(after)
})

test('what was cut last comes back with Ctrl-Y', () => {
  const keys = new LineKeys()
  const rest = keys.apply('C-k', line('kubectl| get pods'))!
  keys.apply('C-k', rest) // nothing left to cut: what was cut stays
  expect(shown(keys.apply('C-y', line('x |')))).toBe('x  get pods|')
})

test('Ctrl-R finds the latest line that holds what is typed, then the ones before', () => {
  const search = new ReverseSearch(['kubectl get pods', 'echo one', 'kubectl get nodes'])
  search.search('get')
  expect(search.match).toBe('kubectl get nodes')
  search.search('get p')
  expect(search.match).toBe('kubectl get pods')
  search.older('get p')
  expect([search.match, search.failed]).toEqual(['kubectl get pods', true])
})
