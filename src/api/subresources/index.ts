// Subresources by resource and name, as `pods/binding`; those of every resource that has them by `*/scale`. What is not
// here (status, finalize, approval, resize, ephemeralcontainers) is an update of the object under the kind's own rules.
import { binding } from './binding.ts'
import { eviction } from './eviction.ts'
import { podLog } from './pod-streams.ts'
import { scale } from './scale.ts'
import type { SubresourceHandler } from './subresource.ts'
import { token } from './token.ts'

export const subresources: Readonly<Record<string, SubresourceHandler>> = {
  'pods/binding': binding,
  'pods/eviction': eviction,
  'pods/log': podLog,
  'serviceaccounts/token': token,
  '*/scale': scale,
}
