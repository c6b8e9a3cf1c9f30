// Columns of the server-side Table of each kind (generated from the real server's answers). The descriptions are in
// schema/column-descriptions.ts, which only the HTTP server and `-o json` of a raw Table need.
import { columnTables } from './schema/column-tables.ts'

export interface Column {
  readonly name: string
  /** `string`, `integer`, `boolean`, `date`; the definition of a custom resource may say `number` too. */
  readonly type: string
  readonly format: '' | 'name'
  /** 0: always shown; 1: with `-o wide`. */
  readonly priority: 0 | 1
}

const types = { i: 'integer', b: 'boolean', d: 'date' } as const
const lines = new Map(
  columnTables
    .trim()
    .split('\n')
    .map(line => [line.slice(0, line.indexOf('|')), line.slice(line.indexOf('|') + 1)]),
)
const parsed = new Map<string, readonly Column[]>()

/** The columns of a resource; unknown ones have Name and Created At. */
export function columnsOf(resource: { group: string; version: string; plural: string }): readonly Column[] {
  const key = `${resource.plural}.${resource.group ? `${resource.group}/` : ''}${resource.version}`
  let columns = parsed.get(key)
  if (!columns) {
    columns = (lines.get(key) ?? 'Name|Created At:d').split('|').map(text => {
      const [, name = '', type, wide, odd] = /^([^:*!]+)(?::(\w))?(\*)?(!)?$/.exec(text)!
      return {
        name,
        type: types[type as 'i'] ?? 'string',
        format: (name === 'Name') !== Boolean(odd) ? ('name' as const) : ('' as const),
        priority: wide ? 1 : 0,
      }
    })
    parsed.set(key, columns)
  }
  return columns
}
