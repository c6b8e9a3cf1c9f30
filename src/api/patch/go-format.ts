// Values as Go's fmt prints them, for messages that quote what was sent.
import { isObject } from '../json.ts'

/** `%v`: `map[a:1 b:[x y]]`, keys sorted, null as <nil>. */
export function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (isObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map(key => `${key}:${goValue(value[key])}`)
    return `map[${fields.join(' ')}]`
  }
  return typeof value === 'number' ? goNumber(value) : String(value)
}

/** `%#v`: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (isObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${goSyntax(value[key])}`)
    return `map[string]interface {}{${fields.join(', ')}}`
  }
  return typeof value === 'string' ? JSON.stringify(value) : goNumber(value as number)
}

/** Whole numbers are int64, the rest float64 in its shortest form (`%v`: exponent from 1e21 on). */
export function goNumber(value: number | boolean): string {
  if (typeof value === 'boolean') return String(value)
  if (Number.isSafeInteger(value)) return String(value)
  const text = String(value)
  const [mantissa, exponent] = text.split('e')
  if (exponent === undefined) return Math.abs(value) >= 1e21 ? value.toExponential() : text
  const sign = exponent.startsWith('-') ? '-' : '+'
  return `${mantissa}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
}
