// The check of a file agrees with the API server: on what it takes, and on what it does not.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customKinds } from '../api/custom/definitions.ts'
import { explain } from '../i18n/diagnostics.ts'
import { diagnose } from './diagnose.ts'

interface Recorded {
  readonly body: unknown
  readonly answer: { readonly code: number; readonly body: { readonly message: string } }
}

const corpus = <T>(name: string): T[] =>
  readFileSync(new URL(`../../tests/reference/corpus/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as T)
const textOf = ({ body }: Recorded): string =>
  typeof body === 'string' ? body : JSON.stringify(body, null, 1)
const errorsOf = (text: string) => diagnose(text).filter(({ severity }) => severity === 'error')

/** Every fourth, without those that only a cluster can refuse: by its range of addresses. */
const requests = corpus<Recorded>('create').filter(
  ({ answer }, i) => i % 4 === 0 && !/failed to allocate IP/.test(answer.body.message),
)

test('accepts and refuses what the server accepted and refused', () => {
  const wrong = requests.flatMap(request => {
    const errors = errorsOf(textOf(request))
    // The server was not asked to be strict, as kubectl asks it; and a dry run does not look at the range of node ports.
    const unasked = /^unknown field|provided port is not in the valid range/
    const isUnasked = errors.length > 0 && errors.every(({ message }) => unasked.test(message))
    const refused = request.answer.code >= 400
    return refused === errors.length > 0 || isUnasked
      ? []
      : [[request.answer.body.message, errors[0]?.message]]
  })
  expect(requests.length).toBeGreaterThan(700)
  expect(wrong).toEqual([])
})

test('no explanation contradicts itself', () => {
  for (const request of requests)
    for (const { params, code } of errorsOf(textOf(request))) {
      expect(params.near, code).not.toBe(params.value ?? params.field)
      if (params.supported) expect(String(params.supported).split(', ')).not.toContain(params.value)
    }
  const toleration = `apiVersion: v1
kind: Pod
metadata: {name: nt}
spec:
  containers: [{name: c, image: nginx}]
  tolerations: [{key: example.com/level, operator: Gt, value: "900", effect: NoSchedule}]
`
  const [found] = diagnose(toleration)
  expect(found?.message).toBe(
    'spec.tolerations[0].operator: Unsupported value: "Gt": supported values: "Equal", "Exists"',
  )
  expect(explain(found!, 'en')).toMatch(/TaintTolerationComparisonOperators.*Equal, Exists\.$/)
})

test('sees what allocation and admission make of an object', () => {
  const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: ${spec}\n`
  const messages = (text: string) => errorsOf(text).map(({ message }) => message)
  expect(messages(service('{clusterIP: None, selector: {app: web}, ports: [{port: 80}]}'))).toEqual([])
  expect(messages(service('{clusterIP: None}'))).toEqual([])
  expect(messages(service('{clusterIP: 10.96.0.40, ports: [{port: 80}]}'))).toEqual([])
  expect(messages(service('{type: NodePort, ports: [{port: 80, nodePort: 80}]}'))).toEqual([
    'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  ])
  const token = 'volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}]'
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x}], ${token}}\n`
  expect(messages(pod)).toEqual([])
})

test('damaged manifests, also with definitions beside them, make nothing throw', () => {
  const texts = [
    ...corpus<{ readonly text: string }>('yaml').map(({ text }) => text),
    ...requests.map(textOf),
  ]
  const bits = [
    '\t',
    '：',
    '“',
    '[',
    ']',
    '{',
    '}',
    '-',
    ': ',
    '\n',
    '"',
    '&a ',
    '*a',
    '0',
    'null',
    '{{ x }}',
  ]
  const definition = (schema: string, group = 'ex.io') => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: pods.${group}}
spec: {group: ${group}, scope: Namespaced, names: {plural: pods, kind: Pod}, versions: [{name: v1, served: true, storage: true, schema: ${schema}}]}
---
apiVersion: ${group}/v1
kind: Pod
metadata: {name: x}
spec: {containers: [1]}
`
  const schemas = ['{openAPIV3Schema: {type: object}}', '{openAPIV3Schema: 1}', '{}', 'null', '[[]]']
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(4000), fc.nat(12), fc.constantFrom(...bits)), { maxLength: 4 }),
      fc.option(fc.constantFrom(...schemas)),
      (text, damages, schema) => {
        let damaged = schema === null ? text : text + definition(schema)
        for (const [at, length, bit] of damages) {
          const from = at % (damaged.length + 1)
          damaged = damaged.slice(0, from) + bit + damaged.slice(from + length)
        }
        for (const found of diagnose(damaged, { customKinds })) explain(found, 'zh')
      },
    ),
    { numRuns: 800, seed: 7 },
  )
})
