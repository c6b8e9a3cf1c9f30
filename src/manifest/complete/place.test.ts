import { expect, test } from 'vitest'
import { placeAt } from './place.ts'

/** The caret stands at `‸`. What, at which path, over which word, beside which keys. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('‸')
  const text = marked.replace('‸', '')
  const place = placeAt(text, offset)
  if (!place) return undefined
  const beside = place.node?.entries.map(each => each.key).join(',')
  return [
    place.what,
    place.path.join('.'),
    JSON.stringify(text.slice(place.from, place.to)),
    beside && `beside ${beside}`,
    place.opens && 'opens',
  ]
    .filter(Boolean)
    .join(' ')
}

test.each([
  // lines of their own
  ['‸', 'word ""'],
  ['ki‸', 'word "ki"'],
  ['a:\n  ‸\n', 'word a ""'],
  ['a:\n  b: 1\n  ‸', 'word a "" beside b'],
  ['a:\n  b: 1\n‸', 'word "" beside a'],
  ['a:\n  rep‸\n  sel: 1', 'word a "rep" beside sel'],
  ['a: 1\n\n‸', 'word "" beside a'],
  ['sp‸\n  x: 1', 'word "sp" opens'],
  ['a:\n  # why\n  ‸\n  b: 1', 'word a "" beside b'],
  ['a:\n  b: |\n    text: x\n\n  ‸', 'word a "" beside b'],
  ['a: &x\n  ‸', 'word a ""'],
  ['a:\n  <<: *x\n  ‸', 'word a "" beside <<'],
  ['a: 1\r\n‸', 'word "" beside a'],
  // where nothing fits
  ['a:\n‸\n  b: 1', undefined],
  ['a:\n    b: 1\n  ‸\n', undefined],
  ['a: 1\n  ‸', undefined],
  ['s: >\n  foo ‸', undefined],
  ['s: |\n  a\n  ‸\n  b', undefined],
  ['a: b # ‸', undefined],
  ['# ‸', undefined],
  ['a: "x\n  ‸ y"', 'value a "\\"x\\n   y\\""'],
  // lists
  ['a:\n  - ‸', 'word a.0 ""'],
  ['a:\n  -‸', undefined],
  ['a:\n  - b: 1\n    ‸', 'word a.0 "" beside b'],
  ['a:\n- b: 1\n  ‸', 'word a.0 "" beside b'],
  ['a:\n- b: 1\n‸', 'word "" beside a'],
  ['a:\n- b: 1\n- ‸', 'word a.1 ""'],
  ['a:\n  - b: 1\n  ‸', 'word a "" beside 0'],
  ['x:\n  - ‸\n  - y', 'word x.0 ""'],
  ['a:\n  - name: x\n    p‸\n    q: 1', 'word a.0 "p" beside name,q'],
  ['- - b: 1\n    ‸', 'word 0.0 "" beside b'],
  // keys and values
  ['a:\n  b‸:\n    c: 1', 'key a "b" beside b'],
  ['"a‸": 1', 'key "\\"a\\"" beside a'],
  ['kind: ‸', 'value kind ""'],
  ['kind:‸', 'value kind ""'],
  ['kind: Po‸d # a pod', 'value kind "Pod"'],
  ['a: &x ‸', 'value a ""'],
  ['a: "x‸y"', 'value a "\\"xy\\""'],
  ['a: http://x‸', 'value a "http://x"'],
  ['---\nkind: A\n---\nkind: ‸\n', 'value kind ""'],
  // flow style and JSON
  ['a: {‸}', 'key a ""'],
  ['a: {b: ‸}', 'value a.b ""'],
  ['a: {b: 1, ‸}', 'key a "" beside b'],
  ['a: {b‸: 1, c: 2}', 'key a "b" beside b,c'],
  ['a: [x, ‸]', 'value a.1 ""'],
  ['a: [{b: 1, c‸}]', 'key a.0 "c" beside b,c'],
  ['a:\n  b: {c: 1, ‸\nd: 2', 'key a.b "" beside c'],
  ['a: {\n  b: 1, # ‸\n}', undefined],
  ['{"a": {"b‸": 1}}', 'key a "\\"b\\"" beside b'],
  ['{"a": {"b": "x‸"}}', 'value a.b "\\"x\\""'],
])('%j', (marked, wanted) => {
  expect(at(marked)).toBe(wanted)
})
