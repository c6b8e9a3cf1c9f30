// What an admission plugin is. Each looks at a create, update or delete after decoding and may change the object
// (admit), or look at its final form (validate) and refuse it; a refusal is thrown.
import type { KubeObject } from '../../kinds/object.ts'
import type { Served } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { forbidden } from '../errors.ts'

export interface Review<T extends KubeObject = KubeObject> {
  readonly call: Call
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE'
  /** The new object, owned by the request; the stored one in a DELETE. */
  readonly object: T
  /** The stored object, shared; absent in a CREATE. */
  readonly old: T | undefined
  readonly subresource: string | undefined
}

export interface Admission<T extends KubeObject = KubeObject> {
  readonly name: string
  /** Resources it looks at, as `pods`, `deployments.apps`; all where absent. */
  readonly resources?: readonly string[]
  /** It goes by objects of this resource: where there are none, it has nothing to say. */
  readonly goesBy?: string
  /** Changes `review.object`, or throws. */
  admit?(review: Review<T>): void
  /** Takes what only one object can have (addresses), once nothing can refuse the object; in a DELETE, gives it back. */
  allocate?(review: Review<T>): void
  /** Throws where the final object is not allowed. */
  validate?(review: Review<T>): void
}

/** A plugin that looks at objects of these resources alone, and so knows what they hold. */
export type AdmissionOf<Name extends keyof Served> = Admission<Served[Name]> & {
  readonly resources: readonly Name[]
}

/** Whether a request is about an object of this resource. */
export const isAbout = <Name extends keyof Served>(
  review: Review,
  name: Name,
): review is Review<Served[Name]> => review.call.resource.table === name

/** admission.NewForbidden: an object without a name yet goes by what its name begins with. */
export function refuse({ call, object }: Review, why: string): Error {
  return forbidden(call.resource, object.metadata.name || object.metadata.generateName || 'Unknown', why)
}
