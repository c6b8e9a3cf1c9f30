// Whether an applied configuration fits the schema: sigs.k8s.io/structured-merge-diff/typed/validate.go, with its words.
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { ListType, ValueType } from '../../kinds/schema.ts'
import { isObject } from '../json.ts'
import { elementText } from './field-set.ts'
import { goNumber, goSyntax, goValue } from './go-format.ts'
import { fieldType, itemElement, keyDefault } from './typed.ts'

/** The text of the errors; undefined: none. */
export function typedErrors(type: ValueType | undefined, value: unknown): string | undefined {
  const errors: string[] = []
  validate(type, value, '', errors)
  return errors.length > 1 ? ['errors:', ...errors.map(e => `  ${e}`)].join('\n') : errors[0]
}

function validate(type: ValueType | undefined, value: unknown, path: string, errors: string[]): void {
  if (value === null || value === undefined || !type) return
  let fault: string | undefined
  switch (type.form) {
    case 'struct':
    case 'map':
      if (!isObject(value)) fault = `expected map, got ${goPointer(value)}`
      else
        for (const name of Object.keys(value).sort()) {
          if (type.form === 'struct' && !type.field(name)) {
            errors.push(`${path}.${name}: field not declared in schema`)
            break // the walk of this map ends here
          }
          validate(fieldType(type, name), value[name], `${path}.${name}`, errors)
        }
      break
    case 'list':
      if (!Array.isArray(value)) fault = `expected list, got ${goPointer(value)}`
      else validateItems(type, value, path, errors)
      break
    case 'string':
    case 'bytes':
    case 'time':
    case 'microTime':
      if (typeof value !== 'string')
        fault = `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`
      break
    case 'bool':
      if (typeof value !== 'boolean') fault = `expected boolean, got ${goPointer(value)}`
      break
    case 'int32':
    case 'int64':
    case 'float64':
      if (typeof value !== 'number') fault = `expected numeric (int or float), got ${goTypeOf(value)}`
      break
    default: // quantities and the like: any value, which the decoder looks at later
  }
  if (fault) errors.push(`${path}: ${fault}`)
}

function validateItems(type: ListType, list: unknown[], path: string, errors: string[]): void {
  const associative = type.listType === 'set' || type.listType === 'map'
  const seen = new Set<string>()
  for (const [i, item] of list.entries()) {
    const fault = associative ? elementFault(type, item) : undefined
    if (fault) {
      errors.push(`${path}: element ${i}: ${fault}`)
      return
    }
    const element = associative ? itemElement(type, item)! : `i:${i}`
    const text = elementText(element)
    if (seen.has(element)) errors.push(`${path}: duplicate entries for key ${text}`)
    else validate(type.items, item, `${path}${text}`, errors)
    seen.add(element)
  }
}

function elementFault(type: ListType, item: unknown): string | undefined {
  if (type.listType === 'set') {
    if (Array.isArray(item)) return 'not supported: associative list with lists as elements'
    if (isObject(item)) return "associative list without keys has an element that's a map type"
    return item === null ? "associative list without keys has an element that's an explicit null" : undefined
  }
  if (item === null) return 'associative list with keys may not have a null element'
  if (!isObject(item)) return 'associative list with keys may not have non-map elements'
  for (const key of type.keys)
    if (item[key] === undefined && keyDefault(type, key) === undefined)
      return `associative list with keys has an element that omits key field ${goQuote(key)} (and doesn't have default value)`
  return undefined
}

/** `%v` of a pointer to value.valueUnstructured. */
const goPointer = (value: unknown): string => `&{${goValue(value)}}`

const goTypeOf = (value: unknown): string =>
  Array.isArray(value)
    ? '[]interface {}'
    : isObject(value)
      ? 'map[string]interface {}'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'number'
          ? goNumber(value)
          : 'string'
