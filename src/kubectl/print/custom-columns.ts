// `-o custom-columns=NAME:.metadata.name,…` (kubectl pkg/cmd/get/customcolumn.go).
import { CommandError } from '../errors.ts'
import { JsonPath, relaxedPath } from './jsonpath.ts'
import { TabWriter } from './tab-writer.ts'
import { plainText } from './values.ts'

export interface ColumnSpec {
  readonly header: string
  readonly path: string
}

export const noColumns = (): CommandError =>
  new CommandError('custom-columns format specified but no custom columns given')

export function parseColumns(spec: string): ColumnSpec[] {
  return spec.split(',').map(part => {
    const colon = part.indexOf(':')
    if (colon < 0)
      throw new CommandError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, colon), path: relaxedPath(part.slice(colon + 1)) }
  })
}

/** A template file: a line of headers above a line of paths. */
export function parseColumnFile(text: string): ColumnSpec[] {
  const missing = (what: string) =>
    new CommandError(
      `invalid template, missing ${what} line. Expected format is one line of space separated headers, one line of space separated column specs.`,
    )
  if (!text) throw missing('header')
  if (!text.replace(/\n$/, '').includes('\n')) throw missing('spec')
  const [first, second] = text.split('\n').map(line => line.trim().split(/\s+/).filter(Boolean))
  if (!first?.length || !second?.length || first.length !== second.length)
    throw new CommandError(
      `number of headers (${first?.length ?? 0}) and field specifications (${second?.length ?? 0}) don't match`,
    )
  return first.map((header, i) => ({ header, path: relaxedPath(second[i]!) }))
}

export class ColumnPrinter {
  readonly #columns: { header: string; path: JsonPath }[]
  #headers: boolean

  constructor(columns: readonly ColumnSpec[], noHeaders: boolean) {
    this.#columns = columns.map(({ header, path }) => {
      try {
        return { header, path: new JsonPath(path) }
      } catch (error) {
        throw new CommandError((error as Error).message)
      }
    })
    this.#headers = !noHeaders
  }

  print(objects: readonly unknown[], write: (text: string) => void): void {
    const writer = new TabWriter(write)
    if (this.#headers) writer.write(`${this.#columns.map(c => c.header).join('\t')}\n`)
    this.#headers = false
    try {
      for (const object of objects)
        writer.write(`${this.#columns.map(c => this.#cell(c.path, object)).join('\t')}\n`)
    } finally {
      writer.flush()
    }
  }

  #cell(path: JsonPath, object: unknown): string {
    let values: unknown[]
    try {
      values = path.find(object).flat()
    } catch (error) {
      throw new CommandError((error as Error).message)
    }
    return values.length ? values.map(plainText).join(',') : '<none>'
  }
}
