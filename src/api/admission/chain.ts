// Runs the plugins of a server in their order.
import type { Review } from './admission.ts'

export function admit(review: Review): void {
  for (const plugin of review.call.server.admission) plugin.admit?.(review)
}

export function validateAdmission(review: Review): void {
  for (const plugin of review.call.server.admission) plugin.validate?.(review)
}
