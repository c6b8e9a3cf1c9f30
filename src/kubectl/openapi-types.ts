// Types out of an OpenAPI schema, in the form in which the schema tables give theirs: what `kubectl explain` walks for
// custom resources and for kinds that the tables leave out.
import { type FieldType, StructType, structType, type ValueType } from '../kinds/schema.ts'

/** The parts of an OpenAPI v3 schema that explanations show. */
export interface OpenApiSchema {
  readonly $ref?: string
  readonly allOf?: readonly OpenApiSchema[]
  readonly type?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, OpenApiSchema>>
  readonly required?: readonly string[]
  readonly items?: OpenApiSchema
  readonly additionalProperties?: OpenApiSchema | boolean
  readonly enum?: readonly unknown[]
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[]
}

/** The schema of a name among the components. */
export type Resolve = (name: string) => OpenApiSchema | undefined

/** An object of an OpenAPI schema; one that has no name of its own is an `Object`. */
export class OpenApiStruct extends StructType {
  readonly source: OpenApiSchema
  readonly #resolve: Resolve
  #own: FieldType[] | undefined

  constructor(name: string, source: OpenApiSchema, resolve: Resolve) {
    super(name, '')
    this.source = source
    this.#resolve = resolve
  }

  override get fields(): readonly FieldType[] {
    this.#own ??= Object.entries(this.source.properties ?? {}).map(([name, schema]) => ({
      name,
      type: typeOf(schema, this.#resolve),
      owner: this.name,
      embedded: '',
      required: this.source.required?.includes(name) ?? false,
      always: false,
      pointer: false,
      omitZero: false,
      patchStrategy: [],
    }))
    return this.#own
  }
}

/** The type of a kind among published schemas. */
export function publishedType(
  schemas: Readonly<Record<string, OpenApiSchema>>,
  { group, version, kind }: { readonly group: string; readonly version: string; readonly kind: string },
): OpenApiStruct | undefined {
  const isIt = (schema: OpenApiSchema) =>
    schema.properties &&
    schema['x-kubernetes-group-version-kind']?.some(
      it => it.group === group && it.version === version && it.kind === kind,
    )
  const name = Object.keys(schemas).find(each => isIt(schemas[each]!))
  return name === undefined ? undefined : new OpenApiStruct(name, schemas[name]!, ref => schemas[ref])
}

const scalars: Record<string, 'string' | 'int64' | 'bool' | 'float64'> = {
  string: 'string',
  integer: 'int64',
  boolean: 'bool',
  number: 'float64',
}

function typeOf(schema: OpenApiSchema, resolve: Resolve): ValueType {
  const { $ref, allOf, items, additionalProperties, properties, type = '' } = schema
  if (allOf?.length === 1 && !properties) return typeOf(allOf[0]!, resolve)
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    return structType(name) ?? new OpenApiStruct(name, resolve(name) ?? {}, resolve)
  }
  if (items) return { form: 'list', items: typeOf(items, resolve), listType: '', keys: [] }
  if (typeof additionalProperties === 'object')
    return { form: 'map', values: typeOf(additionalProperties, resolve), go: '' }
  const form = scalars[type]
  if (!form) return new OpenApiStruct('Object', schema, resolve)
  return { form, go: type, ...(schema.enum && { values: schema.enum.map(String) }) }
}
