// The protobuf messages of the API, read lazily from what scripts/schema/protobuf.go printed of the Go structs.
import table from './messages.json' with { type: 'json' }

export interface Field {
  /** JSON's name; '' for an embedded struct, whose fields JSON has in its place. */
  readonly name: string
  readonly number: number
  readonly type: Type
  readonly omitEmpty: boolean
  readonly omitZero: boolean
}

export interface Type {
  /** A Go pointer has absence beside its zero value. Lists and maps are absent where they are empty. */
  readonly shape: 'value' | 'pointer' | 'list' | 'map'
  /** A scalar (`string`, `bytes`, `int`, `bool`, `double`) or the name of a message. */
  readonly of: string
}

export interface Message {
  readonly schema: string
  readonly fields: readonly Field[]
  /** JSON has the list of the only field in place of the message (`authentication.v1.ExtraValue`). */
  readonly isList: boolean
}

const shapes = { '*': 'pointer', '[]': 'list', '{}': 'map' } as const
const messages = new Map<string, Message>()

function typeOf(text: string): Type {
  const prefix = /^(?:\*|\[\]|\{\})/.exec(text)?.[0] ?? ''
  return { shape: shapes[prefix as '*'] ?? 'value', of: text.slice(prefix.length) }
}

/** Throws where the tables have no such message, which is a fault of theirs. */
export function messageOf(schema: string): Message {
  const known = messages.get(schema)
  if (known) return known
  const rows = (table.messages as unknown as Record<string, [string, number, string, string][]>)[schema]
  if (!rows) throw new Error(`no protobuf message ${schema}`)
  const fields = rows.map(([name, number, type, flags]) => ({
    name,
    number,
    type: typeOf(type),
    omitEmpty: flags.includes('e'),
    omitZero: flags.includes('z'),
  }))
  const message = { schema, fields, isList: rows[0]?.[3] === 'list' }
  messages.set(schema, message)
  return message
}

const kinds: Readonly<Record<string, string>> = table.kinds

/** The schema of a kind that has a protobuf form: `v1`, `Pod`. */
export const schemaOf = (apiVersion: string, kind: string): string | undefined =>
  kinds[`${apiVersion}/${kind}`]

/** All kinds, as `apps/v1/Deployment`. */
export const kindNames = (): string[] => Object.keys(kinds)
