// JSON values as Go writes them: encoding/json with sorted keys, fmt's %v and %#v.

/** An object of JSON: what its fields are shows when they are looked at. */
export type Dict = Record<string, unknown>

export const isObject = (value: unknown): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field that is text; '' where it is none. */
export const textOf = (object: Readonly<Dict> | undefined, field: string): string => {
  const value = object?.[field]
  return typeof value === 'string' ? value : ''
}

/** A field that is an object; {} where it is none. */
export const dictOf = (object: Readonly<Dict> | undefined, field: string): Dict => {
  const value = object?.[field]
  return isObject(value) ? value : {}
}

/** The objects of a field that is a list; none where it is no list. */
export const listOf = (object: Readonly<Dict> | undefined, field: string): Dict[] => {
  const value = object?.[field]
  return Array.isArray(value) ? value.filter(isObject) : []
}

export const sortedKeys = (object: Dict): string[] =>
  Object.keys(object)
    .filter(key => object[key] !== undefined)
    .sort(byCodePoint)

/** Objects that stand for Go structs: their fields have an order of their own. */
const structs = new WeakSet<object>()

/** Marks an object as one whose keys are written in the order that they have. */
export function keepOrder<T extends object>(object: T): T {
  structs.add(object)
  return object
}

/** The keys that have a value, as encoding/json writes them: a struct's in its order, a map's sorted. */
const writtenKeys = (object: Dict): string[] =>
  structs.has(object) ? Object.keys(object).filter(key => object[key] !== undefined) : sortedKeys(object)

export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A string as encoding/json writes it: `<`, `>` and `&` escaped for HTML. */
function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** On one line. */
export function jsonLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(',')}]`
  if (isObject(value))
    return `{${writtenKeys(value)
      .map(key => `${jsonString(key)}:${jsonLine(value[key])}`)
      .join(',')}}`
  return scalar(value)
}

/** With four blanks of indentation, and a line feed at the end. */
export const jsonText = (value: unknown, step = '    '): string => `${indented(value, '', step)}\n`

function indented(value: unknown, indent: string, step: string): string {
  const deeper = indent + step
  if (Array.isArray(value))
    return value.length
      ? `[\n${value.map(v => deeper + indented(v, deeper, step)).join(',\n')}\n${indent}]`
      : '[]'
  if (isObject(value)) {
    const keys = writtenKeys(value)
    if (keys.length === 0) return '{}'
    return `{\n${keys.map(key => `${deeper}${jsonString(key)}: ${indented(value[key], deeper, step)}`).join(',\n')}\n${indent}}`
  }
  return scalar(value)
}

const scalar = (value: unknown): string =>
  typeof value === 'string' ? jsonString(value) : value === undefined ? 'null' : JSON.stringify(value)

/** Go's `struct{}`: no map, and fmt shows that. */
export const emptyStruct: Readonly<Record<string, never>> = Object.freeze({})

/** fmt.Sprint: `map[a:1 b:[x y]]`, `<nil>`. */
export function plainText(value: unknown): string {
  if (value === emptyStruct) return '{}'
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(plainText).join(' ')}]`
  if (isObject(value))
    return `map[${sortedKeys(value)
      .map(key => `${key}:${plainText(value[key])}`)
      .join(' ')}]`
  return String(value)
}

/** fmt's %#v of a decoded JSON value. */
export function syntaxText(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(syntaxText).join(', ')}}`
  if (isObject(value))
    return `map[string]interface {}{${sortedKeys(value)
      .map(key => `${JSON.stringify(key)}:${syntaxText(value[key])}`)
      .join(', ')}}`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
