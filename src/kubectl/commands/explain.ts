// kubectl explain: fields and their descriptions from the schema (kubectl pkg/explain/v2, the plaintext template).
import { type FieldType, StructType, structType, type ValueType } from '../../kinds/schema.ts'
import { elementOf, typeName } from '../../kinds/type-name.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../discovery.ts'
import { CommandError } from '../errors.ts'
import { descriptionParts } from '../loaders.ts'
import { type OpenApiSchema, OpenApiStruct, publishedType } from '../openapi-types.ts'
import type { FieldDescriptions } from '../texts.ts'

/** Of the two only the first has a form of its own here. */
const formats = ['plaintext', 'plaintext-openapiv2']

export const explain: Command = {
  name: 'explain',
  flags: 'api-version:s output,o:s=plaintext recursive,R',
  *run(ctx) {
    const [word, ...more] = ctx.args
    if (word === undefined) {
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    }
    if (more.length) throw new CommandError('We accept only this format: explain RESOURCE')
    const { resource, path } = split(ctx, word)
    const format = ctx.flags.string('output')
    if (!formats.includes(format)) throw new CommandError(`unrecognized format: ${format}`)
    const texts = descriptionParts.get('explain')
    const root = structType(resource.schema) ?? published(ctx, resource, texts)
    if (!root)
      throw new CommandError(
        `this lab has no schema of "${resource.group}/${resource.version}, Kind=${resource.kind}"`,
      )
    const { group, version, kind } = resource
    const head = `${group ? `GROUP:      ${group}\n` : ''}KIND:       ${kind}\nVERSION:    ${version}\n\n`
    let type: ValueType = root
    let field: { type: FieldType; owner: StructType } | undefined
    for (const name of path) {
      const inner = elementOf(type)
      const next = inner instanceof StructType ? inner.field(name) : undefined
      if (!next || !(inner instanceof StructType)) {
        ctx.out(head)
        throw new CommandError(`field ${JSON.stringify(name)} does not exist`)
      }
      field = { type: next, owner: inner }
      type = next.type
    }
    const of = field
      ? `FIELD: ${field.type.name} <${typeName(field.type.type)}>\n${enumOf(field.type.type) || '\n'}\n`
      : ''
    const target = elementOf(type)
    ctx.out(`${head}${of}DESCRIPTION:\n${descriptions(texts, field, target)}`)
    if (target instanceof StructType && target.fields.length) {
      ctx.out('FIELDS:\n')
      ctx.out(
        ctx.flags.bool('recursive')
          ? recursive(target, 1, new Set([target.schema]))
          : fieldList(texts, target),
      )
    }
    ctx.out('\n')
    return 0
  },
}

/** `deployments.apps.spec.replicas`: as much of the front as names a resource. */
function split(ctx: Context, word: string) {
  const parts = word.split('.').filter(Boolean)
  const apiVersion = ctx.flags.string('api-version')
  const [first = '', ...path] = parts
  let resource = ctx.discovery.lookup(first)
  if (resource && apiVersion) {
    const { kind, plural } = resource
    resource = ctx.discovery.forKind(apiVersion, kind)
    if (!resource) throw new CommandError(`couldn't find resource for "${apiVersion}, Resource=${plural}"`)
  }
  for (let n = parts.length; n > 1; n--) {
    const longer = parts.slice(0, n).join('.')
    const found = ctx.discovery.lookup(longer)
    if (found?.group && longer.endsWith(found.group)) return { resource: found, path: parts.slice(n) }
  }
  return { resource: resource ?? ctx.discovery.mapped(first), path }
}

/** The kind's type as the server publishes it in OpenAPI, or as the descriptions have it. */
/** What is read of an OpenAPI document. */
interface Published {
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiSchema>> }
}

