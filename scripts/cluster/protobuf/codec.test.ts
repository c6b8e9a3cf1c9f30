import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decode as decodeJson } from '../../../src/kinds/machinery/decode.ts'
import type { KubeObject } from '../../../src/kinds/object.ts'
import { structType } from '../../../src/kinds/schema.ts'
import { splitDocuments } from '../../../src/yaml/documents.ts'
import { parseYaml } from '../../../src/yaml/parse.ts'
import { decodeObject, encodeObject } from './envelope.ts'
import { kindNames, messageOf, schemaOf } from './messages.ts'

const root = join(import.meta.dirname, '../../..')
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

/** Every manifest of the course that can be read and has a protobuf form, with its name. */
function samples() {
  const found: { name: string; object: KubeObject; schema: string }[] = []
  for (const file of globSync('examples/**/*.yaml', { cwd: root }).sort())
    for (const { text } of splitDocuments(readFileSync(join(root, file), 'utf8'))) {
      let object: KubeObject | null
      try {
        object = parseYaml(text) as KubeObject | null
      } catch {
        continue // the course has broken ones, to be mended
      }
      const schema = object && schemaOf(object.apiVersion, object.kind)
      if (object && schema) found.push({ name: file, object, schema })
    }
  return found
}

/** Without what says nothing: null, and structs and lists that are empty. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(each => plain(each) ?? {})
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const entries = Object.entries(value)
    .map(([key, each]) => [key, plain(each)] as const)
    .filter(([, each]) => each !== undefined && each !== '' && each !== 0 && each !== false)
  return entries.length ? Object.fromEntries(entries) : undefined
}

test('manifests of the course are the same after a way through protobuf', () => {
  const kinds = new Set<string>()
  let compared = 0
  for (const { name, object, schema } of samples()) {
    const known = structType(schema) !== undefined
    const meant = known ? decodeJson(schema, object) : { object }
    if ('error' in meant && meant.error) continue // wrong on purpose
    const back = decodeObject(Buffer.from(encodeObject({ ...meant.object, kind: object.kind } as never)!))
    const read = known ? decodeJson(schema, back).object : back
    expect(plain(read), name).toEqual(plain(meant.object))
    kinds.add(object.kind)
    compared++
  }
  expect(compared).toBeGreaterThan(200)
  expect(kinds.size).toBeGreaterThan(25)
})

const own: Readonly<Record<string, unknown>> = {
  string: 'x',
  bytes: 'AAH/',
  int: -3,
  bool: true,
  double: 1.5,
  Time: '2026-01-02T03:04:05Z',
  MicroTime: '2026-01-02T03:04:05.000006Z',
  Quantity: '500m',
  IntOrString: '25%',
  FieldsV1: { 'f:a': {} },
  RawExtension: { apiVersion: 'v1', kind: 'X' },
  JSON: [1, 'a', null],
  JSONSchemaPropsOrBool: false,
  JSONSchemaPropsOrArray: [{ type: 'string' }],
  JSONSchemaPropsOrStringArray: ['a'],
}

/** JSON with a value in every field of a message; of what contains itself, as deep as it goes. */
function filled(schema: string, within: readonly string[] = []): unknown {
  const value = own[schema] ?? own[schema.slice(schema.lastIndexOf('.') + 1)]
  if (value !== undefined) return value
  const { fields, isList } = messageOf(schema)
  if (isList) return ['x', 'y']
  return Object.assign(
    {},
    ...fields
      .filter(({ type }) => !within.includes(type.of))
      .map(({ name, type: { shape, of } }) => {
        const one = filled(of, [...within, schema])
        if (!name) return one
        return { [name]: shape === 'list' ? [one, one] : shape === 'map' ? { a: one, 'b/c': one } : one }
      }),
  )
}

test('a value in each field of each kind comes through', () => {
  for (const name of kindNames()) {
    const cut = name.lastIndexOf('/')
    const type = { apiVersion: name.slice(0, cut), kind: name.slice(cut + 1) }
    const object = { ...(filled(schemaOf(type.apiVersion, type.kind)!) as object), ...type }
    expect(decodeObject(Buffer.from(encodeObject(object)!)), name).toMatchObject(object)
  }
  expect(kindNames().length).toBeGreaterThan(300)
})

test('an empty object of every kind has a form, and its bytes stay the same', () => {
  for (const name of kindNames()) {
    const cut = name.lastIndexOf('/')
    const empty = { apiVersion: name.slice(0, cut), kind: name.slice(cut + 1) }
    const bytes = encodeObject(empty)
    expect(hex(encodeObject(decodeObject(Buffer.from(bytes!)) as never)), name).toBe(hex(bytes))
  }
})

test('what is sent is what Go sends: values always, pointers and lists where they are', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { ports: [{ port: 80, targetPort: 'http' }] },
  }
  const text = hex(encodeObject(pod as never))
  // k8s\0, then the type, then port 80 (18 50) and its target: type 1, number 0, "http".
  expect(text).toMatch(/^6b383300|^6b387300/)
  expect(text).toContain(Buffer.from('Service').toString('hex'))
  expect(text).toContain('18502' + '20a080110001a0468747470')
})

test('bytes that are no object are refused with what is wrong', () => {
  const service = Buffer.from(encodeObject({ apiVersion: 'v1', kind: 'Service' })!)
  expect(() => decodeObject(Buffer.alloc(0))).toThrow('empty data')
  expect(() => decodeObject(Buffer.from('{}'))).toThrow(
    'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
  )
  expect(() => decodeObject(service.subarray(0, service.length - 3))).toThrow()
  for (let at = 4; at < service.length; at++)
    for (const byte of [0, 0x7f, 0xff]) {
      const broken = Buffer.from(service)
      broken[at] = byte
      try {
        decodeObject(broken)
      } catch (error) {
        expect((error as Error).name).toBe('Error')
      }
    }
})
