// Runs the plugins of a server in their order.
import type { Admission, Review } from './admission.ts'

const concerns = ({ resources }: Admission, { call }: Review): boolean =>
  !resources || resources.includes(call.resource.table)

export function admit(review: Review): void {
  for (const plugin of review.call.server.admission)
    if (plugin.admit && concerns(plugin, review)) plugin.admit(review)
}

export function allocate(review: Review): void {
  for (const plugin of review.call.server.admission)
    if (plugin.allocate && concerns(plugin, review)) plugin.allocate(review)
}

export function validateAdmission(review: Review): void {
  for (const plugin of review.call.server.admission)
    if (plugin.validate && concerns(plugin, review)) plugin.validate(review)
}
