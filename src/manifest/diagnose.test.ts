import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { diagnose } from './diagnose.ts'
import { Source } from './source.ts'

const brief = (text: string) =>
  diagnose(text).map(
    d => `${d.line}:${d.column}-${d.endLine}:${d.endColumn} ${d.severity} ${d.code} ${d.message}`,
  )

const deployment = (changes: (text: string) => string) =>
  changes(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
`)

test('a good manifest has nothing to say about', () => {
  expect(brief(deployment(text => text))).toEqual([])
})

test('unknown fields: misspelt, in the wrong place, and made up', () => {
  const text = deployment(t =>
    t
      .replace('containerPort: 80', 'containerport: 80\n          hello: 1')
      .replace('    spec:\n', '    replicas: 2\n    spec:\n'),
  )
  expect(diagnose(text).map(({ line, column, code, params }) => [line, column, code, params])).toEqual([
    [14, 5, 'unknown-field-elsewhere', { field: 'replicas', parent: 'spec.template', where: 'spec' }],
    [
      20,
      11,
      'unknown-field-case',
      { field: 'containerport', parent: 'spec.template.spec.containers[0].ports[0]', near: 'containerPort' },
    ],
    [21, 11, 'unknown-field', { field: 'hello', parent: 'spec.template.spec.containers[0].ports[0]' }],
  ])
})

test('values of a wrong type, all of them, and what else is wrong beside them', () => {
  const text = deployment(t =>
    t
      .replace('replicas: 3', 'replicas: "3"')
      .replace('name: web', 'name: Web')
      .replace('- name: nginx\n        image', '  name: nginx\n        image')
      .replace('      app: web\n  template', '      app: true\n  template'),
  )
  expect(diagnose(text).map(({ line, code, path }) => [line, code, path])).toEqual([
    [4, 'dns-name', 'metadata.name'],
    [6, 'unquote', 'spec.replicas'],
    [9, 'want-text', 'spec.selector.matchLabels.app'],
    [15, 'want-list', 'spec.template.spec.containers'],
  ])
})

test('a selector that does not match shows beside a value of a wrong type, unless that is one of the two', () => {
  const codes = (value: string, label: string) =>
    diagnose(
      deployment(t =>
        t
          .replace('replicas: 3', `replicas: ${value}`)
          .replace('    app: web\n    spec', `    app: ${label}\n    spec`),
      ),
    ).map(({ line, code }) => [line, code])
  expect(codes('"3"', 'api')).toEqual([
    [6, 'unquote'],
    [12, 'selector-mismatch'],
  ])
  expect(codes('3', 'true')).toEqual([[13, 'want-text']])
})

test('faults of the text are marked where they are, each document on its own', () => {
  const text =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n   labels: {}\n---\na: "b\n---\nkind: [x\n---\n\tx: 1\n--- y\n'
  expect(brief(text)).toEqual([
    '5:10-5:11 error yaml-colon-in-value error converting YAML to JSON: yaml: line 5: mapping values are not allowed in this context',
    '7:4-7:5 error yaml-quote error converting YAML to JSON: yaml: line 2: found unexpected end of stream',
    "9:7-9:8 error yaml-flow error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'",
    '11:1-11:2 error yaml-tab error converting YAML to JSON: yaml: found character that cannot start any token',
    '12:1-12:6 error yaml-separator invalid Yaml document separator: y',
  ])
})

test('kinds and versions that the cluster does not serve', () => {
  const text = `apiVersion: extensions/v1beta1
kind: Deployment
---
apiVersion: v1
kind: pod
---
apiVersion: v1
kind: Potato
---
kind: Service
---
apiversion: v1
kind: Pod
metadata: {name: x}
---
- a
`
  expect(
    diagnose(text).map(({ line, column, code, params, message }) => [
      line,
      column,
      code,
      params.near,
      message,
    ]),
  ).toEqual([
    [1, 13, 'other-version', 'apps/v1', 'no matches for kind "Deployment" in version "extensions/v1beta1"'],
    [5, 7, 'unknown-kind-case', 'Pod', 'no matches for kind "pod" in version "v1"'],
    [8, 7, 'unknown-kind', undefined, 'no matches for kind "Potato" in version "v1"'],
    [10, 1, 'missing-api-version', 'v1', 'apiVersion not set'],
    [12, 1, 'unknown-field-case', 'apiVersion', 'apiVersion not set'],
    [16, 1, 'not-an-object', undefined, 'invalid object to validate'],
  ])
})

test('values that the server refuses, in its words, marked at the entry of a map that is meant', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ok\n  labels:\n    app: a b\n    /x: z\n'
  const found = diagnose(text).map(d => [d.line, d.column, d.code, d.path, d.message.slice(0, 60)])
  expect(found).toEqual([
    [6, 10, 'label-value', 'metadata.labels', 'metadata.labels: Invalid value: "a b": a valid label must be'],
    [7, 5, 'label-key', 'metadata.labels', 'metadata.labels: Invalid value: "/x": prefix part must be no'],
  ])
})

test('what is accepted but hardly meant: doubles, and a Service without pods', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  name: web\nspec:\n  selector:\n    app: shop\n  ports:\n  - port: 80\n'
  expect(
    brief(
      `${service}---\n${deployment(t => t)}---\n${service.replace('shop', 'web').replace('80', '80\n    targetPort: http')}`,
    ),
  ).toEqual([
    '5:3-5:7 warning duplicate-key duplicate field "metadata.name"',
    '7:3-7:11 warning service-selects-nothing no pod template in this file has the labels app=shop',
    '36:3-36:7 warning duplicate-key duplicate field "metadata.name"',
    '36:9-36:12 warning duplicate-object Service "web" is defined twice',
    '42:17-42:21 warning service-port-nowhere no container port in this file is called "http"',
  ])
})

test('JSON, lists and Windows line ends have their places too', () => {
  expect(brief('{\n  "apiVersion": "v1",\n  "kind": "ConfigMap",\n  "metadata": {"name": 1}\n}\n')[0]).toBe(
    '4:24-4:25 error want-text json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string',
  )
  expect(
    brief(
      'kind: List\r\napiVersion: v1\r\nitems:\r\n- kind: ConfigMap\r\n  apiVersion: v1\r\n  metadata: {name: x}\r\n  datas: {}\r\n',
    ),
  ).toEqual(['7:3-7:8 error unknown-field-near unknown field "datas"'])
})

test('no text makes it throw, pastes of a megabyte neither', () => {
  const bits = [
    'apiVersion: v1\n',
    'kind: Pod\n',
    'kind: List\n',
    'metadata: {name: a}\n',
    'spec:\n',
    '  containers:\n',
    '  - name: x\n',
    '    image: 1\n',
    'items: [{}]\n',
    '---\n',
    '- a\n',
    '"',
    '{',
    '}',
    '\t',
    '&a ',
    '*a',
    '<<: ',
    '{"a":',
    '[',
    ',',
    '__proto__: {}\n',
    ':',
    '\u2028',
    '\r\n',
  ]
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...bits), fc.string()), { maxLength: 25 }), parts => {
      diagnose(parts.join(''))
    }),
    { numRuns: 1500, seed: 7 },
  )
  const head = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n'
  const pastes = [
    '['.repeat(1 << 20),
    '{}'.repeat(1 << 19),
    '---\na: [\n'.repeat(1 << 17),
    `${head}  containers:\n${'  - abc\n'.repeat(1 << 17)}`,
    `${head}${Array.from({ length: 1 << 16 }, (_, i) => `  f${i}: 1\n`).join('')}`,
    'a: 1\n'.repeat(1 << 18),
  ]
  for (const paste of pastes) expect(diagnose(paste).length).toBeGreaterThan(0)
})

test('a very long text is not checked, and says so; of very many faults the first are told', () => {
  const long = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n'.repeat(5000)
  expect(brief(`\n${long}`)).toEqual([
    `2:1-2:15 warning too-long-to-check this text has ${long.length + 1} characters: what is longer than 262144 is not checked here`,
  ])
  const keys = Array.from({ length: 3000 }, (_, i) => `  "key ${i}": value\n`).join('')
  const places = vi.spyOn(Source.prototype, 'field')
  const found = diagnose(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${keys}`)
  expect([found.length, found.every(({ line }) => line > 4)]).toEqual([200, true])
  // To find the place of a fault takes as long as there are keys.
  expect(places.mock.calls.length).toBe(200)
  places.mockRestore()
})
