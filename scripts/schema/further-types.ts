// TypeScript for the kinds that go-types.json leaves out: of the groups whose tables are kept by hand
// (src/kinds/schema/further-type-tables.ts), and the definition of custom resources, of which the OpenAPI document alone
// is known: there a field is optional where it is not required.
import '../../src/parts/preload.ts'
import { furtherTypeTables } from '../../src/kinds/schema/further-type-tables.ts'
import { type FieldType, type StructType, structType, type ValueType } from '../../src/kinds/schema.ts'
import type { OpenApi } from './descriptions.ts'

/** Gives a schema (`io.k8s.api.flowcontrol.v1.Subject`) the name of its TypeScript type, which nothing else has. */
export type Name = (schema: string) => string

/** Schema names of the structs in the tables kept by hand, in their order. */
export function furtherStructs(): StructType[] {
  const structs: StructType[] = []
  let owner = ''
  for (const line of furtherTypeTables.trim().split('\n'))
    if (line.startsWith('@')) owner = line.slice(3)
    else {
      const struct = structType(`${owner}.${/^\w+/.exec(line)![0]}`)
      if (struct) structs.push(struct)
    }
  return structs
}

const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  int32: 'number',
  int64: 'number',
  bool: 'boolean',
  float64: 'number',
  bytes: 'string',
  quantity: 'Quantity',
  time: 'Time',
  microTime: 'MicroTime',
  intOrString: 'IntOrString',
  raw: 'unknown',
}

export const tsInterface = (name: string, fields: readonly string[]): string =>
  fields.length
    ? `export interface ${name} {\n${fields.map(field => `  ${field}`).join('\n')}\n}`
    : `export type ${name} = Record<never, never>`

/** `replicas?: number`; a name that is none in TypeScript stands in quotes. */
export const tsField = (name: string, optional: boolean, type: string): string =>
  `${/^\w+$/.test(name) ? name : `'${name}'`}${optional ? '?' : ''}: ${type}`

/** The interface of a struct of the tables. */
export function structInterface({ schema, name: kind, fields }: StructType, name: Name): string {
  const isRoot = fields[0]?.name === 'kind' && fields.some(field => field.name === 'metadata')
  const type = (of: ValueType): string => {
    if (of.form === 'list') return `${type(of.items)}[]`
    if (of.form === 'map') return `Record<string, ${type(of.values)}>`
    return of.form === 'struct' ? name(of.schema) : scalars[of.form]!
  }
  const field = (each: FieldType): string => {
    const { form } = each.type
    if (isRoot && each.name === 'kind') return tsField('kind', false, `'${kind}'`)
    const always =
      each.always ||
      (form === 'struct' && !each.pointer && !each.omitZero) ||
      (isRoot && each.name === 'apiVersion')
    const none = /^(time|microTime)$/.test(form) && !each.pointer && !each.omitZero ? ' | null' : ''
    return tsField(each.name, !always, type(each.type) + none)
  }
  return tsInterface(name(schema), fields.map(field))
}

const refTo = ({ $ref, allOf }: OpenApi): string | undefined => ($ref ?? allOf?.[0]?.$ref)?.split('/').at(-1)

/** What the document only says in words: JSON, and JSON or a schema. */
const inWords: Readonly<Record<string, string>> = {
  JSON: 'unknown',
  JSONSchemaPropsOrArray: 'JSONSchemaProps',
  JSONSchemaPropsOrBool: 'JSONSchemaProps | boolean',
  JSONSchemaPropsOrStringArray: 'JSONSchemaProps | string[]',
}

/** The interfaces of a schema of the OpenAPI documents, and of what it mentions that has none yet. */
export function documentInterfaces(
  root: string,
  schemas: Readonly<Record<string, OpenApi>>,
  known: (schema: string) => boolean,
  name: Name,
): string[] {
  const found = new Map<string, string>()
  const type = (of: OpenApi): string => {
    const schema = refTo(of)
    if (schema) {
      const words = inWords[schema.split('.').at(-1)!]
      if (words) return words
      if (/\.Time$/.test(schema)) return 'Time'
      add(schema)
      return name(schema)
    }
    if (of.type === 'array') {
      const items = type(of.items!)
      return items.includes('|') ? `(${items})[]` : `${items}[]`
    }
    if (of.type === 'object')
      return of.additionalProperties ? `Record<string, ${type(of.additionalProperties)}>` : 'unknown'
    return of.type === 'integer' ? 'number' : (of.type ?? 'unknown')
  }
  const add = (schema: string): void => {
    if (found.has(schema) || known(schema)) return
    found.set(schema, '')
    const { properties = {}, required = [] } = schemas[schema]!
    const fields = Object.entries(properties).map(([field, of]) => {
      const always =
        required.includes(field) || (schema === root && /^(kind|apiVersion|metadata)$/.test(field))
      const kind = schema === root && field === 'kind' ? `'${root.split('.').at(-1)}'` : undefined
      return tsField(field, !always, kind ?? type(of))
    })
    found.set(schema, tsInterface(name(schema), fields))
  }
  add(root)
  return [...found.values()]
}
