import fc from 'fast-check'
import { expect, test } from 'vitest'
import { YamlError } from './error.ts'
import { parseDocument, parseYaml } from './parse.ts'
import { findPath } from './position.ts'

const message = (text: string): string => {
  try {
    return `value ${JSON.stringify(parseYaml(text))}`
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    return error.message
  }
}

test('unquoted scalars mean what they mean to Go', () => {
  const meaning = (scalars: string) =>
    Object.fromEntries(scalars.split(' ').map(scalar => [scalar, parseYaml(`- ${scalar}`)] as const))
  expect(
    meaning('yes Off y N TRUE ~ null 012 08 0o17 0x1F 0b11 1_000 -5 +7 1e3 .5 1. 1.10 9007199254740993'),
  ).toEqual({
    yes: [true],
    Off: [false],
    y: [true],
    N: [false],
    TRUE: [true],
    '~': [null],
    null: [null],
    '012': [10],
    '08': [8],
    '0o17': [15],
    '0x1F': [31],
    '0b11': [3],
    '1_000': [1000],
    '-5': [-5],
    '+7': [7],
    '1e3': [1000],
    '.5': [0.5],
    '1.': [1],
    '1.10': [1.1],
    '9007199254740993': [9007199254740992],
  })
  expect(meaning('yEs 1:30 2026-04-22 2026-04-22T10:00:00Z 1.2.3 64Mi 1e 0x - -- = v1 !!str')).toEqual({
    yEs: ['yEs'],
    '1:30': ['1:30'],
    '2026-04-22': ['2026-04-22'],
    '2026-04-22T10:00:00Z': ['2026-04-22T10:00:00Z'],
    '1.2.3': ['1.2.3'],
    '64Mi': ['64Mi'],
    '1e': ['1e'],
    '0x': ['0x'],
    '-': [[null]],
    '--': ['--'],
    '=': ['='],
    v1: ['v1'],
    '!!str': [''],
  })
})

test('keys become text, and on: is the key true', () => {
  expect(parseYaml('on: 1\n012: 2\n1.50: 3\n"on": 4\n')).toEqual({ true: 1, '10': 2, '1.5': 3, on: 4 })
})

test('errors have the words and the line numbers of go-yaml', () => {
  const cases: [string, string][] = [
    ['a: 1\n b: 2\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: b: c', 'yaml: mapping values are not allowed in this context'],
    ['a:\n  b: 1\n c: 2\n', 'yaml: line 2: did not find expected key'],
    ['a:\n- b\n c\n- d\n -e: f\n', 'yaml: line 5: mapping values are not allowed in this context'],
    ['a:\n  - b\n  c: d\n', "yaml: line 2: did not find expected '-' indicator"],
    ['a: 1\nb\nc: 2\n', "yaml: line 3: could not find expected ':'"],
    ['a: "x\nb: 1\n', 'yaml: line 3: found unexpected end of stream'],
    ['a: [1, 2\nb: 1\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: {b: 1\nc: 2', "yaml: line 1: did not find expected ',' or '}'"],
    ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token'],
    ['a: b\n\tc\n', 'yaml: line 2: found a tab character that violates indentation'],
    ['a: @b', 'yaml: found character that cannot start any token'],
    ['a: *b', "yaml: unknown anchor 'b' referenced"],
    ['a: - b', 'yaml: block sequence entries are not allowed in this context'],
    ['a: |x\n  b\n', 'yaml: did not find expected comment or line break'],
    ['a: "\\q"', 'yaml: found unknown escape character'],
    ['a: \u0007', 'yaml: control characters are not allowed'],
    ['a: 1\n- b', 'yaml: line 1: did not find expected key'],
    ['a:\n- b\nc', "yaml: line 4: could not find expected ':'"],
    // A key that is not one yet is looked at to the end of its line before anything else is said.
    ['a: 1\n"b" c: d', 'yaml: line 1: did not find expected key'],
    ['a: 1\n[b]\n', "yaml: line 3: could not find expected ':'"],
    ['a: 1\n{}\n', 'yaml: line 1: did not find expected key'],
    ['a: 1\n|\n  x', 'yaml: line 1: did not find expected key'],
    ['a:\n!t  - b', 'yaml: line 2: block sequence entries are not allowed in this context'],
    ['a: "b" c', 'yaml: did not find expected key'],
    [': a', 'yaml: did not find expected key'],
    ['a:\n,  b: c', 'yaml: line 1: did not find expected node content'],
    ['[a\n: b]', "yaml: line 1: did not find expected ',' or ']'"],
    ['*a\n@', 'yaml: line 2: found character that cannot start any token'],
    ['%YAML 1.2\n--- a', 'yaml: found incompatible YAML document'],
    ['? [a]\n: b', 'yaml: invalid map key: []interface {}{"a"}'],
    ['a: .inf', 'json: unsupported value: +Inf'],
    ['a: !!int x', 'yaml: cannot decode !!str `x` as a !!int'],
  ]
  expect(cases.map(([text]) => [text, message(text)])).toEqual(cases)
})

