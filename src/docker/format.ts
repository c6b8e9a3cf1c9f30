// What `--format` asks for (cli/command/formatter): a table, a template for each row, or JSON; and the table that a command
// prints without it. A command gives its columns, each a name for templates with the words of its head.
import { Template } from '../kubectl/print/go-template.ts'
import type { TemplateFunctions } from '../kubectl/print/go-template-functions.ts'
import { TemplateError } from '../kubectl/print/go-template-parser.ts'
import { jsonLine } from '../kubectl/print/values.ts'
import { DockerError } from './errors.ts'

/** A row's values by the names that templates use, in the order of JSON. */
export type Row = Readonly<Record<string, unknown>>

export interface Listing {
  /** Heads of columns by their name: `{ ID: 'IMAGE ID' }`. */
  readonly heads: Readonly<Record<string, string>>
  /** The columns of the plain table, in order. */
  readonly columns: readonly string[]
  /** Go's type of a row, which complaints name: `*formatter.imageContext`. */
  readonly type: string
  readonly rows: readonly Row[]
  /** The name to print alone for `--quiet`. */
  readonly quiet?: string
}

/** Docker's own functions in templates (templates/templates.go). */
export const functions: TemplateFunctions = {
  json: value => jsonLine(value),
  split: (text, by) => String(text).split(String(by)),
  join: (list, by) => (Array.isArray(list) ? list : []).join(String(by)),
  title: text => String(text).replace(/\b\p{L}/gu, c => c.toUpperCase()),
  lower: text => String(text).toLowerCase(),
  upper: text => String(text).toUpperCase(),
  pad: (text, before, after) => (text ? ' '.repeat(Number(before)) + text + ' '.repeat(Number(after)) : ''),
  truncate: (text, length) => String(text).slice(0, Number(length)),
}

/** Cells in columns, three blanks between (text/tabwriter with 10, 1, 3 in docker's client). */
export function columnsText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(10, ...rows.map(row => [...(row[i] ?? '')].length + 3)),
  )
  return rows
    .map(
      row =>
        `${row.map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - [...cell].length))).join('')}\n`,
    )
    .join('')
}

/** What goes wrong with a template, in docker's words: it has no name. */
export const templateFault = (error: TemplateError, name = ''): string =>
  error.message
    .replace(/^template: output:/, `template: ${name}:`)
    .replace('executing "output"', `executing "${name}"`)

function template(text: string, type: string): Template {
  try {
    return new Template(text, { functions, type })
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new DockerError(`template parsing error: ${templateFault(error)}`, 64)
  }
}

function fill(made: Template, row: Row): string {
  try {
    return made.run(row)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new DockerError(`template parsing error: ${templateFault(error)}`)
  }
}

/** `\t` and `\n` are typed as two characters. */
const unescaped = (text: string): string =>
  text.replace(/\\([tn\\])/g, (_, c) => (c === 't' ? '\t' : c === 'n' ? '\n' : '\\'))

export function formatted(listing: Listing, format: string, quiet = false): string {
  const { heads, columns, rows, type } = listing
  if (quiet && (!format || format === 'table') && listing.quiet)
    return rows.map(row => `${row[listing.quiet!]}\n`).join('')
  if (!format || format === 'table')
    return columnsText([
      columns.map(name => heads[name]!),
      ...rows.map(row => columns.map(name => String(row[name]))),
    ])
  if (format === 'json') return rows.map(row => `${inOrder(row)}\n`).join('')
  const isTable = /^table\s/.test(format)
  const text = unescaped(isTable ? format.slice(5).trimStart() : format)
  const made = template(text, type)
  const lines = rows.map(row => fill(made, row))
  if (!isTable) return lines.map(line => `${line}\n`).join('')
  return columnsText([fill(made, heads), ...lines].map(line => line.split('\t')))
}

/** A row's JSON: what is not shown there has names that begin with a small letter. */
const inOrder = (row: Row): string =>
  jsonLine(Object.fromEntries(Object.entries(row).filter(([name]) => name[0] === name[0]!.toUpperCase())))
