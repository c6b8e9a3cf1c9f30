// What `.[]` yields: the items of an array or the values of an object, with their paths.
import type { Spot, Values } from './evaluate.ts'
import { JqError, typeOf } from './values.ts'

export function* each({ value, path }: Spot): Values {
  if (Array.isArray(value))
    for (const [i, inner] of value.entries()) yield { value: inner, path: path && [...path, i] }
  else if (value && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) yield { value: inner, path: path && [...path, key] }
  else
    throw new JqError(
      `Cannot iterate over ${typeOf(value)}${value === null || value === undefined ? '' : ` (${JSON.stringify(value)})`}`,
    )
}
