// JSON as CEL sees it: numbers without a fraction are integers, and a definition's `number` is a double all the same.

import { dictionary } from '../../engine/dictionary.ts'
import { CelError, cel } from './cel.ts'

/** What of a definition's schema matters for values. */
export interface ValueSchema {
  readonly type?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, ValueSchema>>
  readonly additionalProperties?: ValueSchema | boolean
  readonly items?: ValueSchema
}

/** The value for an expression; with a schema, names that CEL cannot write are escaped as Kubernetes does it. */
export function celValue(value: unknown, schema?: ValueSchema): unknown {
  if (typeof value === 'number')
    return schema?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value
  if (typeof value === 'string') return schema?.format ? formatted(value, schema.format) : value
  if (Array.isArray(value)) return value.map(item => celValue(item, schema?.items))
  if (value === null || typeof value !== 'object') return value
  const result: Record<string, unknown> = {}
  const properties = schema?.properties
  const other = typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined || name === '__proto__') continue
    const known = properties && Object.hasOwn(properties, name) ? properties[name] : undefined
    result[known ? escapeName(name) : name] = celValue(field, known ?? other)
  }
  return result
}

const conversions: Readonly<Record<string, string>> = dictionary({
  'date-time': 'timestamp(text)',
  date: "timestamp(text + 'T00:00:00Z')",
  duration: 'duration(text)',
})

/** Times are times where a schema says so; what is none stays text. */
function formatted(text: string, format: string): unknown {
  const conversion = conversions[format]
  if (!conversion) return text
  try {
    return cel().evaluate(conversion, { text })
  } catch (error) {
    if (error instanceof CelError) return text
    throw error
  }
}

/** The JSON of a value that an expression made; optional fields without a value are left out. */
export function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(jsonValue)
  if (value instanceof Map) return jsonValue(Object.fromEntries(value))
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, jsonValue(field)]))
}

const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)

const signs: Readonly<Record<string, string>> = { '.': '__dot__', '-': '__dash__', '/': '__slash__' }

/** apiserver/pkg/cel/escaping.go: `a-b` is written `a__dash__b`, `namespace` `__namespace__`. */
export function escapeName(name: string): string {
  if (reserved.has(name)) return `__${name}__`
  return name.replace(/__|[.\-/]/g, sign => signs[sign] ?? '__underscores__')
}
