// Resources that are not stored, by their name in messages.
import type { Handler } from '../subresources/subresource.ts'
import { bindings } from './bindings.ts'
import { componentStatuses } from './component-statuses.ts'
import { metrics } from './metrics.ts'
import { reviews } from './reviews.ts'

export const virtual: Readonly<Record<string, Readonly<Record<string, Handler | undefined>>>> = {
  ...(reviews as Record<string, Record<string, Handler>>),
  ...metrics,
  bindings: { ...bindings },
  componentstatuses: { ...componentStatuses },
}
