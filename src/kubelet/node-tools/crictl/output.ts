// How crictl shows what it has: tables, JSON, YAML, and templates as far as they name fields.
import type { Writable } from '../../../engine/pipe.ts'
import { stringifyYaml } from '../../../yaml/stringify.ts'
import type { Options } from './flags.ts'
import { Fatal } from './runtime.ts'

/** tabwriter with cells of 20 at least and three blanks between; the last one is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(20, ...rows.map(row => row[i]!.length + 3)))
  return rows
    .map(row => `${row.map((c, i) => (i === row.length - 1 ? c : c.padEnd(widths[i]!))).join('')}\n`)
    .join('')
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

/** A list as `-o json` or `-o yaml`; false where a table is wanted. */
export function writtenAsMessage(stdout: Writable, options: Options, message: object): boolean {
  const format = options.text('output')
  if (format === 'json') stdout.write(json(message))
  else if (format === 'yaml') stdout.write(`${stringifyYaml(message)}\n`)
  else return false
  return true
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}

function filled(template: string, value: unknown): string {
  return template.replace(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/g, (_, action: string) => {
    if (!/^(\.[\w]+)+$|^\.$/.test(action))
      throw new Fatal(`execute template: this simulator's crictl knows fields alone, and not {{${action}}}`)
    let at = value
    for (const name of action.split('.').filter(Boolean)) {
      const fields = at as Record<string, unknown> | null | undefined
      at = fields !== null && typeof fields === 'object' ? fields[name] : undefined
    }
    return at === undefined ? '<no value>' : typeof at === 'object' ? JSON.stringify(at) : String(at)
  })
}

/** Statuses, one as it stands and several as a list; its keys sorted, as Go's maps are written. */
export function writeStatuses(stdout: Writable, options: Options, statuses: readonly object[]): void {
  const format = options.text('output') || 'json'
  const value = sorted(statuses.length === 1 ? statuses[0] : statuses)
  if (format === 'json') stdout.write(json(value))
  else if (format === 'yaml') stdout.write(`${stringifyYaml(value)}\n`)
  else if (format === 'go-template') stdout.write(`${filled(options.text('template'), value)}\n`)
  else throw new Fatal(`unsupported format: ${JSON.stringify(format)}`)
}

/** `\tname -> value` of each, sorted by name. */
export const pairs = (values: Readonly<Record<string, string>>): string =>
  Object.keys(values)
    .sort()
    .map(name => `\t${name} -> ${values[name]}\n`)
    .join('')
