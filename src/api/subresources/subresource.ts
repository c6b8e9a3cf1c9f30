// A subresource that is more than an update of the object under other rules.
import type { Call } from '../call.ts'

export interface Answer {
  readonly code: number
  readonly body: unknown
}

export interface SubresourceHandler {
  readonly get?: (call: Call) => Answer
  readonly create?: (call: Call) => Answer
  readonly update?: (call: Call) => Answer
  readonly patch?: (call: Call) => Answer
}
