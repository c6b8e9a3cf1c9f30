// What an admission plugin is. Each looks at a create, update or delete after decoding and may change the object
// (admit), or look at its final form (validate) and refuse it; a refusal is thrown.
import type { AnyObject } from '../../kinds/object.ts'
import type { Call } from '../call.ts'

export interface Review {
  readonly call: Call
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE'
  /** The new object, owned by the request; absent in a DELETE. */
  readonly object: AnyObject
  /** The stored object, shared; absent in a CREATE. */
  readonly old: AnyObject | undefined
  readonly subresource: string | undefined
}

export interface Admission {
  readonly name: string
  /** Changes `review.object`, or throws. */
  admit?(review: Review): void
  /** Throws where the final object is not allowed. */
  validate?(review: Review): void
}
