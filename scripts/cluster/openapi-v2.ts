// GET /openapi/v2: one document of all groups, made of those of version 3. kubectl before 1.27 explains and checks by it, later
// ones by `explain --output=plaintext-openapiv2`; other clients take the names of types from it.
import type { Schema } from './openapi.ts'

export interface DocumentV3 {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationV3>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface OperationV3 {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[]
  readonly [extension: `x-${string}`]: unknown
}

export interface Swagger {
  readonly swagger: '2.0'
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly definitions: Readonly<Record<string, object>>
}

export function swagger(documents: readonly DocumentV3[]): Swagger {
  const definitions: Record<string, object> = {}
  const paths: Record<string, Record<string, object>> = {}
  for (const { components, paths: own } of documents) {
    for (const [name, schema] of Object.entries(components.schemas))
      definitions[name] = definition(schema) as object
    for (const [path, operations] of Object.entries(own))
      paths[path] = Object.fromEntries(
        Object.entries(operations).map(([verb, each]) => [verb, operation(each)]),
      )
  }
  return { swagger: '2.0', info: { title: 'Kubernetes', version: 'v1.36.3' }, paths, definitions }
}

const operation = ({ parameters, ...rest }: OperationV3): object => ({
  ...rest,
  parameters: parameters.map(({ schema, ...each }) => ({ ...each, ...schema })),
})

/** A reference stands beside its description here, and its target among the definitions; defaults and choices are left out. */
function definition(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(definition)
  if (typeof value !== 'object' || value === null) return value
  const {
    allOf,
    oneOf: _,
    default: __,
    ...rest
  } = value as { allOf?: readonly { $ref: string }[] } & Record<string, unknown>
  const found: Record<string, unknown> = {}
  for (const [key, each] of Object.entries({ ...(allOf?.length === 1 && allOf[0]), ...rest }))
    found[key] =
      key === '$ref'
        ? String(each).replace('#/components/schemas/', '#/definitions/')
        : key === 'properties'
          ? Object.fromEntries(Object.entries(each ?? {}).map(([name, one]) => [name, definition(one)]))
          : key.startsWith('x-')
            ? each
            : definition(each)
  return found
}
