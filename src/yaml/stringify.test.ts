import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseYaml } from './parse.ts'
import { stringifyYaml } from './stringify.ts'

test('prints as kubectl get -o yaml does', () => {
  const value = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'web', labels: { on: 'yes', n10: 'a', n9: 'b', Z: '' }, creationTimestamp: null },
    spec: {
      containers: [
        {
          name: 'c',
          args: ['-c', 'a: b', '# no', "it's", '012', '2026-04-22', '1:30', '*', '- x', '<<', 'null', '~'],
        },
        {},
        [],
        [[1, 1.5, 1e21, 1234567.5, -0.00001, true]],
      ],
    },
    text: 'two\nlines\n',
    keep: 'x\n\n',
    strip: ' a\nb',
    tab: 'a\tb\n',
    emoji: '😀',
    trailing: 'a ',
  }
  expect(stringifyYaml(value)).toBe(`apiVersion: v1
emoji: "\\U0001F600"
keep: |+
  x

kind: Pod
metadata:
  creationTimestamp: null
  labels:
    Z: ""
    n9: b
    n10: a
    "on": "yes"
  name: web
spec:
  containers:
  - args:
    - -c
    - 'a: b'
    - '# no'
    - it's
    - "012"
    - "2026-04-22"
    - "1:30"
    - '*'
    - '- x'
    - <<
    - "null"
    - "~"
    name: c
  - {}
  - []
  - - - 1
      - 1.5
      - 1e+21
      - 1.2345675e+06
      - -1e-05
      - true
strip: |2-
   a
  b
tab: "a\\tb\\n"
text: |
  two
  lines
trailing: 'a '
`)
})

test('breaks long lines at the first single space after column 80', () => {
  const words = 'lorem ipsum dolor sit amet '.repeat(5).trim()
  expect(
    stringifyYaml({ message: words, quoted: `'${words}`, other: `${words}\t`, list: [words] }),
  ).toBe(`list:
- lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet
  lorem ipsum dolor sit amet lorem ipsum dolor sit amet
message: lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit
  amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet
other: "lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit
  amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet\\t"
quoted: '''lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor
  sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet'
`)
})

test('a key of more than 128 bytes stands behind a question mark', () => {
  const key = 'k'.repeat(129)
  expect(stringifyYaml({ [key]: [1, { a: 2 }] })).toBe(`? ${key}\n: - 1\n  - a: 2\n`)
})

test('what it prints reads back as the same value', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }).filter(s => !/\p{Cs}|[\u2028\u2029]/u.test(s)),
    fc.constantFrom(
      'yes',
      '012',
      '1e3',
      '.inf',
      '2026-04-22',
      '- a',
      'a: b',
      'a\n\n',
      '\n a',
      ' ',
      '',
      '#',
      "'",
      '"',
      '---',
      'x '.repeat(60),
      `${'y'.repeat(90)}  z z`,
      '\ufeffbom',
    ),
  )
  const value = fc.letrec(tie => ({
    any: fc.oneof(
      { depthSize: 'medium' },
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('any'), { maxLength: 5 }),
    map: fc.dictionary(word, tie('any'), { maxKeys: 5 }),
  })).any
  fc.assert(
    fc.property(value, original => {
      expect(parseYaml(stringifyYaml(original))).toEqual(original)
    }),
    { numRuns: 3000, seed: 7 },
  )
})
