// Tables from the server for people to read (cli-runtime printers/tableprinter.go), with namespace, kind and label
// columns added as asked for.

import { ownValue } from '../../engine/dictionary.ts'
import type { ObjectMeta } from '../../kinds/object.ts'
import { describeLabels } from './labels.ts'
import type { TabWriter } from './tab-writer.ts'

export interface TableOptions {
  readonly noHeaders: boolean
  readonly wide: boolean
  readonly withNamespace: boolean
  /** `pod`, `deployment.apps`: put before names. */
  readonly withKind: string
  readonly showLabels: boolean
  readonly labelColumns: readonly string[]
}

interface Column {
  name: string
  type?: string
  format?: string
  priority?: number
}

/** What the server answers where a Table is asked for; `rows` holds objects or their metadata alone. */
export interface Table {
  readonly columnDefinitions?: readonly Column[]
  readonly rows?: readonly {
    readonly cells: readonly unknown[]
    readonly object?: { metadata?: ObjectMeta }
  }[]
}

export class TablePrinter {
  readonly #options: TableOptions
  #columns: readonly Column[] | undefined
  #printedHeaders = false

  constructor(options: TableOptions) {
    this.#options = options
  }

  /** Later tables of a watch come without columns: they go on below the first. */
  print(table: Table, writer: TabWriter, eventType = ''): void {
    const options = this.#options
    const fresh = table.columnDefinitions ?? []
    if (fresh.length && fresh !== this.#columns) {
      if (!sameColumns(fresh, this.#columns)) this.#printedHeaders = false
      this.#columns = fresh
    }
    const columns = this.#columns ?? []
    const headers = !options.noHeaders && !this.#printedHeaders
    const rows = table.rows ?? []
    if (rows.length) this.#printedHeaders = true
    const shown = columns
      .map((column, i) => ({ column, i }))
      .filter(({ column }) => options.wide || !column.priority)
    const nameAt = options.withKind ? columns.findIndex(c => c.format === 'name' && c.type === 'string') : -1
    if (headers && rows.length) {
      const names = shown.map(({ column }) => column.name.toUpperCase())
      if (options.withNamespace) names.unshift('NAMESPACE')
      if (eventType) names.unshift('EVENT')
      names.push(...options.labelColumns.map(label => label.slice(label.lastIndexOf('/') + 1).toUpperCase()))
      if (options.showLabels) names.push('LABELS')
      writer.write(`${names.join('\t')}\n`)
    }
    for (const row of rows) {
      const meta = row.object?.metadata
      const cells = shown
        .filter(({ i }) => i < row.cells.length)
        .map(({ i }) => (i === nameAt ? `${options.withKind}/${row.cells[i]}` : cellText(row.cells[i])))
      if (options.withNamespace) cells.unshift(meta?.namespace ?? '')
      if (eventType) cells.unshift(eventType.padEnd(8))
      for (const label of options.labelColumns) cells.push(ownValue(meta?.labels, label) ?? '')
      if (options.showLabels) cells.push(describeLabels(meta?.labels))
      writer.write(`${cells.join('\t')}\n`)
    }
  }
}

const sameColumns = (a: readonly Column[], b: readonly Column[] | undefined): boolean =>
  a.length === b?.length && a.every((column, i) => column.name === b[i]!.name)

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  const text = String(cell)
  const end = text.search(/[\f\n\r]/)
  return end < 0 ? text : `${text.slice(0, end)}...`
}
