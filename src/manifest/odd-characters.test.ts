// Full-width punctuation, quotes of word processors and tabs are named as such, wherever the fault of them shows.
import { expect, test } from 'vitest'
import { diagnose } from './diagnose.ts'

const manifest =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: c\n    image: nginx\n    args: [x]\n'

/** Line, severity, code and character of what is wrong after a change. */
const told = (from: string, to: string) => {
  const [first] = diagnose(manifest.replace(from, to)).filter(d => d.code !== 'required-name')
  return first && [first.line, first.severity, first.code, first.params.character ?? '']
}

test.each([
  ['apiVersion:', 'apiVersion：', 1, '：'],
  ['kind:', 'kind：', 2, '：'],
  ['metadata:', 'metadata：', 3, '：'],
  ['name: a', 'name：a', 4, '：'],
  ['name: a', '“name”: a', 4, '“'],
  ['name: a', 'name: a（b）', 4, '（'],
  ['spec:', 'spec：', 5, '：'],
  ['containers:', 'containers：', 6, '：'],
  ['- name: c', '- name：c', 7, '：'],
  ['  - name', '  － name', 7, '－'],
  ['  - name', '  — name', 7, '—'],
  ['nginx', '"nginx”', 8, '”'],
  ['[x]', '["x"，"y"]', 9, '，'],
  ['[x]', '［"x"］', 9, '［'],
  ['[x]', '【"x"】', 9, '【'],
  ['apiVersion', '———\napiVersion', 1, '—'],
  ['kind: Pod', 'kind: Ｐod', 2, 'Ｐ'],
])('an error: %s → %s', (from, to, line, character) => {
  expect(told(from, to)).toEqual([line, 'error', 'full-width', character])
})

test.each([
  ['nginx', '“nginx”', 8, '“'],
  ['nginx', '‘nginx’', 8, '‘'],
  ['nginx', 'nginx：1.27', 8, '：'],
  ['[x]', '[sh，-c]', 9, '，'],
])('what the server would take, and nobody meant: %s → %s', (from, to, line, character) => {
  expect(told(from, to)).toEqual([line, 'warning', 'full-width', character])
})

test.each([
  ['  name: a', '\tname: a', 4],
  ['  containers', '\tcontainers', 6],
  ['    image', '  \timage', 8],
  ['  - name', '\t- name', 7],
])('a tab: %j → %j', (from, to, line) => {
  expect(told(from, to)).toEqual([line, 'error', 'yaml-tab', ''])
})

test('prose is left alone', () => {
  const text = 'name: a\n  annotations:\n    text: 你好，世界：“好”（真的）\n    more: the dog’s — well'
  expect(told('name: a', text)).toBeUndefined()
  expect(told('kind: Pod', 'kind: Pod # 注：没有')).toBeUndefined()
})
