// The types of the API, read lazily from the generated tables: structs with their fields in the order of the Go
// structs, and what decoding, patches, managed fields and `kubectl explain` must know of each. The types of every day are
// there at once; the others are parts, each asked for after those before it.
import { typeParts } from './schema/loaders.ts'
import { typeTables } from './schema/type-tables.ts'

export type ScalarForm =
  | 'string'
  | 'int32'
  | 'int64'
  | 'bool'
  | 'float64'
  | 'bytes'
  | 'quantity'
  | 'time'
  | 'microTime'
  | 'intOrString'
  /** Any JSON: runtime.RawExtension, FieldsV1. */
  | 'raw'

export interface ScalarType {
  readonly form: ScalarForm
  /** Go's name of the type as the decoder's messages print it: `string`, `v1.PullPolicy`, `intstr.IntOrString`. */
  readonly go: string
  /** Values that the OpenAPI document lists, sorted. */
  readonly values?: readonly string[]
}

export interface ListType {
  readonly form: 'list'
  readonly items: ValueType
  /** x-kubernetes-list-type; '' where none is given (treated as atomic). */
  readonly listType: '' | 'atomic' | 'set' | 'map'
  /** x-kubernetes-list-map-keys. */
  readonly keys: readonly string[]
}

export interface MapType {
  readonly form: 'map'
  /** x-kubernetes-map-type: atomic. */
  readonly atomic?: boolean
  readonly values: ValueType
  readonly go: string
}

export type ValueType = ScalarType | ListType | MapType | StructType

export interface FieldType {
  readonly name: string
  readonly type: ValueType
  /** Name of the struct that has the field. */
  readonly owner: string
  /** Go names of the embedded structs that the field comes from; '' for none. */
  readonly embedded: string
  readonly required: boolean
  /** Written even where empty: no omitempty. */
  readonly always: boolean
  /** A Go pointer: 0, false and '' are values of their own, not absence. */
  readonly pointer: boolean
  /** Left out where it is a zero struct (omitzero). */
  readonly omitZero: boolean
  /** `merge`, `retainKeys`, both, or `replace`; empty: none. */
  readonly patchStrategy: readonly ('merge' | 'retainKeys' | 'replace')[]
  readonly mergeKey?: string
  /** The default that the OpenAPI document states (only such as are not zero). */
  readonly default?: string | number
}

export class StructType {
  readonly form = 'struct'
  /** `io.k8s.api.core.v1.PodSpec`. */
  readonly schema: string
  /** `PodSpec`. */
  readonly name: string
  /** x-kubernetes-map-type: atomic. */
  readonly atomic: boolean
  #line: string
  #fields: FieldType[] | undefined
  /** How many parts are needed to know its fields' types. */
  #parts = 0
  #positions: Map<string, number> | undefined
  #needed: number[] | undefined

  constructor(schema: string, line: string) {
    this.schema = schema
    this.name = schema.slice(schema.lastIndexOf('.') + 1)
    this.atomic = line.startsWith('~')
    this.#line = this.atomic ? line.slice(1) : line
  }

  /** Fields in the order of the Go struct; throws MissingPart. */
  get fields(): readonly FieldType[] {
    // A part is asked for each time: it belongs to what the present world needs.
    if (this.#fields) {
      if (this.#parts) for (const name of typeParts.names.slice(0, this.#parts)) typeParts.get(name)
    } else {
      this.#fields = this.#read()
      this.#parts = Math.max(0, ...this.#fields.map(({ type }) => partsFor(type)))
    }
    return this.#fields
  }

  #read(): FieldType[] {
    const owner = this.schema.slice(0, this.schema.lastIndexOf('.'))
    const line = this.#line.replace('$', '<TypeMeta kind:s apiVersion:s < metadata:$')
    const fields: FieldType[] = []
    let embedded = ''
    for (const text of line ? line.split(' ') : [])
      if (text.startsWith('<')) embedded = text.slice(1)
      else fields.push(parseField(text, owner, this.name, embedded))
    return fields
  }

  /** Position of a field in `fields`. */
  index(name: string): number | undefined {
    this.#positions ??= new Map(this.fields.map((field, i) => [field.name, i]))
    return this.#positions.get(name)
  }

  /** Positions of the fields that are written even where a document leaves them out. */
  get needed(): readonly number[] {
    this.#needed ??= this.fields.flatMap((field, i) =>
      field.default !== undefined || isAlwaysWritten(field) ? [i] : [],
    )
    return this.#needed
  }

  field(name: string): FieldType | undefined {
    const i = this.index(name)
    return i === undefined ? undefined : this.fields[i]
  }

  get go(): string {
    return goName(this.schema)
  }
}

/** Go structs, which omitempty never leaves out: times are written as null. */
const structForms: readonly string[] = ['struct', 'time', 'microTime', 'quantity', 'intOrString', 'raw']

const isAlwaysWritten = (field: FieldType): boolean =>
  field.always || (!field.pointer && !field.omitZero && structForms.includes(field.type.form))

/** `v1.Container`: package and name. */
const goName = (schema: string): string => schema.split('.').slice(-2).join('.')

/** Go's name of a type, as in `… of type []v1.Container`. */
export function goTypeName(type: ValueType): string {
  return type.form === 'list' ? `[]${goTypeName(type.items)}` : type.go
}

