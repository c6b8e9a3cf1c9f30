// kubectl get: tables, other formats, and watching.
import type { Task } from '../../engine/task.ts'
import { Interrupt } from '../../engine/task.ts'
import { age as ageText } from '../../kinds/machinery/duration.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { build, type Info, infosOf } from '../builder.ts'
import { itemsOf } from '../client.ts'
import { type Command, fileFlags, printFlags, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { qualifiedKind, type Resource } from '../discovery.ts'
import {
  CommandError,
  isNotFound,
  isOurs,
  PlainError,
  StatusError,
  throwAll,
  UnsortableField,
} from '../errors.ts'
import { klogPrefix } from '../klog.ts'
import { rawParts, sortParts } from '../loaders.ts'
import { makePrinter, outputFormat, withoutManagedFields } from '../print/printers.ts'
import { TabWriter } from '../print/tab-writer.ts'
import { type Table, TablePrinter } from '../print/table.ts'
import { jsonLine } from '../print/values.ts'

export const get: Command = {
  name: 'get',
  flags: `${printFlags}${fileFlags}${selectorFlag}all-namespaces,A chunk-size:i=500 field-selector:s ignore-not-found
    label-columns,L:l no-headers output-watch-events raw:s server-print=true show-kind show-labels sort-by:s subresource:s
    watch,w watch-only`,
  *run(ctx) {
    const { flags } = ctx
    if (flags.changed('raw')) return yield* raw(ctx)
    const watching = flags.bool('watch') || flags.bool('watch-only')
    if (ctx.args.length === 0 && !flags.changed('filename') && !flags.changed('kustomize') && !watching) {
      ctx.err(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      )
      throw ctx.usageError(
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
      )
    }
    const { format } = outputFormat(ctx)
    if (flags.bool('show-labels') && format && format !== 'wide')
      throw new CommandError(`--show-labels option cannot be used with ${flags.string('output')} printer`)
    if (flags.bool('output-watch-events') && !watching)
      throw new CommandError('--output-watch-events option can only be used with --watch or --watch-only')
    const human = format === '' || format === 'wide'
    if (watching) return yield* watch(ctx, human)
    try {
      return yield* human ? printTables(ctx) : printAll(ctx)
    } catch (error) {
      if (!(error instanceof UnsortableField)) throw error
      throw new PlainError(`${klogPrefix(ctx, 'F')} ${error.message}`)
    }
  },
}

function selection(ctx: Context) {
  const { flags } = ctx
  return {
    allowEmptySelector: true,
    selector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    allNamespaces: ctx.allNamespaces,
    subresource: flags.string('subresource'),
    latest: true,
  }
}

function* raw(ctx: Context): Task<number> {
  if (ctx.args.length) throw new CommandError('arguments may not be passed when --raw is specified')
  if (ctx.flags.changed('output')) throw new CommandError('--raw and --output are mutually exclusive')
  return yield* rawParts.get('--raw').rawRequest(ctx, 'GET')
}

const withoutNotFound = (ctx: Context, errors: readonly Error[]): Error[] =>
  errors.filter(error => !(ctx.flags.bool('ignore-not-found') && isNotFound(error)))

/** All formats but tables: several objects become one List. */
function* printAll(ctx: Context): Task<number> {
  const built = yield* build(ctx, { ...selection(ctx), continueOnError: true })
  const errors = withoutNotFound(ctx, built.errors)
  if (errors.length && built.single) throwAll(errors)
  if (built.infos.length === 0 && ctx.flags.bool('ignore-not-found')) {
    throwAll(errors)
    return 0
  }
  const sortBy = ctx.flags.string('sort-by')
  let objects = built.infos.map(info => info.object)
  const print = makePrinter(ctx, { columns: true })
  if (built.single && objects.length === 1) print(objects[0]!)
  else {
    if (sortBy) objects = sortParts.get('--sort-by').sortByPath(objects, object => object, sortBy)
    print({ apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } })
  }
  throwAll(errors)
  return 0
}

function tableOptions(ctx: Context, withNamespace: boolean, withKind: string) {
  const { flags } = ctx
  return {
    noHeaders: flags.bool('no-headers'),
    wide: outputFormat(ctx).format === 'wide',
    withNamespace,
    withKind: withKind,
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  }
}

/** What was asked of the server as a table is one, whatever it is called. */
const tableOf = (ctx: Context, object: KubeObject, fromServer: boolean): Table =>
  fromServer ? (object as KubeObject & Table) : clientTable(ctx, object)

/** Name and age of plain objects, for --server-print=false. */
function clientTable(ctx: Context, object: KubeObject): Table {
  return {
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name' },
      { name: 'Age', type: 'string' },
    ],
    rows: itemsOf(object).map(item => ({
      cells: [item.metadata.name, ageText(item.metadata.creationTimestamp, ctx.now)],
      object: item,
    })),
  }
}

