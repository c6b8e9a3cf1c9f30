// A subresource that is more than an update of the object under other rules.
import type { Call } from '../call.ts'

export interface Answer {
  readonly code: number
  readonly body: unknown
}

export type Handler = (call: Call) => Answer

export interface SubresourceHandler {
  readonly get?: Handler
  readonly create?: Handler
  readonly update?: Handler
  readonly patch?: Handler
}