/** The struct of a schema name such as `io.k8s.api.core.v1.Pod`; throws MissingPart. */
export function structType(schema: string): StructType | undefined {
  const type = lookUp(schema)
  return type?.form === 'struct' ? type : undefined
}

/** All schema names in the tables; throws MissingPart. */
export const schemaNames = (): string[] =>
  [base(), ...typeParts.all().map(tableOf)].flatMap(table => [...table.keys()])

/** Of a table: what a line says of a type, or the type, once somebody has asked for it; by schema name. */
type Table = Map<string, string | ValueType>

const tables = new Map<string, Table>()
const aliases = new Map<string, string>()
/** How many parts are needed to know a type: of those that are not there at once. */
const parts = new Map<ValueType, number>()

function tableOf(text: string): Table {
  const known = tables.get(text)
  if (known) return known
  const table: Table = new Map()
  let owner = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('@')) {
      const alias = line[1]!
      owner = line.slice(3) || aliases.get(alias)!
      aliases.set(alias, owner)
    } else if (line) {
      const end = line.search(/[ =]/)
      table.set(`${owner}.${line.slice(0, end)}`, line.slice(end))
    }
  }
  tables.set(text, table)
  return table
}

/** The types of every day; it also names the packages of the others. */
const base = (): Table => tableOf(typeTables)

/** Package of a letter that stands for it in the tables. */
export function packageName(alias: string): string {
  base()
  return aliases.get(alias)!
}

function lookUp(schema: string): ValueType | undefined {
  const type = typeIn(base(), schema)
  if (type) return type
  for (const [i, name] of typeParts.names.entries()) {
    const further = typeIn(tableOf(typeParts.get(name)), schema)
    if (!further) continue
    parts.set(further, i + 1)
    return further
  }
  return undefined
}

function typeIn(table: Table, schema: string): ValueType | undefined {
  const known = table.get(schema)
  if (typeof known !== 'string') return known
  const type: ValueType =
    known[0] === '='
      ? { form: 'string', go: goName(schema), values: known.length > 1 ? known.slice(1).split('|') : [] }
      : new StructType(schema, known.slice(1))
  table.set(schema, type)
  return type
}

function partsFor(type: ValueType): number {
  return type.form === 'list'
    ? partsFor(type.items)
    : type.form === 'map'
      ? partsFor(type.values)
      : (parts.get(type) ?? 0)
}

const scalars: Record<string, ScalarType> = {
  s: { form: 'string', go: 'string' },
  i: { form: 'int32', go: 'int32' },
  l: { form: 'int64', go: 'int64' },
  b: { form: 'bool', go: 'bool' },
  f: { form: 'float64', go: 'float64' },
  y: { form: 'bytes', go: '[]uint8' },
  q: { form: 'quantity', go: 'resource.Quantity' },
  t: { form: 'time', go: 'v1.Time' },
  u: { form: 'microTime', go: 'v1.MicroTime' },
  o: { form: 'intOrString', go: 'intstr.IntOrString' },
  r: { form: 'raw', go: 'runtime.RawExtension' },
}
const resourceList: MapType = { form: 'map', values: scalars.q!, go: 'v1.ResourceList' }

function parseType(text: string, owner: string): ValueType {
  if (text[0] === '[') {
    const mark = /^\[(=|~|[\w&]+:|)/.exec(text)![1]!
    const items = parseType(text.slice(1 + mark.length), owner)
    const listType = mark === '' ? '' : mark === '=' ? 'set' : mark === '~' ? 'atomic' : 'map'
    return { form: 'list', items, listType, keys: listType === 'map' ? mark.slice(0, -1).split('&') : [] }
  }
  if (text[0] === '{') {
    const atomic = text[1] === '~'
    const values = parseType(text.slice(atomic ? 2 : 1), owner)
    return { form: 'map', values, atomic, go: `map[string]${goTypeName(values)}` }
  }
  if (text === 'R') return resourceList
  if (text === '$') return lookUp('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')!
  if (text[1] === '/') return lookUp(`${aliases.get(text[0]!)}.${text.slice(2)}`)!
  return scalars[text] ?? lookUp(`${owner}.${text}`)!
}

const strategies = { m: 'merge', r: 'retainKeys', x: 'replace' } as const

function parseField(text: string, pkg: string, owner: string, embedded: string): FieldType {
  const [, name = '', flags = '', pointer, type = '', strategy = '', mergeKey, value] =
    /^([^!+\-:]+)([!+-]*):(\*?)([^^=]*?(?:\[=[^^=]*)?)(?:\^([mrx]*)(?:@(\w+))?)?(?:=(.*))?$/.exec(text)!
  const parsed = parseType(type, pkg)
  return {
    name,
    type: parsed,
    owner,
    embedded,
    required: flags.includes('!'),
    always: flags.includes('+'),
    pointer: pointer === '*',
    omitZero: flags.includes('-'),
    patchStrategy: [...strategy].map(letter => strategies[letter as 'm']),
    mergeKey: mergeKey ?? (strategy.includes('m') && parsed.form === 'list' ? parsed.keys[0] : undefined),
    default: value === undefined ? undefined : parsed.form === 'int32' ? Number(value) : value,
  }
}
