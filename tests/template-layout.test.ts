// The layout of a pod template, which its hash depends on, has the fields of the Go structs in their order.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { templateLayout } from '../src/controllers/template-layout.ts'

/** By schema: name, type, flags … of each field, those of embedded structs in their place. */
const structs: Record<string, readonly (readonly string[])[]> = JSON.parse(
  readFileSync('scripts/schema/go-types.json', 'utf8'),
)
const lines = templateLayout.trim().split('\n')
const layout = new Map(lines.map(line => [line.split('=')[0]!, line.slice(line.indexOf('=') + 1).split(',')]))

/** Names of a struct's fields; `:Name Type` is a struct that is embedded. */
const fieldsOf = (type: string): string[] =>
  (layout.get(type) ?? []).flatMap(field =>
    field.startsWith(':') ? fieldsOf(field.split(' ')[1]!) : [field.split(/[: ]/)[0]!],
  )

const embedded = new Set(lines.flatMap(line => [...line.matchAll(/(?:^|[=,]):\w+ (\w+)/g)].map(m => m[1]!)))

test.each([...layout.keys()].filter(type => !embedded.has(type)))('%s', type => {
  const schema = ['io.k8s.api.core.v1.', 'io.k8s.apimachinery.pkg.apis.meta.v1.']
    .map(root => root + type)
    .find(name => structs[name])
  expect(schema).toBeDefined()
  expect(fieldsOf(type)).toEqual(structs[schema!]!.map(([name]) => name))
})
