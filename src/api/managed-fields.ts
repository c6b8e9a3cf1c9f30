// Who owns which field.
import type { AnyObject } from '../kinds/object.ts'
import type { Call } from './call.ts'
import type { Stored } from './store.ts'

export interface ManagedFields {
  readonly entries: readonly never[]
}
export const createdFields = (_call: Call, _object: AnyObject): ManagedFields | undefined => undefined
export const updatedFields = (_call: Call, old: Stored, _object: AnyObject): ManagedFields | undefined =>
  old.managed
