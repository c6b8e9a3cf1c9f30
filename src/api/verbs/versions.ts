// Resource versions that clients name: APIObjectVersioner.ParseResourceVersion.
import { type FieldError, invalid } from '../../kinds/machinery/field-error.ts'
import { quote } from '../errors.ts'

/** What is wrong with a version that a client gave; versions are numbers to the server alone. */
export function versionFault(version: string): FieldError | undefined {
  if (/^\d*$/.test(version)) return undefined
  const why = `strconv.ParseUint: parsing ${quote(version)}: invalid syntax`
  return invalid('resourceVersion', version, why)
}
