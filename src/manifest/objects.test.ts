import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseYaml } from '../yaml/parse.ts'
import { stringifyYaml } from '../yaml/stringify.ts'
import { isFault, readObjects } from './objects.ts'

const reference = join(import.meta.dirname, '../../tests/reference')

const read = (text: string, validate?: 'strict' | 'ignore') =>
  [...readObjects(text, 'f.yaml', { validate })].map(item =>
    isFault(item) ? `${item.final ? '!' : '?'} ${item.error}` : `${item.kind} ${item.metadata.name}`,
  )

test('takes a file apart into objects, lists and empty documents included', () => {
  const text = `---
# only a comment
---
{apiVersion: v1, kind: Pod, metadata: {name: a}}
--- # another
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: b}}
- apiVersion: v1
  kind: PodList
  items: [{metadata: {name: c}}]
---
`
  expect(read(text)).toEqual(['Pod a', 'Secret b', 'Pod c'])
  expect(
    read(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}} {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}',
    ),
  ).toEqual(['Pod a', 'Pod b'])
  expect(read('')).toEqual([])
})

test('says what kubectl says where a document is no object, and stops where kubectl stops', () => {
  const stop = '; if you choose to ignore these errors, turn validation off with --validate=false'
  const good = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'
  expect(read(`${good}---\nkind: 1\n---\n${good}`)).toEqual([
    'Pod a',
    `! error validating "f.yaml": error validating data: [apiVersion not set, kind isn't string type]${stop}`,
  ])
  expect(read('apiVersion: v1\nb: <&>\na: 1\n', 'ignore')).toEqual([
    `? unable to decode "f.yaml": Object 'Kind' is missing in '{"a":1,"apiVersion":"v1","b":"\\u003c\\u0026\\u003e"}'`,
  ])
  expect(read(`apiVersion: v1\nkind: Pod\nmetadata: {labels: [a]}\n---\n${good}`)).toEqual([
    '? unable to decode "f.yaml": json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    'Pod a',
  ])
  expect(read(`${good}--- x\n${good}`)).toEqual([
    '! error parsing f.yaml: invalid Yaml document separator: x',
  ])
  expect(read('{"kind": "Pod",\n "a"')).toEqual(['! error parsing f.yaml: unexpected EOF'])
  expect(read('{"kind": "Pod" "a": 1}')).toEqual([
    `! error parsing f.yaml: json: offset 16: invalid character '"' after object key:value pair`,
  ])
})

test('every damaged manifest of the corpus gets the words that kubectl had for it', () => {
  const local = /^(?:error: )?((?:error (?:parsing|validating)|unable to decode) .*)$/
  const lines = readFileSync(join(reference, 'corpus/yaml.jsonl'), 'utf8').trim().split('\n')
  const wrong = lines.flatMap(line => {
    const { text, stderr } = JSON.parse(line) as { text: string; stderr: string }
    const expected = stderr.split('\n').flatMap(l => local.exec(l)?.[1] ?? [])
    const actual = [...readObjects(text, 'manifest.yaml')].flatMap(item => (isFault(item) ? item.error : []))
    return JSON.stringify(actual) === JSON.stringify(expected) ? [] : [{ text, expected, actual }]
  })
  expect(lines.length).toBeGreaterThan(500)
  expect(wrong).toEqual([])
})

test('every object that kubectl printed as YAML is printed the same', () => {
  const folder = join(reference, 'recordings')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.yaml'),
  )
  let outputs = 0
  for (const file of files) {
    const { steps = [] } = parseYaml(readFileSync(join(folder, file), 'utf8')) as {
      steps?: { run?: string; stdout?: string }[]
    }
    for (const { run = '', stdout } of steps) {
      if (!/^kubectl [^|>&;]* -o ?=?yaml\b[^|>&;]*$/.test(run) || !stdout || /version/.test(run)) continue
      const documents = stdout.split(/^---\n/m).filter(document => document)
      expect(
        documents.map(document => stringifyYaml(parseYaml(document))),
        `${file}: ${run}`,
      ).toEqual(documents)
      outputs++
    }
  }
  expect(outputs).toBeGreaterThan(50)
})
