// package errors
import { GoErrorValue, type Package, pure } from '../values.ts'

const nil = null

export const errors: Package = {
  values: {
    New: pure(text => new GoErrorValue(text)),
    Is: pure((error, wanted) => {
      for (let each = error as GoErrorValue | null; each; each = each.wrapped ?? nil)
        if (each === wanted) return true
      return error === wanted
    }),
    Unwrap: pure((error: GoErrorValue | null) => error?.wrapped ?? nil),
  },
  member(value, name) {
    if (!(value instanceof GoErrorValue)) return undefined
    return name === 'Error' ? pure(() => value.message) : undefined
  },
}