function published(ctx: Context, resource: Resource, { schemas }: FieldDescriptions): StructType | undefined {
  const { group, version } = resource
  const path = `/openapi/v3/${group ? `apis/${group}` : 'api'}/${version}`
  const served = ctx.client.call<Published>({ method: 'GET', path }).components.schemas
  return publishedType({ ...served, ...schemas }, resource)
}

const enumOf = (type: ValueType): string =>
  'values' in type && Array.isArray(type.values) && type.values.length
    ? `ENUM:\n${type.values.map(v => `    ${v}\n`).join('')}`
    : ''

/** github.com/mitchellh/go-wordwrap: breaks at blanks, and keeps all other blanks as they are. */
function wrap(text: string, limit: number): string[] {
  let out = ''
  let current = 0
  let word = ''
  let space = ''
  const take = () => {
    current += space.length + word.length
    out += space + word
    space = ''
    word = ''
  }
  for (const c of text) {
    if (c === '\n') {
      if (word || current + space.length <= limit) take()
      space = ''
      out += c
      current = 0
    } else if (/\s/.test(c)) {
      if (!space || word) take()
      space += c
    } else {
      word += c
      if (current + word.length + space.length > limit && word.length < limit) {
        out += '\n'
        current = 0
        space = ''
      }
    }
  }
  if (word || current + space.length <= limit) out += space + word
  return out.split('\n')
}

const indented = (lines: readonly string[], indent: string): string =>
  lines.map(line => `${indent}${line}\n`).join('')

const typeText = (texts: FieldDescriptions, type: StructType): string =>
  type instanceof OpenApiStruct ? (type.source.description ?? '') : texts.type(type.schema)

const fieldText = (texts: FieldDescriptions, type: StructType, field: string): string =>
  type instanceof OpenApiStruct
    ? (type.source.properties?.[field]?.description ?? '')
    : texts.field(type.schema, field)

function descriptions(
  texts: FieldDescriptions,
  field: { type: FieldType; owner: StructType } | undefined,
  target: ValueType,
): string {
  // An object without a name of its own is described once: the field's text is its text.
  const isInline = field?.type.type === target && target.form === 'struct' && target.schema === 'Object'
  const all = [
    field ? fieldText(texts, field.owner, field.type.name) : '',
    target instanceof StructType && !isInline ? typeText(texts, target) : '',
  ]
  const lines = all.filter(Boolean).flatMap(text => wrap(text, 76))
  return indented(lines.length ? [...lines, ''] : ['<empty>'], '    ')
}

const required = (field: FieldType): string => (field.required ? ' -required-' : '')

function enumLine(type: ValueType, indent: string): string {
  const inner = elementOf(type)
  return 'values' in inner && Array.isArray(inner.values) && inner.values.length
    ? `${indent}enum: ${inner.values.join(', ')}\n`
    : ''
}

const sorted = (type: StructType): FieldType[] => [...type.fields].sort((a, b) => (a.name < b.name ? -1 : 1))

function fieldList(texts: FieldDescriptions, type: StructType): string {
  return sorted(type)
    .map(field => {
      const own = fieldText(texts, type, field.name)
      const inner = elementOf(field.type)
      const text = own || (inner instanceof StructType ? typeText(texts, inner) : '') || '<no description>'
      return `  ${field.name}\t<${typeName(field.type)}>${required(field)}\n${enumLine(field.type, '  ')}${indented(wrap(text, 76), '    ')}\n`
    })
    .join('')
}

function recursive(type: StructType, level: number, seen: ReadonlySet<string>): string {
  const indent = '  '.repeat(level)
  return sorted(type)
    .map(field => {
      const inner = elementOf(field.type)
      const deeper =
        inner instanceof StructType && !seen.has(inner.schema)
          ? recursive(inner, level + 1, new Set([...seen, inner.schema]))
          : ''
      return `${indent}${field.name}\t<${typeName(field.type)}>${required(field)}\n${enumLine(field.type, indent)}${deeper}`
    })
    .join('')
}
