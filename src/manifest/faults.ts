import type { Kind } from '../kinds/kind.ts'
import { errorText, type FieldError } from '../kinds/machinery/field-error.ts'
import type { KubeObject } from '../kinds/object.ts'

/** What admission refuses, then what the validation does, each once. */
export function faultsOf(kind: Kind, object: KubeObject): FieldError[] {
  const refused = kind.presume?.(object) ?? []
  const said = new Set(refused.map(errorText))
  return [...refused, ...(kind.validate?.(object) ?? []).filter(error => !said.has(errorText(error)))]
}
