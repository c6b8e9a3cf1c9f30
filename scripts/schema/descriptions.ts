// What the OpenAPI documents say of types and their fields, for `explain`.

/** What is read of a schema of the OpenAPI documents, and of one within another. */
export interface OpenApi {
  readonly $ref?: string
  readonly allOf?: readonly OpenApi[]
  readonly type?: string
  readonly description?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, OpenApi>>
  readonly items?: OpenApi
  readonly additionalProperties?: OpenApi
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly 'x-kubernetes-list-type'?: string
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
  readonly 'x-kubernetes-map-type'?: string
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string
    readonly version: string
    readonly kind: string
  }[]
}

type Schemas = Readonly<Record<string, OpenApi>>
export type Descriptions = Record<string, [type: string, fields: Record<string, string>]>

/** Scalars of the tables that have a description of their own. */
const scalars = /Quantity|\.Time$|MicroTime|IntOrString|RawExtension|FieldsV1/

/** Of the types that the tables have (`reached`), by schema name. */
export function descriptionsOf(schemas: Schemas, reached: ReadonlySet<string>): Descriptions {
  const descriptions: Descriptions = {}
  for (const name of Object.keys(schemas).sort()) {
    if (!reached.has(name) && !scalars.test(name)) continue
    const { description = '', properties = {} } = schemas[name]!
    const fields: Record<string, string> = {}
    for (const [field, property] of Object.entries(properties)) fields[field] = property.description ?? ''
    descriptions[name] = [description, fields]
  }
  return descriptions
}

/** Kinds that the documents describe and the tables leave out (the definition of custom resources). */
export function furtherOf(schemas: Schemas, descriptions: Descriptions): Record<string, OpenApi> {
  const further: Record<string, OpenApi> = {}
  const add = (name: string): void => {
    if (further[name] || descriptions[name]) return
    further[name] = schemas[name]!
    const refs = JSON.stringify(schemas[name]).match(/#\/components\/schemas\/[^"]+/g) ?? []
    for (const ref of refs) add(ref.slice(ref.lastIndexOf('/') + 1))
  }
  for (const name of Object.keys(schemas))
    if (/\.apiextensions\.v1\.CustomResourceDefinition$/.test(name)) add(name)
  return further
}
