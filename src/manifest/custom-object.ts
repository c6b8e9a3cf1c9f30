// An object of a kind that a CustomResourceDefinition defines.
import { errorText } from '../kinds/machinery/field-error.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { PathStep } from '../yaml/position.ts'
import { classifyField } from './classify.ts'
import type { CustomKind } from './custom-kinds.ts'
import { faultsOf } from './faults.ts'
import type { Findings } from './findings.ts'
import type { JsonObject } from './json-object.ts'
import { formatPath, parseFieldPath } from './source.ts'

/** False where it is no object. */
export function readCustom(
  findings: Findings,
  value: JsonObject,
  custom: CustomKind,
  path: readonly PathStep[],
): boolean {
  const { object, error, unknown } = custom.decode(value)
  if (error !== undefined) {
    findings.add('error', { code: 'want-object', params: { value: '' } }, path, error)
    return false
  }
  for (const field of unknown) {
    const steps = parseFieldPath(field)
    const params = { field: String(steps.at(-1)), parent: formatPath(steps.slice(0, -1)) }
    const message = `unknown field ${goQuote(field)}`
    const at = [...path, ...steps]
    findings.add('error', { code: 'unknown-field', params }, at, message, findings.source.key(at))
  }
  object.metadata ??= { name: '' }
  if (custom.kind.namespaced) object.metadata.namespace ||= 'default'
  if (!object.metadata.name && object.metadata.generateName)
    object.metadata.name = `${object.metadata.generateName}x`
  custom.kind.defaults?.(object)
  for (const fault of faultsOf(custom.kind, object)) {
    const steps = parseFieldPath(fault.field)
    findings.add('error', classifyField(fault, steps), [...path, ...steps], errorText(fault))
  }
  return true
}