function* printTables(ctx: Context): Task<number> {
  const { flags } = ctx
  const sortBy = flags.string('sort-by')
  const serverPrint = flags.bool('server-print')
  const built = yield* build(ctx, {
    ...selection(ctx),
    continueOnError: true,
    keepLists: serverPrint,
    ...(serverPrint && { accept: 'table' as const }),
    includeObject: sortBy !== '',
  })
  const errors = withoutNotFound(ctx, built.errors)
  let written = false
  let separate = false
  const writer = new TabWriter(text => {
    if (separate) ctx.out('\n')
    separate = false
    written = true
    ctx.out(text)
  })
  const several = new Set(built.infos.map(info => info.resource)).size > 1
  // As in the real one: several tables are ordered as objects, and their rows are not.
  const tables = built.infos.length > 1 && sortBy && serverPrint
  if (tables) sortParts.get('--sort-by').sortByPath(built.infos, info => info.object, sortBy)
  let withNamespace = false
  let printer: TablePrinter | undefined
  let last: Info | undefined
  for (const info of built.infos) {
    if (!printer || last?.resource !== info.resource) {
      writer.flush()
      writer.forgetWidths()
      if (last && !flags.bool('no-headers') && written) separate = true
      const kind = several || flags.bool('show-kind') ? qualifiedKind(info.resource) : ''
      // Once a table has had the column of namespaces, the following ones have it too.
      withNamespace ||= ctx.allNamespaces && info.resource.namespaced
      printer = new TablePrinter(tableOptions(ctx, withNamespace, kind))
    }
    last = info
    const table = tableOf(ctx, info.object, serverPrint)
    printer.print(sortBy && !tables ? sorted(table, sortBy) : table, writer)
  }
  writer.flush()
  if (!written && !flags.bool('ignore-not-found') && errors.length === 0) {
    const namespaced = !ctx.allNamespaces && built.infos.every(info => info.resource.namespaced)
    ctx.err(namespaced ? `No resources found in ${ctx.namespace} namespace.\n` : 'No resources found\n')
  }
  throwAll(errors)
  return 0
}

/** A table that cannot be sorted is not printed, as kubectl does. */
function sorted(table: Table, sortBy: string): Table {
  if (!table.rows || table.rows.length < 2) return table
  try {
    return {
      ...table,
      rows: sortParts.get('--sort-by').sortByPath(table.rows, row => row.object, sortBy),
    }
  } catch (error) {
    if (error instanceof Error && isOurs(error)) return { ...table, rows: [] }
    throw error
  }
}

function* watch(ctx: Context, human: boolean): Task<number> {
  const { flags } = ctx
  const watchOnly = flags.bool('watch-only')
  if (flags.string('sort-by'))
    ctx.err(
      watchOnly
        ? 'warning: --watch-only requested, --sort-by will be ignored\n'
        : 'warning: --watch requested, --sort-by will be ignored for watch events received\n',
    )
  const asTable = human && flags.bool('server-print')
  let infos: Info[]
  try {
    infos = yield* infosOf(ctx, {
      ...selection(ctx),
      keepLists: true,
      singleType: true,
      ...(asTable && { accept: 'table' as const }),
    })
  } catch (error) {
    if (isNotFound(error) && flags.bool('ignore-not-found')) return 0
    throw error
  }
  if (new Set(infos.map(info => info.resource)).size > 1)
    throw new CommandError(
      'watch is only supported on individual resources and resource collections - more than 1 resource was found',
    )
  const events = flags.bool('output-watch-events')
  const show = human ? tableShow(ctx, infos[0]!.resource, asTable) : objectShow(ctx, events)
  if (infos.length !== 1) {
    for (const info of infos) show(info.object, events ? 'ADDED' : '')
    throw new CommandError('you may only watch a single resource or type of resource at a time')
  }
  const { resource, namespace, name, object } = infos[0]!
  const isList = name === ''
  if (!watchOnly) {
    if (isList && !human) for (const item of itemsOf(object)) show(item, events ? 'ADDED' : '')
    else if (!isList || human) show(object, events ? 'ADDED' : '')
  }
  const query: Record<string, string> = { resourceVersion: object.metadata?.resourceVersion ?? '' }
  if (flags.string('selector')) query.labelSelector = flags.string('selector')
  if (flags.string('field-selector')) query.fieldSelector = flags.string('field-selector')
  if (name) query.fieldSelector = `metadata.name=${name}`
  const queue = ctx.client.watch(
    resource,
    resource.namespaced ? namespace : '',
    query,
    asTable ? 'table' : undefined,
  )
  const timeout = ctx.requestTimeout
  const deadline = timeout ? ctx.now + timeout : undefined
  try {
    for (;;) {
      const event = yield* queue.next(deadline)
      if (!event) return 0
      if (event.type === 'ERROR') throw new StatusError(event.object)
      if (event.type !== 'BOOKMARK') show(event.object, events ? event.type : '')
    }
  } catch (error) {
    if (error instanceof Interrupt && error.signal === 'SIGINT') return 1
    throw error
  } finally {
    queue.stop()
  }
}

type Show = (object: KubeObject, event: string) => void

function tableShow(ctx: Context, resource: Resource, fromServer: boolean): Show {
  const kind = ctx.flags.bool('show-kind') ? qualifiedKind(resource) : ''
  const printer = new TablePrinter(tableOptions(ctx, ctx.allNamespaces, kind))
  const writer = new TabWriter(text => ctx.out(text))
  return (object, event) => {
    printer.print(tableOf(ctx, object, fromServer), writer, event)
    writer.flush()
  }
}

/** Events stand around the objects, but where only names are printed; as JSON each is a line. */
function objectShow(ctx: Context, events: boolean): Show {
  const print = makePrinter(ctx, { columns: true })
  const { format } = outputFormat(ctx)
  if (!events || format === 'name') return object => print(object)
  if (format === 'json')
    return (object, type) => ctx.line(`{"type":"${type}","object":${jsonLine(withoutManagedFields(object))}}`)
  return (object, type) => print({ type, object })
}