test('anchors, merges and duplicate keys: what is written later wins', () => {
  const text =
    'base: &b {x: 1, z: 2}\none: {x: 0, <<: *b}\ntwo: {<<: *b, x: 3}\nlist: [*b]\ny: {a: 1, a: 2}\n'
  expect(parseYaml(text)).toEqual({
    base: { x: 1, z: 2 },
    one: { x: 1, z: 2 },
    two: { x: 3, z: 2 },
    list: [{ x: 1, z: 2 }],
    true: { a: 2 },
  })
})

test('scalars over several lines keep what YAML says they keep', () => {
  const text =
    'a: |-\n  x\n   y\n\nb: >\n  one\n  two\n\n  three\nc: "p\n  q\\\n  r"\nd: s\n  t\ne: |2+\n   u\n\n'
  expect(parseYaml(text)).toEqual({ a: 'x\n y', b: 'one two\nthree\n', c: 'p qr', d: 's t', e: ' u\n\n' })
})

test('an alias bomb is refused quickly, in the words of go-yaml', () => {
  const names = [...'abcdefghij']
  const lines = names.map((name, i) => `${name}: &${name} [${i ? `*${names[i - 1]},`.repeat(9) : 'x'}]`)
  expect(message(lines.join('\n'))).toBe('yaml: document contains excessive aliasing')
  expect(message('a: &a [*a]')).toBe("yaml: anchor 'a' value contains itself")
})

test('deep nesting is refused instead of overflowing the stack', () => {
  expect(message('['.repeat(100_000))).toBe('yaml: exceeded max depth of 10000')
  expect(message('- '.repeat(100_000))).toBe('yaml: exceeded max depth of 10000')
})

test('__proto__ is a key like any other', () => {
  const value = parseYaml('__proto__: {polluted: 1}\nx: 2') as object
  expect(Object.keys(value)).toEqual(['__proto__', 'x'])
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('every key and value can be found in the text', () => {
  const text = 'spec:\n  containers:\n  - name: web\n    ports: [{containerPort: 80}]\n'
  const { root } = parseDocument(text)
  const at = (...path: (string | number)[]) => {
    const { key, value, steps } = findPath(root!, path)
    return [steps, key?.start.line, key?.start.column, text.slice(value.start.offset, value.end.offset)]
  }
  expect(at('spec', 'containers', 0, 'name')).toEqual([4, 2, 4, 'web'])
  expect(at('spec', 'containers', 0, 'ports', 0, 'containerPort')).toEqual([6, 3, 13, '80'])
  expect(at('spec', 'containers', 0, 'image')).toEqual([
    3,
    undefined,
    undefined,
    'name: web\n    ports: [{containerPort: 80}]',
  ])
})

test('no text makes it throw anything but a YamlError', () => {
  const bits = [
    ': ',
    '- ',
    '\n',
    '  ',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '#',
    '|',
    '>',
    '&a',
    '*a',
    '!!',
    '%',
    '?',
    '\t',
    '\u2028',
    '\ud800',
    'x',
    '1',
    '<<',
    '---',
    '\\u12',
  ]
  const soup = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string()), { maxLength: 30 })
  fc.assert(
    fc.property(soup, parts => {
      message(parts.join(''))
    }),
    { numRuns: 2000, seed: 7 },
  )
})
