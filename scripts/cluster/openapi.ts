// GET /openapi/v3: the server's own documents, with what clients of it need beside them: what each type and field is
// for, and which parameters the operations take (kubectl asks whether the server checks fields itself).
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiRequest } from '../../src/api/types.ts'
import { descriptions } from '../../src/kinds/schema/descriptions.ts'
import { furtherSchemas } from '../../src/kinds/schema/further-schemas.ts'
import { json } from './answers.ts'
import { type DocumentV3, swagger } from './openapi-v2.ts'
import { encodeSwagger, swaggerProtobuf } from './protobuf/swagger.ts'
import type { World } from './world.ts'

export interface Schema {
  readonly $ref?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; kind: string }[]
}

export function openapi(
  world: World,
  request: ApiRequest,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.path === '/openapi/v2') answerV2(world, request, headers.accept, response)
  else {
    const { code, body } = documentOf(world, request)
    json(response, code, body)
  }
}

/** With what the server's own leave out; an answer of another code is the server's. */
function documentOf(world: World, request: ApiRequest): { code: number; body: unknown } {
  const { code, body } = world.api.handle(request)
  const { components } = body as { components?: { schemas: Record<string, Schema> } }
  if (code !== 200 || !components) return { code, body }
  const version = request.path.replace(/^\/openapi\/v3\//, '')
  return {
    code,
    body: { ...body, paths: pathsOf(world, version), components: { schemas: described(components.schemas) } },
  }
}

function answerV2(
  world: World,
  request: ApiRequest,
  accept: string | undefined,
  response: ServerResponse,
): void {
  const ask = (path: string) => documentOf(world, { ...request, path, query: {} })
  const index = ask('/openapi/v3')
  if (index.code !== 200) {
    json(response, index.code, index.body)
    return
  }
  const documents = Object.keys((index.body as { paths: object }).paths).map(
    path => ask(`/openapi/v3/${path}`).body as DocumentV3,
  )
  const document = swagger(documents)
  if (swaggerProtobuf.some(type => accept?.includes(type))) {
    response.writeHead(200, { 'Content-Type': swaggerProtobuf[0] })
    response.end(encodeSwagger(document))
  } else json(response, 200, document)
}

function described(schemas: Readonly<Record<string, Schema>>): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(schemas)) {
    const [description, fields = {}] = descriptions[name] ?? []
    const whole = furtherOf(schema)
    found[name] = {
      ...schema,
      ...whole,
      ...(description && { description }),
      ...(!whole && schema.properties && { properties: withTexts(schema.properties, fields) }),
    }
    if (whole) addReached(whole, found)
  }
  return found
}

/** The schema of a kind that the tables leave out. */
function furtherOf(schema: Schema): Schema | undefined {
  const key = 'x-kubernetes-group-version-kind'
  const kind = schema[key]?.[0]
  return (
    kind &&
    (Object.values(furtherSchemas) as Schema[]).find(
      each => each[key]?.[0]?.kind === kind.kind && each[key][0].group === kind.group,
    )
  )
}

const time = { type: 'string', format: 'date-time' }

/** Types that only a type of the further schemas refers to. */
function addReached(schema: object, found: Record<string, unknown>): void {
  for (const [, name] of JSON.stringify(schema).matchAll(/#\/components\/schemas\/([^"]+)/g)) {
    const next = furtherSchemas[name!] ?? (/\.meta\.v1\.Time$/.test(name!) ? time : undefined)
    if (!next || found[name!]) continue
    found[name!] = next
    addReached(next, found)
  }
}

/** What is said of a field stands beside the reference to its type, which can have nothing beside it. */
function withTexts(
  properties: Readonly<Record<string, Schema>>,
  texts: Readonly<Record<string, string>>,
): Record<string, object> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const text = texts[name]
      if (!text) return [name, property]
      return [
        name,
        property.$ref ? { allOf: [property], description: text } : { ...property, description: text },
      ]
    }),
  )
}

/** The operations by which a kind is found, and by which it is asked what it does with unknown fields. */
function pathsOf({ api }: World, groupVersion: string): Record<string, object> {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(name => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  const [, group = '', version = ''] = /^apis?\/(?:(.+)\/)?([^/]+)$/.exec(groupVersion) ?? []
  const { resources } = api.handle({ method: 'GET', path: `/${groupVersion}` }).body as {
    resources: readonly { name: string; namespaced: boolean; kind: string }[]
  }
  return Object.fromEntries(
    resources
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, namespaced, kind }) => [
        `/${groupVersion}${namespaced ? '/namespaces/{namespace}' : ''}/${name}/{name}`,
        {
          patch: {
            parameters,
            responses: {},
            'x-kubernetes-group-version-kind': { group, version, kind },
          },
        },
      ]),
  )
}
