// The printer that -o and --template choose (cli-runtime genericclioptions print flags). Tables for people are another
// matter: see table.ts.
import { FileError } from '../../engine/files.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Context } from '../context.ts'
import { qualifiedKind } from '../discovery.ts'
import { CommandError } from '../errors.ts'
import { columnParts, templateParts } from '../loaders.ts'
import { kyamlText } from './kyaml.ts'
import { asStruct } from './typed.ts'
import { isObject, jsonText } from './values.ts'

/** Prints one object (or list) on stdout. */
export type Printer = (object: object) => void

const templateFormats = ['go-template', 'go-template-file', 'template', 'templatefile']
const pathFormats = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file']
const columnFormats = ['custom-columns', 'custom-columns-file']
const plainFormats = ['json', 'kyaml', 'name', 'yaml']

export interface PrinterOptions {
  /** `get` has columns and wide tables besides. */
  readonly columns?: boolean
  /** Said behind the name where -o is not given: `created`. */
  readonly operation?: string
  /** The command reads objects into Go structs (print/typed.ts). */
  readonly typed?: boolean
}

/** `pod/web`, `deployment.apps/web`. */
export function objectName(object: KubeObject): string {
  const slash = object.apiVersion.indexOf('/')
  const group = slash < 0 ? '' : object.apiVersion.slice(0, slash)
  return `${qualifiedKind({ group, kind: object.kind })}/${object.metadata?.name || '<unknown>'}`
}

/** Objects without their managed fields; lists as well. */
export function withoutManagedFields<T>(object: T): T {
  if (!isObject(object)) return object
  const { items, metadata } = object
  if (Array.isArray(items)) return { ...object, items: items.map(withoutManagedFields) }
  if (!isObject(metadata) || !metadata.managedFields) return object
  const { managedFields: _, ...rest } = metadata
  return { ...object, metadata: rest }
}

/** The objects of a list, or the one that it is. */
const listed = (object: object): readonly object[] =>
  'items' in object && Array.isArray(object.items) ? object.items : [object]

/** The format and what stands behind its `=`. */
export function outputFormat(ctx: Context): { format: string; argument: string } {
  const output = ctx.flags.string('output')
  const template = ctx.flags.has('template') ? ctx.flags.string('template') : ''
  const equals = output.indexOf('=')
  const format = equals < 0 ? output : output.slice(0, equals)
  const argument = equals < 0 ? template : output.slice(equals + 1)
  return { format: format || (template ? 'go-template' : ''), argument }
}

export function makePrinter(ctx: Context, options: PrinterOptions = {}): Printer {
  const { format, argument } = outputFormat(ctx)
  const allowMissing = ctx.flags.has('allow-missing-template-keys')
    ? ctx.flags.bool('allow-missing-template-keys')
    : true
  const shape = (object: object) => (options.typed ? asStruct(ctx, object) : object)
  // Templates see maps: kubectl writes a struct as JSON and reads it again.
  const asMap = (object: object) => (options.typed ? JSON.parse(JSON.stringify(shape(object))) : object)
  const strip = (object: object) =>
    shape(ctx.flags.bool('show-managed-fields') ? object : withoutManagedFields(object))
  let first = true
  const bare = plainFormats.includes(format) || format === 'wide'
  if (bare && ctx.flags.string('output') !== format) throw noPrinter(ctx, options)
  switch (format) {
    case '':
    case 'name': {
      const operation = options.operation && format === '' ? ` ${options.operation}` : ''
      const print: Printer = object => {
        for (const item of listed(object)) ctx.line(`${objectName(item as KubeObject)}${operation}`)
      }
      return print
    }
    case 'json':
      return object => ctx.out(jsonText(strip(object)))
    case 'yaml':
      return object => {
        ctx.out(`${first ? '' : '---\n'}${stringifyYaml(strip(object))}`)
        first = false
      }
    case 'kyaml':
      return object => ctx.out(kyamlText(strip(object)))
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file': {
      const text = format === 'jsonpath-file' ? templateFile(ctx, argument) : required(argument)
      const print = templateParts.get('jsonpath')(text, allowMissing, format === 'jsonpath-as-json')
      return object => ctx.out(print(asMap(object)))
    }
    case 'go-template':
    case 'go-template-file':
    case 'template':
    case 'templatefile': {
      const text = format.endsWith('file') ? templateFile(ctx, argument) : required(argument)
      const print = templateParts.get('go-template')(text, allowMissing, false, t => ctx.out(t))
      return object => ctx.out(print(asMap(object)))
    }
    case 'custom-columns':
    case 'custom-columns-file':
      if (options.columns) {
        const { ColumnPrinter, noColumns, parseColumnFile, parseColumns } = columnParts.get('custom-columns')
        if (!argument) throw noColumns()
        const columns =
          format === 'custom-columns'
            ? parseColumns(argument)
            : parseColumnFile(templateFile(ctx, argument, 'template'))
        const printer = new ColumnPrinter(columns, ctx.flags.bool('no-headers'))
        return object => printer.print(listed(object), text => ctx.out(text))
      }
  }
  throw noPrinter(ctx, options)
}

function noPrinter(ctx: Context, options: PrinterOptions): CommandError {
  return unknownFormat(ctx.flags.string('output'), [
    ...plainFormats,
    ...templateFormats,
    ...pathFormats,
    ...(options.columns ? [...columnFormats, 'wide'] : []),
  ])
}

export function unknownFormat(format: string, allowed: readonly string[]): CommandError {
  return new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${[...allowed].sort().join(',')}`,
  )
}

function required(template: string): string {
  if (!template) throw new CommandError('template format specified but no template given')
  return template
}

function templateFile(ctx: Context, path: string, subject = '--template'): string {
  if (!path) throw new CommandError('template format specified but no template given')
  try {
    return ctx.process.files.read(ctx.file(path))
  } catch (error) {
    if (error instanceof FileError)
      throw new CommandError(`error reading ${subject} ${path}, open ${path}: ${error.reason.toLowerCase()}`)
    throw error
  }
}
