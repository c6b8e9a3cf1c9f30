// An OpenAPI 2 document as the protobuf message that client-go asks for: openapi.v2.Document of
// github.com/google/gnostic-models (openapiv2/OpenAPIv2.proto), as far as kubectl reads it.
import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { stringifyYaml } from '../../../src/yaml/stringify.ts'
import type { Swagger } from '../openapi-v2.ts'

/** Its name, and the one by which clients ask, which is no media type by the rules. */
export const swaggerProtobuf = [
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
] as const

type Json = Readonly<Record<string, any>>
type Write = (writer: BinaryWriter) => void

export function encodeSwagger({ swagger, info, paths, definitions }: Swagger): Uint8Array {
  return message(writer => {
    text(writer, 1, swagger)
    inner(writer, 2, it => {
      text(it, 1, info.title)
      text(it, 2, info.version)
    })
    inner(writer, 8, it => {
      for (const [path, operations] of Object.entries(paths)) named(it, 2, path, pathItem(operations))
    })
    inner(writer, 9, it => {
      for (const [name, schema] of Object.entries(definitions)) named(it, 1, name, schemaOf(schema))
    })
  })
}

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']

const pathItem =
  (operations: Json): Write =>
  writer => {
    for (const [i, verb] of verbs.entries())
      if (operations[verb]) inner(writer, i + 2, operation(operations[verb]))
  }

const operation =
  ({ parameters = [], ...rest }: Json): Write =>
  writer => {
    // One of several: a parameter, none of the body, in the query.
    for (const { name, type } of parameters)
      inner(writer, 8, item =>
        inner(item, 1, parameter =>
          inner(parameter, 2, other =>
            inner(other, 3, query => {
              text(query, 2, 'query')
              text(query, 4, name)
              text(query, 6, type)
            }),
          ),
        ),
      )
    extensions(writer, 13, rest)
  }

const schemaOf =
  (schema: Json): Write =>
  writer => {
    text(writer, 1, schema.$ref)
    text(writer, 2, schema.format)
    text(writer, 4, schema.description)
    for (const name of schema.required ?? []) text(writer, 19, name)
    const { additionalProperties: more, items, properties } = schema
    if (more !== undefined)
      inner(writer, 21, it =>
        typeof more === 'boolean' ? it.tag(2, 0).bool(more) : inner(it, 1, schemaOf(more)),
      )
    if (schema.type) inner(writer, 22, it => text(it, 1, schema.type))
    if (items) inner(writer, 23, it => inner(it, 1, schemaOf(items)))
    if (properties)
      inner(writer, 25, it => {
        for (const [name, each] of Object.entries(properties)) named(it, 1, name, schemaOf(each as Json))
      })
    extensions(writer, 31, schema)
  }

/** Their values are YAML. */
function extensions(writer: BinaryWriter, number: number, object: Json): void {
  for (const [name, value] of Object.entries(object))
    if (name.startsWith('x-')) named(writer, number, name, it => text(it, 2, stringifyYaml(value)))
}

const named = (writer: BinaryWriter, number: number, name: string, value: Write): void =>
  inner(writer, number, it => {
    text(it, 1, name)
    inner(it, 2, value)
  })

function text(writer: BinaryWriter, number: number, value: string | undefined): void {
  if (value) writer.tag(number, 2).string(value)
}

const inner = (writer: BinaryWriter, number: number, write: Write): void => {
  writer.tag(number, 2).bytes(message(write))
}

function message(write: Write): Uint8Array {
  const writer = new BinaryWriter()
  write(writer)
  return writer.finish()
}
