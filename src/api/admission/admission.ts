// What an admission plugin is. Each looks at a create, update or delete after decoding and may change the object
// (admit), or look at its final form (validate) and refuse it; a refusal is thrown.
import type { AnyObject } from '../../kinds/object.ts'
import type { Call } from '../call.ts'
import { forbidden } from '../errors.ts'

export interface Review {
  readonly call: Call
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE'
  /** The new object, owned by the request; the stored one in a DELETE. */
  readonly object: AnyObject
  /** The stored object, shared; absent in a CREATE. */
  readonly old: AnyObject | undefined
  readonly subresource: string | undefined
}

export interface Admission {
  readonly name: string
  /** Resources it looks at, as `pods`, `deployments.apps`; all where absent. */
  readonly resources?: readonly string[]
  /** Changes `review.object`, or throws. */
  admit?(review: Review): void
  /** Takes what only one object can have (addresses), once nothing can refuse the object; in a DELETE, gives it back. */
  allocate?(review: Review): void
  /** Throws where the final object is not allowed. */
  validate?(review: Review): void
}

/** admission.NewForbidden: an object without a name yet goes by what its name begins with. */
export function refuse({ call, object }: Review, why: string): Error {
  return forbidden(call.resource, object.metadata.name || object.metadata.generateName || 'Unknown', why)
}
